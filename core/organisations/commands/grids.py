"""Which industry grid an organisation belongs to, beside the general grid where it stands."""

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, command
from core.organisations.commands.filing import refuse
from core.organisations.models import Organisation
from core.places.models import Level
from core.places.queries.shared import area_at
from core.places.rules import path_above


@command("organisation.edit")
def assign_grid(uow: UnitOfWork, organisation_id: int | str, grid: str) -> None:
    """The organisation belongs to the industry grid at a path. Raises Invalid for another kind of area, and for one of
    another community."""
    found, area = uow.get(Organisation, organisation_id), area_at(uow, grid)
    if area.level != Level.GRID or area.kind != "industry" or area.valid_to is not None:
        refuse(
            {"grid": _("Choose an industry grid that is still valid; {name} is none.").format(name=area.name)}
        )
    if path_above(area.area) != path_above(found.area):
        refuse(
            {"grid": _("The organisation stands in another community than {name}.").format(name=area.name)}
        )
    if found.state != "open":
        refuse({"grid": _("This organisation is closed; open it again first.")})
    uow.change(found, industry_grid=area.area)


@command("organisation.edit")
def unassign_grid(uow: UnitOfWork, organisation_id: int | str) -> None:
    """The organisation belongs to no industry grid."""
    uow.change(uow.get(Organisation, organisation_id), industry_grid="")
