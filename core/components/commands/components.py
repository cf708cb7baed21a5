"""Adding, editing, moving, verifying and removing components."""

from datetime import date

from core.components.models import Component
from core.components.queries.making import (
    check_days,
    class_name,
    division,
    file_component,
    grid_for,
    may_place,
    refuse,
)
from core.components.queries.shared import class_names
from core.kernel.codes import codes
from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.masking import hidden
from core.kernel.paging import column
from core.kernel.serials import next_serial
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.models import House
from core.places.rules.areas import check_editable

BY_STEPS = ("code", "class_code", "state", "changed_on", "former_code", "lon", "lat", "accuracy")
"""Fields that are given out, or change by a step of their own."""
EDITABLE = tuple(name for name in declared(Component) if name not in BY_STEPS)
NEW = (*EDITABLE, "state", "accuracy", "former_code")
SERIAL = 6
GONE = "removed"


@command("component.edit")
def add_component(
    uow: UnitOfWork,
    class_code: str,
    /,
    *,
    area: str = "",
    house_id: int | None = None,
    lon: float | None = None,
    lat: float | None = None,
    **values: object,
) -> int:
    """File a component in a grid, that of a house or the one around its position; the number of its record.

    Its code gets the next serial of its class in the county. Raises Invalid with a sentence at each field.
    """
    check_editable(values, NEW)
    house = uow.get(House, house_id) if house_id else None
    grid = grid_for(uow, area or (house.area if house else ""), lon, lat)
    name = class_name(uow, class_code, grid)
    given = {"initial_on": date.today(), **{n: v for n, v in values.items() if v not in (None, "")}}
    check_days(given)
    code = next_code(uow, grid, class_code)
    facts = {"code": code, "class_code": class_code, "area": grid, "house_id": house.id if house else None}
    found = uow.add(Component, **{**given, **facts, "lon": lon, "lat": lat})
    file_component(uow, found, name, born=True)
    return found.id


def next_code(uow: UnitOfWork, grid: str, class_code: str) -> str:
    """The code of the next component of a class in the county of a grid, inside a command."""
    return next_serial(uow, column(Component.code), division(uow, grid) + class_code, SERIAL)


@command("component.edit")
def edit_component(
    uow: UnitOfWork, /, component_id: int | str, *, seen: int | None, **values: object
) -> None:
    """Change the facts of a component; `seen` is the version the form was filled from, a newer one raises Clash.

    What is withheld from the actor stays as it is, for the form never had it.
    """
    check_editable(values, EDITABLE)
    found = uow.get(Component, component_id)
    withheld = hidden(uow.actor, found)
    wanted = {name: value for name, value in values.items() if name not in withheld}
    check_days({"initial_on": found.initial_on, "changed_on": found.changed_on, **wanted})
    uow.change(found, seen=seen, **wanted)
    _refile(uow, found)


@command("component.edit")
def move_component(
    uow: UnitOfWork,
    component_id: int | str,
    lon: float,
    lat: float,
    accuracy: str = "",
    area: str = "",
) -> None:
    """The component stands at another position; the grid stays unless `area` names another one.

    Raises Refused for who may not see where it is, Invalid for a position that cannot be or lies outside of the grid.
    """
    found = uow.get(Component, component_id)
    may_place(uow, found)
    grid = grid_for(uow, area or found.area, lon, lat)
    uow.change(found, lon=lon, lat=lat, accuracy=accuracy or found.accuracy, area=grid)
    _refile(uow, found)


@command("component.edit")
def set_state(
    uow: UnitOfWork, component_id: int | str, state: str, on: date | None = None, reason: str = ""
) -> None:
    """The component is in another state since a day (today), for a reason. Removing has a command of its own."""
    if state == GONE or state not in codes("component_state"):
        refuse({"state": _("This is not one of the choices.")})
    _change_state(uow, component_id, state, on, reason)


@command("component.edit")
def remove_component(
    uow: UnitOfWork, component_id: int | str, on: date | None = None, reason: str = ""
) -> None:
    """The component is gone since a day (today), for a reason; its record and its code stay for ever."""
    _change_state(uow, component_id, GONE, on, reason)


@command("component.edit")
def verify_component(uow: UnitOfWork, component_id: int | str, source: str) -> None:
    """Note that what is filed was found true now; `source` is a code of the list `sources`."""
    if source not in codes("sources"):
        refuse({"source": _("Say how you know: choose one of the sources.")})
    found = uow.get(Component, component_id)
    uow.change(found, verified_at=uow.now, verified_by=uow.actor.login, verified_from=source)


def _change_state(uow: UnitOfWork, component_id: int | str, state: str, on: date | None, reason: str) -> None:
    found, day = uow.get(Component, component_id), on or date.today()
    if len(reason.strip()) < 2:
        refuse({"reason": _("Write the reason in a few words.")})
    if day > date.today():
        refuse({"on": _("This day is in the future.")})
    if found.initial_on and day < found.initial_on:
        refuse({"on": _("The last day is before the first one ({day}).").format(day=found.initial_on)})
    uow.because(reason)
    uow.change(found, state=state, changed_on=day)
    _refile(uow, found)


def _refile(uow: UnitOfWork, found: Component) -> None:
    file_component(uow, found, class_names(uow).get(found.class_code, found.class_code))
