"""The entries about a person or a house as a section of its page."""

from core.entries.queries import about
from core.kernel.extensions import Section
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork


def entries_about(uow: UnitOfWork, widget: str, number: int) -> Section | None:
    """The entries of all registers that point there; None when there is none."""
    found = about(uow, widget, number)
    if not found:
        return None
    rows = [
        (
            {
                "title": one.title,
                "register": _(one.register_title),
                "due": {"text": str(one.due), "tone": "bad" if one.is_overdue else "ok", "title": ""}
                if one.due
                else None,
            },
            f"entry?register={one.register}&id={one.id}",
        )
        for one in found
    ]
    columns = (("title", _("Entry")), ("register", _("Register")), ("due", _("Next look")))
    return Section(columns=columns, rows=rows, empty=_("It stands in no register yet."))
