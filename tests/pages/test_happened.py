"""Screens for what happened: shown beforehand, done with one button, taken back; and the past of a record."""

from typing import Any

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.people import commands, queries
from core.people.models import Household, Person
from core.places.models import House
from tests.conftest import COMMUNITY
from tests.pages.conftest import Open


def one(office: Office, kind: type, *where: Any) -> int:
    """The number of one record."""
    with office.reader.connect() as connection:
        return int(connection.execute(select(kind.id).where(*where).limit(1)).scalar() or 0)


def button(screen: AppTest, label: str) -> AppTest:
    """Press it."""
    return next(each for each in screen.button if each.label == label).click().run()


def clerk(office: Office) -> Any:
    """A unit of work."""
    return office.uow(Actor("wang", "clerk", COMMUNITY))


def test_a_death_is_registered_and_taken_back(town: Office, open_page: Open) -> None:
    person = one(
        town,
        Person,
        Person.state == "here",
        Person.relation == "02",
        Person.household_id.in_(select(Household.id).where(Household.size == 1)),
    )
    screen = open_page("death", person=str(person))
    assert not screen.exception
    assert button(screen, "保存").exception == []
    assert queries.person(clerk(town), person).values["state"] == "dead"
    profile = open_page("person", id=str(person))
    assert "办理记录" in " ".join(each.value for each in profile.subheader)
    assert button(profile, "撤销").exception == []
    assert queries.person(clerk(town), person).values["state"] == "here"


def test_what_is_missing_is_said_and_nothing_can_be_saved(town: Office, open_page: Open) -> None:
    household = one(town, Household, Household.size > 2)
    screen = open_page("birth", household=str(household))
    assert not screen.exception
    assert next(each for each in screen.button if each.label == "保存").disabled


def test_a_house_is_shown_as_it_was(town: Office, open_page: Open) -> None:
    with town.reader.connect() as connection:
        busy = connection.exec_driver_sql(
            "SELECT record_id FROM field_change WHERE kind = 'House' GROUP BY record_id ORDER BY count(*) DESC LIMIT 1"
        ).scalar_one()
    screen = open_page("house", id=str(busy), asof="2025-01-15")
    assert not screen.exception
    assert "2025-01-15" in screen.warning[0].value
    button(screen, "回到今天")
    assert not screen.exception
    assert "asof" not in screen.query_params


def test_two_records_are_compared_and_merged(town: Office, open_page: Open) -> None:
    uow = clerk(town)
    house = one(town, House, House.state == "owned")
    first, second = (
        commands.add_person(uow, name="陈两份", birth="1980-01-01", house_id=house, phone=phone)
        for phone in ("19900011111", "19900022222")
    )
    [pair] = queries.pairs_about(uow, first)
    screen = open_page("duplicate", id=str(pair.id))
    assert not screen.exception
    assert button(screen, "合并为一人").exception == []
    assert queries.person(clerk(town), second).merged_into == first
    merged = open_page("person", id=str(second))
    assert not merged.exception
    assert "已并入" in " ".join(str(each.proto) for each in merged.get("html")) or merged.subheader


def test_two_people_after_all_need_a_reason(town: Office, open_page: Open) -> None:
    uow = clerk(town)
    for _n in range(2):
        commands.add_person(uow, name="陈两份", birth="1980-01-01", area="440599/001/001/001/")
    pair = queries.pairs_of(uow, queries.PairFilter()).items[0]
    screen = button(open_page("duplicate", id=str(pair.id)), "是两个人")
    assert screen.error
    assert queries.pair(clerk(town), pair.id).state == "open"


def test_a_grid_worker_has_no_menu_for_merging_and_a_department_none_at_all(
    town: Office, open_page: Open
) -> None:
    person = one(town, Person, Person.state == "here")
    screen = open_page("person", "department", id=str(person))
    assert not screen.exception
    assert not any("变更历史" in each.value for each in screen.subheader)
