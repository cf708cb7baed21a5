"""Lets, new tenants, turn-over and empty homes: who sees them, and what they tell."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from core.kernel.problems import Missing, Refused
from core.panels import panels_of
from core.people import commands
from core.people import queries as people
from core.places import commands as places
from core.places.models import House
from core.registers.rental import Rental
from core.registers.vacant import VacantHome
from core.tenancies import queries
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import Door, Someone, door, someone, years_ago

__all__ = ["door", "someone"]
TODAY = date.today()
LATELY, LAST_MONTH, BEFORE = (TODAY - timedelta(days=n) for n in (10, 40, 300))
Let = Callable[..., int]


@pytest.fixture
def let(uow_of: UowOf, door: Door, someone: Someone) -> Let:
    """A home that is let, with tenants of now and before: (from, to) each."""

    def make(*times: tuple[date, date | None], area: str = GRID, source: str = "resident") -> int:
        lead, house = uow_of("lead", "440599/"), door(area)
        places.edit_house(lead, house, seen=None, state="rented")
        for came, left in times:
            tenant = someone(uow=lead, area=area)
            if left:
                commands.file_stay(lead, tenant, house, "tenant", came, left, source)
            else:
                commands.start_residence(lead, tenant, house, "tenant", came, source)
        return house

    return make


def put(uow_of: UowOf, statement: Any) -> None:
    """Rows as a register has them."""
    with uow_of().office.writer.begin() as connection:
        connection.execute(statement)


def landlord(house: int, area: str = GRID) -> dict[str, Any]:
    """The columns of a let in the register."""
    who = {"landlord": "林房东", "use": "02", "tenants": 1, "is_filed": True, "danger": "00", "note": ""}
    kept = {"verified_by": "", "verified_from": "", "extra": {}}
    return {"id": house * 10, "version": 1, "area": area, "house_id": house, **who, **kept}


def test_who_may_not(uow_of: UowOf) -> None:
    for ask in (queries.rented_homes, queries.new_tenants, queries.turnover, queries.idle_homes):
        with pytest.raises(Refused):
            ask(uow_of("analyst", "440599/"))


def test_a_let_tells_its_tenants_its_turn_over_and_whom_to_call(uow_of: UowOf, let: Let) -> None:
    house = let((years_ago(2), BEFORE), (LAST_MONTH, None), (LAST_MONTH, None))
    put(uow_of, insert(Rental).values(**landlord(house)))
    [home] = queries.rented_homes(uow_of()).items
    assert (home.house_id, home.tenants, home.since, home.began, home.waiting) == (house, 2, LAST_MONTH, 2, 2)
    assert home.landlord and home.landlord.landlord == "林房东"
    told = queries.tenancies_of(uow_of(), house)
    assert told and (told.ended, told.days) == (1, (BEFORE - years_ago(2)).days)
    section = panels_of("House", uow_of().actor)["tenancy_house"].show(uow_of(), house)
    assert section and "林房东" in map(str, section.facts.values())
    assert [one.house_id for one in queries.rented_homes(uow_of(), often=True).items] == [house]
    with pytest.raises(Missing):
        queries.tenancies_of(uow_of("grid_worker", NEXT_GRID), house)


def test_a_home_that_was_never_let_has_no_tenancies(uow_of: UowOf, door: Door) -> None:
    assert queries.tenancies_of(uow_of(), door()) is None
    assert queries.rented_homes(uow_of()).items == []


def test_new_tenants_wait_until_somebody_of_the_office_looked(uow_of: UowOf, let: Let) -> None:
    house = let((LAST_MONTH, None), (LATELY, None))
    let((LATELY, None), source="visit")
    let((LATELY, None), area=NEXT_GRID)
    [new] = queries.new_tenants(uow_of("grid_worker", GRID)).items
    assert (new.house_id, new.from_on, new.source, new.area) == (house, LATELY, "resident", GRID)
    assert len(queries.new_tenants(uow_of("grid_worker", GRID), days=90).items) == 2
    assert len(queries.new_tenants(uow_of("grid_worker", GRID), only_unverified=False).items) == 2
    commands.confirm_residence(uow_of("grid_worker", GRID), new.residence_id, "visit")
    assert queries.new_tenants(uow_of("grid_worker", GRID)).items == []


def test_new_tenants_come_page_by_page(uow_of: UowOf, let: Let) -> None:
    let(*((LATELY - timedelta(days=n // 2), None) for n in range(5)))
    found, key = list[int](), None
    for _page in range(3):
        page = queries.new_tenants(uow_of(), after_key=key, limit=2)
        found, key = [*found, *(one.residence_id for one in page.items)], page.after
    assert (len(set(found)), key) == (5, None)


def test_turn_over_place_by_place(uow_of: UowOf, let: Let) -> None:
    let((years_ago(2), BEFORE), (LATELY, None), (LATELY, None))
    let((years_ago(4), None))
    let((LAST_MONTH, None), area=NEXT_GRID)
    first, second = queries.turnover(uow_of("lead", COMMUNITY))
    assert (first.area, first.homes, first.began, first.ended, first.rate) == (GRID, 2, 1, 1, 50)
    assert (first.days, first.waiting) == ((BEFORE - years_ago(2)).days, 2)
    assert (second.name, second.rate, second.days, second.waiting) == ("第二网格", 100, None, 0)
    [street] = queries.turnover(uow_of("lead", "440599/"))
    assert (street.area, street.homes) == ("440599/001/", 3)
    [own] = queries.turnover(uow_of("lead", "440599/"), GRID)
    assert own == first


def test_an_idle_home_tells_since_when_and_who_looked(uow_of: UowOf, door: Door, someone: Someone) -> None:
    house, other = door(), door()
    person = someone(house_id=house, from_on=BEFORE)
    commands.move_out(uow_of(), [person], LATELY, vacant=True)
    [home] = queries.idle_homes(uow_of()).items
    assert (home.house_id, home.since, home.lived_until) == (house, TODAY, LATELY)
    kept = {
        "is_water_off": True,
        "is_gas_off": True,
        "is_power_off": True,
        "verified_by": "",
        "verified_from": "",
    }
    entry = {"id": 7, "version": 1, "area": GRID, "house_id": house, "since": LATELY, "extra": {}, **kept}
    put(uow_of, insert(VacantHome).values(**entry, owner="陈业主", reason="", note=""))
    places.verify_house(uow_of(), house, "visit")
    [home] = queries.idle_homes(uow_of()).items
    assert (home.since, home.owner and home.owner.owner, home.verified_from) == (LATELY, "陈业主", "visit")
    [nobody] = queries.idle_homes(uow_of(), what="nobody").items
    assert nobody.house_id == other
    put(uow_of, update(House).where(House.id == other).values(state="business"))
    assert queries.idle_homes(uow_of(), what="nobody").items == []


def test_the_timeline_holds_everybody_who_ever_lived_there(uow_of: UowOf, let: Let) -> None:
    house = let((years_ago(2), BEFORE), (LATELY, None))
    assert [(one.from_on, one.to_on) for one in people.house_timeline(uow_of(), house)] == [
        (LATELY, None),
        (years_ago(2), BEFORE),
    ]
