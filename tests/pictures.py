"""Files for tests: photos with everything a phone puts in, documents, and things that only look like them."""

import io
from typing import Any

from PIL import Image

from core.kernel.files.documents import written

PLACE = (23.0, 16.0, 12.0)


def photo(size: tuple[int, int] = (800, 600), colour: str = "teal", kind: str = "JPEG", **more: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def from_phone(size: tuple[int, int] = (4000, 3000), turned: int = 6) -> bytes:
    """A photo as a phone makes it: turned, with place, maker, time and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, "PhoneMaker"
    exif.get_ifd(0x8769)[0x9003] = "2026:01:02 03:04:05"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", PLACE, "E", (116.0, 44.0, 0.0)
    return photo(size, exif=exif, comment=b"made at home", xmp=b"<x:xmpmeta>secret place</x:xmpmeta>")


def document(pages: int = 1, catalogue: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF of empty pages, with more in its catalogue or on its first page."""
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(pages))
    sheets = [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % (page if not n else b"")
        for n in range(pages)
    ]
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)
    return written([b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue, tree, *sheets])


def dots(data: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(io.BytesIO(data))
