"""What the registers say of a person: dogs, visits, service, and the entries of registers an office designed."""

from core.entries.panels import entries_about
from core.kernel.extensions import Panel, Section
from core.kernel.i18n import N_
from core.kernel.unit_of_work import UnitOfWork


def show(uow: UnitOfWork, person_id: int) -> Section | None:
    """The entries that point at the person."""
    return entries_about(uow, "person", person_id)


panel = Panel(
    title=N_("Entries of registers"),
    of="Person",
    needs="register.view",
    icon="menu_book",
    show=show,
    order=70,
)
