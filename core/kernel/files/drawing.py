"""What is drawn from a stored picture: small forms for lists, and words across one that is sensitive."""

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFilter

from core.kernel.files.checking import jpeg
from core.kernel.files.fonts import font

SMALL = 320
BLUR = 14


def small(data: bytes, *, blurred: bool) -> bytes:
    """A thumbnail; a blurred one says only that there is a picture."""
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (SMALL, SMALL))
        image.thumbnail((SMALL, SMALL))
        return jpeg(image.filter(ImageFilter.GaussianBlur(BLUR)) if blurred else image.convert("RGB"))


def watermarked(data: bytes, words: str) -> bytes:
    """The picture with words slanting across all of it: who looks, and when."""
    with Image.open(io.BytesIO(data)) as image:
        base = image.convert("RGBA")
    tile = _tile(words, max(16, min(base.size) // 28))
    layer = Image.new("RGBA", base.size)
    for x, y in _places(base.size, tile.size):
        layer.alpha_composite(tile, (max(0, x), max(0, y)), (max(0, -x), max(0, -y)))
    return jpeg(Image.alpha_composite(base, layer).convert("RGB"))


def _tile(words: str, size: int) -> Image.Image:
    """The words once, white with a dark edge, so that they are read on any picture."""
    face = font(size)
    left, top, right, bottom = ImageDraw.Draw(Image.new("RGBA", (1, 1))).textbbox((0, 0), words, face)
    tile = Image.new("RGBA", (int(right - left) + 2 * size, int(bottom - top) + size))
    ink = {"fill": (255, 255, 255, 120), "stroke_width": 1, "stroke_fill": (0, 0, 0, 110)}
    ImageDraw.Draw(tile).text((size - left, size // 2 - top), words, font=face, **ink)  # type: ignore[arg-type]
    return tile.rotate(24, expand=True, resample=Image.Resampling.BICUBIC)


def _places(whole: tuple[int, int], tile: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Upper left corners of the words, each row shifted against the one above."""
    wide, high = tile[0], max(1, tile[1] * 3 // 4)
    for row, y in enumerate(range(-high // 2, whole[1], high)):
        for x in range(-wide // 2 if row % 2 else 0, whole[0], wide):
            yield x, y
