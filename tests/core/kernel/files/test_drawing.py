"""Small forms, and the viewer's name across what is sensitive."""

import io
from itertools import pairwise

from PIL import ImageChops, ImageStat
from pypdf import PdfReader

from core.kernel.files import drawing
from core.kernel.files.documents import stamped
from tests.pictures import document, dots, photo


def changed(one: bytes, other: bytes) -> float:
    """Share of the dots that differ clearly."""
    grey = ImageChops.difference(dots(one).convert("L"), dots(other).convert("L")).point(
        lambda v: 255 if v > 12 else 0
    )
    return ImageStat.Stat(grey).mean[0] / 255


def test_a_thumbnail_is_small_and_a_blurred_one_shows_no_edge() -> None:
    wide = photo((1200, 900))
    half = dots(wide).convert("RGB")
    half.paste("white", (600, 0, 1200, 900))
    out = io.BytesIO()
    half.save(out, "JPEG")
    plain = drawing.small(out.getvalue(), blurred=False)
    blurred = drawing.small(out.getvalue(), blurred=True)
    assert max(dots(plain).size) == drawing.SMALL

    def step(data: bytes) -> int:
        line = [dots(data).convert("L").getpixel((x, 100)) for x in range(dots(data).width)]
        return max(abs(a - b) for a, b in pairwise(line))

    assert step(plain) > 60 > 15 > step(blurred)


def test_the_watermark_is_all_over_the_picture_and_another_one_for_each_viewer() -> None:
    plain = photo((1000, 800))
    li, wang = (drawing.watermarked(plain, f"{who} 2026-01-02 03:04") for who in ("li 李", "wang 王"))
    assert 0.02 < changed(plain, li) < 0.6
    for box in ((0, 0, 500, 400), (500, 0, 1000, 400), (0, 400, 500, 800), (500, 400, 1000, 800)):
        parts = [dots(data).convert("L").crop(box) for data in (plain, li)]
        assert ImageStat.Stat(ImageChops.difference(*parts)).mean[0] > 0.5, box
    assert changed(li, wang) > 0.005


def test_a_document_is_stamped_on_every_page() -> None:
    pages = PdfReader(io.BytesIO(stamped(document(2), "li (a) 2026-01-02 陈"))).pages
    assert len(pages) == 2
    assert all("li a 2026-01-02 ?" in page.extract_text() for page in pages)
