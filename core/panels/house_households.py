"""The households of a house: who is the head, how many they are, and since when."""

from core.kernel.codes import code_name
from core.kernel.extensions import Panel, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import HouseholdFilter, households

COLUMNS = (
    ("head", N_("Head of household")),
    ("number", N_("Household number")),
    ("kind", N_("Kind")),
    ("size", N_("Members")),
)


def show(uow: UnitOfWork, house_id: int) -> Section | None:
    """The open households; nothing where nobody keeps a home."""
    found = households(uow, HouseholdFilter(house_id=house_id)).items
    rows = [
        (
            {
                "head": one.head or _("No head"),
                "number": one.number,
                "kind": code_name("household_kind", one.kind, lang=language.get()),
                "size": one.size,
            },
            f"household?id={one.id}",
        )
        for one in found
    ]
    return Section(columns=COLUMNS, rows=rows) if rows else None


panel = Panel(
    title=N_("Households in this house"),
    of="House",
    needs="person.view",
    icon="family_restroom",
    show=show,
    order=10,
)
