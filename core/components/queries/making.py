"""What every command on components checks and does in the end: class, grid, position; the search box follows."""

from datetime import date

from core.components.models import Component
from core.components.queries import records
from core.components.rules import is_sensitive
from core.kernel import search
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.places.rules.position import metres_outside, position_problems

TOLERANCE = 30
"""Metres by which a component may lie outside of its grid: boundaries run along the middle of roads."""


def refuse(wrong: dict[str, str]) -> None:
    """Raises Invalid with the sentences at their fields; goes on when there are none."""
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), **wrong)


def class_name(uow: UnitOfWork, class_code: str, area: str) -> str:
    """The name of a class that may be chosen there, inside a query or command. Raises Invalid for any other."""
    found = records.open_classes(uow, area).get(class_code)
    if found is None:
        refuse(
            {
                "class_code": _("Choose a class of the catalogue; {code} is none.").format(
                    code=class_code or "—"
                )
            }
        )
    return str(found)


def grid_for(uow: UnitOfWork, area: str, lon: float | None, lat: float | None) -> str:
    """The grid of a component, inside a query or command: the one that was said, or the one around the position.

    Raises Invalid for a position that cannot be, that lies in another grid, or when neither tells a grid.
    """
    refuse(position_problems(lon, lat))
    if not area:
        area = records.grid_at(uow, lon, lat) if lon is not None and lat is not None else ""
        if not area:
            refuse({"area": _("Choose the grid, or give a position inside one of yours.")})
    grid = records.grid(uow, area)
    off = metres_outside(grid.polygon or [], lon, lat) if lon is not None and lat is not None else 0
    if off > TOLERANCE:
        said = _("This position lies {metres} m outside of {name}; choose its grid, or correct the position.")
        refuse(dict.fromkeys(("lon", "lat"), said.format(metres=round(off), name=grid.name)))
    return grid.area


def division(uow: UnitOfWork, grid: str) -> str:
    """The six digits of the county a grid belongs to, inside a query or command."""
    return records.grid(uow, grid).code[:6]


def check_days(values: dict[str, object]) -> None:
    """Raises Invalid when the change lies before the beginning."""
    first, last = values.get("initial_on"), values.get("changed_on")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        refuse({"changed_on": _("The last day is before the first one ({day}).").format(day=first)})


def may_place(uow: UnitOfWork, component: Component) -> None:
    """Raises Refused when the actor may not know where the component is, inside a query or command."""
    if is_sensitive(component.class_code) and not uow.actor.may(Component.guard):
        raise Refused(_("The position of this component is withheld from your role."))


def file_component(uow: UnitOfWork, component: Component, name: str, *, born: bool = False) -> None:
    """Let the search box find a component by its class and grid; of sensitive ones nothing says where, inside a
    query or command."""
    words = [records.where(uow, component.area)]
    if not component.guarded():
        words += [component.code, component.place, component.former_code, component.owner_name]
    search.file(uow, "component", component, name, " ".join(word for word in words if word)[:300], born=born)
