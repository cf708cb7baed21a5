"""What the register said of a house or building on a day, every change since, and how fresh each fact is."""

from datetime import date

from core.kernel import freshness as looks
from core.kernel.freshness import Fresh
from core.kernel.i18n import N_
from core.kernel.past import History, Past, Way, Ways, history_of, past_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.models import Building, House
from core.places.queries.of_areas import area_names
from core.places.queries.of_houses import HouseDetail, detail_of_house


def _area(uow: UnitOfWork, path: str | None) -> str:
    return area_names(uow, [path]).get(path, path) if path else "—"


HOUSE: Ways = {"area": Way(N_("Area"), _area), "residents": Way(N_("Residents"))}
BUILDING: Ways = {"area": Way(N_("Area"), _area)}


@query("house.view")
def house_then(uow: UnitOfWork, house_id: int | str, day: date) -> Past[HouseDetail]:
    """A house as the register had it at the end of a day. Raises Missing, Refused."""
    return past_of(uow, House, house_id, day, lambda then: detail_of_house(uow, then))


@query("house.view")
def house_history(uow: UnitOfWork, house_id: int | str, only: str = "") -> History:
    """Every change of a house, newest first; `only` names one field. Raises Missing, Refused."""
    uow.require("record.history")
    return history_of(uow, uow.get(House, house_id), HOUSE, only)


@query("house.view")
def building_history(uow: UnitOfWork, building_id: int | str, only: str = "") -> History:
    """Every change of a building, newest first. Raises Missing, Refused."""
    uow.require("record.history")
    return history_of(uow, uow.get(Building, building_id), BUILDING, only)


@query("house.view")
def house_freshness(uow: UnitOfWork, house_id: int | str) -> dict[str, Fresh | None]:
    """Key field -> when it was last found true; "" is the whole record. Raises Missing."""
    return dict(looks.freshness(uow, uow.get(House, house_id)))
