"""Houses by state: each building with how many of its houses are lived in, let, empty."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.codes import code_name, codes
from core.kernel.colours import BAD, GONE, GOOD, SEVERAL, WATCH
from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.places import queries
from core.places.models import CLOSED, Building, House

COLOURS = {"owned": GOOD, "rented": WATCH, "vacant": BAD, "business": SEVERAL[0], "unknown": GONE}
STATE = "house_state"


def rows(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each house, at its building, inside a query."""
    columns: list[Any] = [
        House.id,
        House.area,
        Building.cell,
        Building.lon,
        Building.lat,
        col(House.state).label("kind"),
        col(House.building_id).label("spot"),
    ]
    here = choose(*columns).join(Building, col(Building.id) == House.building_id)
    return here.where(col(Building.cell).is_not(None))


def tally(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each house with its area and state alone, inside a query."""
    columns: list[Any] = [House.area, col(House.state).label("kind")]
    return choose(*columns)


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """The states of houses, inside a query."""
    states = [state for state in codes(STATE) if state != CLOSED]
    return [Kind(s, code_name(STATE, s, lang=language.get()), COLOURS.get(s, GONE)) for s in states]


def card(uow: UnitOfWork, building_id: int) -> Section:
    """The houses of a building by state. Raises Missing."""
    found, cells = queries.building(uow, building_id), queries.matrix(uow, building_id)
    states = [cell.state for cell in cells]
    facts: dict[str, object] = {_("Houses"): len(states)}
    for state in codes(STATE):
        if state in states:
            facts[code_name(STATE, state, lang=language.get())] = states.count(state)
    return Section(title=found.title, facts=facts)


layer = Layer(
    title=N_("Houses by state"),
    about=N_("How many houses of each building are lived in, let, empty or in business."),
    group="places",
    icon="home",
    needs="house.view",
    shape="point",
    of=(House, Building),
    placed=Building,
    rows=rows,
    legend=legend,
    card=card,
    tally=tally,
    opens="building?id={id}",
    from_zoom=15,
    order=20,
)
