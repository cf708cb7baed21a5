"""Codes are given once and for ever: the register of every code that a building or house ever carried."""

from collections.abc import Sequence

from core.kernel.paging import column
from core.kernel.serials import used
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.commands.filing import file_house, place_of, where
from core.places.models import Building, GivenCode, House
from core.places.queries import records
from core.places.queries.of_codes import unentered
from core.places.rules import HouseCodes

FILED, CORRECTED, CLOSED, ENTERED = "filed", "corrected", "closed", "entered"
"""Why a code was given or closed."""


def codes_for(uow: UnitOfWork, building: Building, but: House | None = None) -> HouseCodes:
    """Gives out codes of a building that no other house ever had, inside a command; `but` is the house that gets a new
    one and may come back to one of its own."""
    houses = records.houses_of(uow, building.id, with_ended=True)
    others = [house for house in houses if but is None or house.id != but.id]
    own = {one.code for one in records.codes_of(uow, but)} if but else set()
    ever = used(uow, column(GivenCode.code), building.code) - {building.code} - own
    return HouseCodes(building.code, [(house.unit, house.code) for house in others], ever)


def give(uow: UnitOfWork, record: Building | House, why: str = FILED) -> None:
    """Enter the code of a building or house as given today, inside a command, or open one of its own again. A code
    that another one ever had raises Clash."""
    own = next((one for one in records.codes_of(uow, record) if one.code == record.code), None)
    if own is not None:
        own.closed_on, own.why = None, own.why if own.closed_on is None else why
        return
    _enter(uow, record, record.code, why)


def _enter(uow: UnitOfWork, record: Building | House, code: str, why: str = FILED) -> GivenCode:
    fresh = GivenCode(
        area=record.area,
        about_kind=type(record).__name__,
        about_id=record.id,
        code=code,
        given_on=uow.today,
        why=why,
    )
    uow.session.add(fresh)
    return fresh


def give_new(uow: UnitOfWork, fresh: Sequence[House]) -> None:
    """Enter the codes of houses just made inside the same command, without a look for each."""
    for one in fresh:
        _enter(uow, one, one.code)
    uow.session.flush()


def end_codes(uow: UnitOfWork, record: Building | House, why: str) -> None:
    """Whatever codes a building or house carries are closed today, inside a command; the rows stay for ever."""
    give(uow, record)
    uow.session.flush()
    for one in records.codes_of(uow, record):
        if one.closed_on is None:
            one.closed_on, one.why = uow.today, why


def renew(uow: UnitOfWork, house: House, before: str) -> None:
    """After a correction: the code `before` is closed, the present one entered, inside a command."""
    if house.code == before:
        return
    known = {one.code: one for one in records.codes_of(uow, house)}
    last = known.get(before) or _enter(uow, house, before)
    last.closed_on, last.why = uow.today, CORRECTED
    give(uow, house)
    uow.session.flush()


@command("house.edit")
def recode_house(uow: UnitOfWork, house_id: int | str, reason: str = "") -> str:
    """Give a house whose code is wrong the right one, and return it; the old one is closed and still leads here.

    Raises Missing, and Invalid for a closed house.
    """
    house = records.standing_house(uow, house_id)
    building = uow.get(Building, house.building_id)
    uow.because(reason)
    before = house.code
    uow.change(house, code=codes_for(uow, building, house).give(house.unit, house.floor, house.room))
    renew(uow, house, before)
    file_house(uow, house, place_of(building), where(uow, house.area))
    return house.code


@command("house.edit")
def recode_houses(uow: UnitOfWork, house_ids: Sequence[int]) -> int:
    """`recode_house` for several at once, all or nothing; how many these were."""
    return len([recode_house(uow, each) for each in house_ids])


@command("house.edit")
def enter_codes(uow: UnitOfWork, under: str = "") -> int:
    """Enter the codes of buildings and houses that stand in no register yet; how many these were."""
    found = [*unentered(uow, Building, under), *unentered(uow, House, under)]
    for record in found:
        give(uow, record, ENTERED)
        if record.closed_on is not None:
            end_codes(uow, record, CLOSED)
    return len(found)
