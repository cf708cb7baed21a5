"""Reading a photographed identity document into the form, where a reader is installed (core/card_readers)."""

from core.kernel.discovery import discover
from core.kernel.extensions import CardReader
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.server.public.kit import Form
from core.server.public.reading import Trouble

PACKAGE = "core.card_readers"


def readers() -> dict[str, CardReader]:
    """The readers of this office; none: the picture goes to the grid worker."""
    return discover(PACKAGE, CardReader)


def values_of(form: Form) -> tuple[Form, Trouble]:
    """The form with what the first photo says in the fields of the last part that are still empty; trouble when no
    reader could read it."""
    last = f"{max(int(form.text('parts', '1')), 1) - 1}" if form.text("parts", "1").isdecimal() else "0"
    for photo in form.files("pictures")[:1]:
        for reader in readers().values():
            try:
                found = reader.read(photo)
            except Invalid:
                continue
            fresh = {
                f"{last}.{name}": [value] for name, value in found.items() if not form.text(f"{last}.{name}")
            }
            return Form({**form.values, **fresh}, form.contents), Trouble()
    said = _("This photo could not be read. Type it, or hand the photo in: the grid worker reads it.")
    return form, Trouble(said, {"pictures": said})
