"""The pages of homes as periods, of lets and of idle homes, as a clerk uses them."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.kernel.database import Office
from core.people import queries
from core.people.models import Residence
from tests.pages.conftest import Open
from tests.pages.test_happened import button, clerk, one

WAYS = "哪里不对？"
pytestmark = pytest.mark.sqlite


def home(town: Office) -> int:
    """The period of a tenant who has a day of coming."""
    return one(town, Residence, Residence.kind == "tenant", Residence.to_on.is_(None))  # type: ignore[union-attr]


def way(screen: AppTest, key: str) -> AppTest:
    """Say what was otherwise."""
    return screen.button_group[0].set_value(key).run()


def test_a_period_is_corrected_with_a_source_and_what_was_said_stays(town: Office, open_page: Open) -> None:
    number = home(town)
    screen = way(open_page("stay", id=str(number)), "correct")
    assert not screen.exception
    screen = (
        next(each for each in screen.date_input if "起始" in each.label).set_value(date(2010, 5, 1)).run()
    )
    screen = button(screen, "保存")
    assert not screen.exception
    told = queries.stay(clerk(town), number)
    assert (told.from_on, told.corrected, told.verified_from) == (date(2010, 5, 1), True, "visit")
    assert len(queries.statements(clerk(town), number)) == 2


def test_what_was_never_so_needs_a_reason(town: Office, open_page: Open) -> None:
    number = home(town)
    person = queries.stay(clerk(town), number).person_id
    screen = way(open_page("stay", id=str(number)), "withdraw")
    assert next(each for each in screen.button if each.label == "撤销").disabled
    screen = screen.text_input[-1].set_value("登记时认错了人").run()
    screen = button(screen, "撤销")
    assert not screen.exception
    assert number not in {one.residence_id for one in queries.person_timeline(clerk(town), person or 0)}


def test_a_new_tenant_is_verified(town: Office, open_page: Open) -> None:
    number = home(town)
    screen = open_page("stay", id=str(number))
    next(each for each in screen.button if each.key == f"verify-stay-{number}-visit").click().run()
    assert queries.stay(clerk(town), number).verified_from == "visit"


def test_who_may_not_change_reads_only(town: Office, open_page: Open) -> None:
    screen = open_page("stay", "department", id=str(home(town)))
    assert WAYS not in " ".join(each.value for each in screen.subheader)


def test_an_earlier_home_is_entered(town: Office, open_page: Open) -> None:
    number = home(town)
    told = queries.stay(clerk(town), number)
    with town.reader.connect() as connection:
        other = connection.execute(
            select(Residence.house_id).where(Residence.house_id != told.house_id, Residence.area == told.area)
        ).scalar()
    screen = open_page("residence", person=str(told.person_id), house=str(other))
    screen = screen.button_group[0].set_value("before").run()
    days = [each for each in screen.date_input if each.key and each.key.startswith("before-")]
    days[0].set_value(date(1995, 1, 1))
    days[1].set_value(date(1996, 1, 1))
    next(each for each in screen.button if each.label == "保存").click().run()
    found = queries.person_timeline(clerk(town), told.person_id or 0)
    assert (date(1995, 1, 1), date(1996, 1, 1)) in {(one.from_on, one.to_on) for one in found}


def test_the_views_of_lets_and_idle_homes(town: Office, open_page: Open) -> None:
    for name, views in (("rentals", ("", "tenants", "turnover", "often")), ("idle_homes", ("", "nobody"))):
        for view in views:
            screen = open_page(name, **{"view" if name == "rentals" else "what": view} if view else {})
            assert not screen.exception
            assert not screen.error


def test_another_area_is_not_here(town: Office, open_page: Open) -> None:
    screen = open_page("stay", id="1")
    assert not screen.exception
    assert len(screen.error) == 1
