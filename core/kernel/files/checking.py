"""What a file is by its content, whatever its name says. Pictures are drawn anew, so that nothing but the picture is
left of them; documents are looked through. Everything else is refused with a word on what would be right."""

import io
import re
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageOps

from core.kernel.fields import CHINA
from core.kernel.files.documents import pages_of
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid

MOST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
LONGEST = 2560
QUALITY = 86
JPEG, PDF = "image/jpeg", "application/pdf"

RIGHT = N_("A photo (JPEG, PNG or WebP) or a PDF document of at most {most} MB would be right.")
PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", re.DOTALL)
ALIENS = (
    (rb"....ftyp(heic|heix|heim|mif1|msf1|avif)", N_("This is a HEIC photo. Let the phone send it as JPEG.")),
    (rb"MZ|\x7fELF|\xcf\xfa\xed\xfe|#!", N_("This is a program.")),
    (rb"PK\x03\x04", N_("This is an archive or an Office file; save the document as PDF.")),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", N_("This is an archive.")),
    (rb"\xd0\xcf\x11\xe0", N_("This is an old Office file; save the document as PDF.")),
    (rb"GIF8|BM|II\*\0|MM\0\*", N_("This kind of picture is not taken; save it as JPEG.")),
    (rb"\s*<", N_("This is a web page or a drawing in text (HTML, SVG, XML).")),
)
STOWAWAY = re.compile(rb"<script|<!doctype|<\?php|%pdf-", re.IGNORECASE)
ARCHIVE, ARCHIVE_END = b"PK\x05\x06", 66_000
"""What an archive ends with, at most so many bytes before the end: further in front it is a chance of the bytes."""
EXIF_IFD, TAKEN = 0x8769, 0x9003


@dataclass(frozen=True)
class Checked:
    """A file as it may be kept: JPEG or PDF, for a picture its size in dots and when it was taken, for a document the
    number of its pages."""

    data: bytes
    media: str
    width: int = 0
    height: int = 0
    pages: int = 0
    taken_at: datetime | None = None


def checked(data: bytes) -> Checked:
    """The file, cleaned. Raises Invalid with what it is and what would be right."""
    if len(data) > MOST_BYTES:
        raise _wrong(_("This file is too large."))
    if not data:
        raise _wrong(_("This file is empty."))
    if PICTURES.match(data):
        return _picture(data)
    if data.startswith(b"%PDF-"):
        return _document(data)
    for sign, said in ALIENS:
        if re.match(sign, data, re.DOTALL):
            raise _wrong(_(said))
    raise _wrong(_("This is no photo and no document."))


def _wrong(said: str) -> Invalid:
    whole = f"{said} {_(RIGHT).format(most=MOST_BYTES // 1_000_000)}"
    return Invalid(whole, file=whole)


def _alone(data: bytes) -> None:
    """Raises Invalid when a second file hides in the first: an archive, a document, a script."""
    if STOWAWAY.search(data, 8) or ARCHIVE in data[-ARCHIVE_END:]:
        raise _wrong(_("Another file hides in this one."))


def _picture(data: bytes) -> Checked:
    """The picture drawn anew: upright, not too large, without position, maker's notes and whatever was behind it."""
    _alone(data)
    try:
        with _opened(data) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _wrong(_("This picture has too many dots."))
            image.verify()
        with _opened(data) as image:
            taken = _taken(image)
            image.draft("RGB", (LONGEST, LONGEST))
            fresh = _redrawn(image)
    except Invalid:
        raise
    except Exception as trouble:  # a reader of damaged files may stumble in any way
        raise _wrong(_("This picture is damaged.")) from trouble
    return Checked(jpeg(fresh), JPEG, fresh.width, fresh.height, taken_at=taken)


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))


def _redrawn(image: Image.Image) -> Image.Image:
    """Only the dots, on white where the picture is transparent."""
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST, LONGEST))
    fresh = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        see_through = upright.convert("RGBA")
        fresh.paste(see_through, mask=see_through)
    else:
        fresh.paste(upright.convert("RGB"))
    return fresh


def jpeg(image: Image.Image) -> bytes:
    """A picture as it is stored."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _taken(image: Image.Image) -> datetime | None:
    """When the camera says the picture was taken; None when it does not, or cannot be right."""
    said = str(image.getexif().get_ifd(EXIF_IFD).get(TAKEN, ""))
    try:
        taken = datetime.strptime(said[:19], "%Y:%m:%d %H:%M:%S").replace(tzinfo=CHINA)
    except ValueError:
        return None
    return taken if taken.year > 1990 and taken <= datetime.now(CHINA) else None


def _document(data: bytes) -> Checked:
    """A PDF as it came, once it was looked through."""
    if ARCHIVE in data[-ARCHIVE_END:]:
        raise _wrong(_("Another file hides in this one."))
    try:
        return Checked(data, PDF, pages=pages_of(data))
    except ValueError as trouble:
        raise _wrong(str(trouble)) from trouble
