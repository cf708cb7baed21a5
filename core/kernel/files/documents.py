"""PDF documents: read with pypdf, refused when they would do anything but show themselves; stamped for a viewer."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

from core.kernel.i18n import _

MOST_PAGES, MOST_OBJECTS = 300, 100_000
ACTIVE = {
    "/JS",
    "/JavaScript",
    "/AA",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/XFA",
    "/RichMedia",
    "/RichMediaContent",
}
ACTS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
}


def pages_of(data: bytes) -> int:
    """How many pages a document has. Raises ValueError with a sentence for one that is damaged, locked, too long or
    active: scripts, programs it starts, files inside."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise ValueError(_("This document is locked with a password."))
        count = len(reader.pages)
        is_active = any(_acts(one) for one in _objects(reader.trailer))
    except ValueError:
        raise
    except Exception as trouble:  # a reader of damaged files may stumble in any way
        raise ValueError(_("This document is damaged.")) from trouble
    if not 1 <= count <= MOST_PAGES:
        raise ValueError(_("A document has one to {most} pages.").format(most=MOST_PAGES))
    if is_active:
        raise ValueError(
            _("This document would do something by itself (a script, a file inside); print it to PDF.")
        )
    return count


def _objects(root: Any) -> Iterator[DictionaryObject]:
    """Every dictionary that the document can reach. Raises ValueError when there is no end to them."""
    seen: set[int] = set()
    waiting, count = [root], 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        count += 1
        if count > MOST_OBJECTS:
            raise ValueError(_("This document is too complicated; print it to PDF."))
        if isinstance(one, DictionaryObject):
            yield one
            waiting += list(one.values())
        elif isinstance(one, list):
            waiting += one


def _acts(one: DictionaryObject) -> bool:
    """Whether a dictionary is, or begins, something other than showing a page or following a link."""
    if ACTIVE & one.keys() or str(one.get("/Type")) == "/EmbeddedFile":
        return True
    return isinstance(kind := one.get("/S"), NameObject) and str(kind) in ACTS


def stamped(data: bytes, words: str) -> bytes:
    """The document with words across every page; what the font of every reader lacks becomes a question mark."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        box = tuple(float(at) for at in page.mediabox)
        page.merge_page(PdfReader(io.BytesIO(_stamp(words, box))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stamp(words: str, box: tuple[float, ...]) -> bytes:
    """A page of nothing but faint slanting words, as large as another one."""
    text = re.sub(rb"[\\()]", b"", words.encode("latin-1", "replace"))
    left, bottom, right, top = box
    rows = range(int(bottom - (right - left) / 2), int(top), 150)
    lines = b"".join(
        b"0.87 0.5 -0.5 0.87 %d %d Tm (%s     %s) Tj " % (left + 20, y, text, text) for y in rows
    )
    drawn = b"/F gs 0.4 g BT /T 13 Tf " + lines + b"ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%f %f %f %f]/Contents 4 0 R/Resources<<"
        b"/Font<</T<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/ExtGState<</F<</ca 0.35>>>>>>>>" % box,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    )
    return written(objects)


def written(objects: Sequence[bytes]) -> bytes:
    """A PDF from its objects, the first one its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        b"%sxref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            out,
            size,
            table,
            size,
            len(out),
        )
    )
