"""The life of organisations: moving, closing, opening again; who was where on a day; staff, inspections, the street."""

from datetime import date, timedelta

import pytest

from core.kernel.problems import Invalid
from core.organisations.commands import (
    add_inspection,
    add_staff,
    close_organisation,
    end_staff,
    move_organisation,
    reopen_organisation,
)
from core.organisations.queries import (
    OrganisationFilter,
    inspections_of,
    of_building,
    of_house,
    of_person,
    open_work,
    organisation,
    organisations,
    premises_of,
    staff_of,
)
from core.people.commands import add_person
from core.places.commands import edit_house
from core.places.queries import house
from tests.conftest import GRID, NEXT_GRID, UowOf
from tests.core.organisations.conftest import building, rooms, shop

TODAY = date.today()


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)


def test_which_organisations_were_in_a_house_on_a_day(uow_of: UowOf) -> None:
    uow = uow_of()
    first, second, *_rest = rooms(uow, building(uow))
    one = shop(uow, first, name="老店", opened_on=ago(900))
    move_organisation(uow, one, house_id=second, from_on=ago(300))
    two = shop(uow, first, name="新店", opened_on=ago(200))
    close_organisation(uow, two, ago(10))

    def names(house_id: int, day: date | None = None) -> list[str]:
        return [line.name for line in of_house(uow, house_id, day)]

    assert names(first, ago(400)) == ["老店"]
    assert names(first, ago(300)) == ["老店"]
    assert names(first, ago(250)) == []
    assert names(first, ago(100)) == ["新店"]
    assert names(first, ago(5)) == names(first) == []
    assert names(second, ago(301)) == []
    assert names(second) == ["老店"]
    ever = of_house(uow, first, with_past=True)
    assert [(line.name, line.to_on) for line in ever] == [("新店", ago(10)), ("老店", ago(300))]
    assert [(line.address, line.from_on, line.to_on) for line in premises_of(uow, one)] == [
        ("海滨路 12 号 102室", ago(300), None),
        ("海滨路 12 号 101室", ago(900), ago(300)),
    ]


def test_the_house_keeps_the_name_of_the_time(uow_of: UowOf) -> None:
    from core.organisations.commands import edit_organisation

    uow = uow_of()
    first, second, *_rest = rooms(uow, building(uow))
    one = shop(uow, first, name="旧招牌", opened_on=ago(100))
    move_organisation(uow, one, house_id=second, from_on=ago(50))
    edit_organisation(uow, one, seen=None, name="新招牌")
    assert [line.name for line in of_house(uow, first, ago(60))] == ["旧招牌"]
    assert [line.name for line in of_house(uow, second)] == ["新招牌"]


def test_a_move_carries_staff_and_inspections_and_the_old_grid_keeps_its_past(uow_of: UowOf) -> None:
    uow = uow_of()
    here = rooms(uow, building(uow))[0]
    there = rooms(uow, building(uow, NEXT_GRID, "环城路8号"))[0]
    one = shop(uow, here, opened_on=ago(90))
    add_staff(uow, one, name="陈山", post="店长", from_on=ago(80))
    add_inspection(uow, one, inspected_on=ago(30), kind="fire", next_due=TODAY + timedelta(days=300))
    move_organisation(uow, one, house_id=there)
    before, after = uow_of("grid_worker", GRID), uow_of("grid_worker", NEXT_GRID)
    assert [line.name for line in staff_of(after, one)] == ["陈山"]
    assert len(inspections_of(after, one)) == 1
    [tenant] = of_house(before, here, ago(60))
    assert (tenant.name, tenant.organisation_id) == ("示例区阿海小吃店", None)
    assert organisations(before, OrganisationFilter(state="")).items == []


def test_closing_ends_what_is_open_and_opening_begins_anew(uow_of: UowOf) -> None:
    uow = uow_of()
    first, *_rest = rooms(uow, building(uow))
    one = shop(uow, first, opened_on=ago(90))
    post = add_staff(uow, one, name="陈山", from_on=ago(20))
    close_organisation(uow, one, ago(3), "moved")
    assert (organisation(uow, one).state, staff_of(uow, one)[0].to_on) == ("moved", ago(3))
    for attempt in (
        lambda: move_organisation(uow, one, area=GRID),
        lambda: close_organisation(uow, one),
        lambda: reopen_organisation(uow, one, ago(5)),
    ):
        with pytest.raises(Invalid):
            attempt()
    reopen_organisation(uow, one, ago(1))
    assert organisation(uow, one).values["closed_on"] is None
    assert len(premises_of(uow, one)) == 2
    with pytest.raises(Invalid):
        reopen_organisation(uow, one)
    with pytest.raises(Invalid):
        end_staff(uow, post, ago(40))


def test_days_that_cannot_be(uow_of: UowOf) -> None:
    uow = uow_of()
    one = shop(uow, area=GRID, opened_on=ago(10))
    with pytest.raises(Invalid) as trouble:
        close_organisation(uow, one, ago(11))
    assert str(ago(10)) in trouble.value.fields["closed_on"]
    with pytest.raises(Invalid):
        close_organisation(uow, one, TODAY + timedelta(days=1))
    with pytest.raises(Invalid):
        move_organisation(uow, one, area=NEXT_GRID, from_on=ago(20))
    with pytest.raises(Invalid):
        shop(uow, area=GRID, opened_on="2999-01-01")
    with pytest.raises(Invalid):
        move_organisation(uow, one, area=GRID)


def test_people_who_work_there(uow_of: UowOf) -> None:
    uow = uow_of()
    person = add_person(uow, area=GRID, name="林海", birth="1985-05-05")
    one = shop(uow, area=GRID)
    post = add_staff(uow, one, person_id=person, post="厨师", from_on=ago(30))
    assert [(line.name, line.post, line.person_id) for line in staff_of(uow, one)] == [
        ("林海", "厨师", person)
    ]
    end_staff(uow, post, ago(2))
    [work] = of_person(uow, person)
    assert (work.organisation_id, work.post, work.to_on) == (one, "厨师", ago(2))
    with pytest.raises(Invalid):
        add_staff(uow, one, name="")


def test_an_inspection_that_is_late_shows_until_the_next_one(uow_of: UowOf) -> None:
    uow = uow_of("grid_worker", GRID, "chen")
    one = shop(uow, area=GRID)
    add_inspection(uow, one, inspected_on=ago(400), kind="fire", result="fix", next_due=ago(30))
    add_inspection(uow, one, inspected_on=ago(100), kind="food", next_due=TODAY + timedelta(days=30))
    assert organisation(uow, one).is_overdue
    assert [line.id for line in organisations(uow, OrganisationFilter(todo="inspection")).items] == [one]
    assert open_work(uow)["inspection"] == 1
    assert inspections_of(uow, one)[0].inspector == "王"
    add_inspection(uow, one, inspected_on=TODAY, kind="fire", next_due=TODAY + timedelta(days=365))
    seen = organisation(uow, one)
    assert (seen.is_overdue, seen.inspection_due) == (False, TODAY + timedelta(days=30))
    with pytest.raises(Invalid):
        add_inspection(uow, one, inspected_on=TODAY, next_due=ago(1))
    assert len(inspections_of(uow, one)) == 3


def test_the_ground_floor_from_left_to_right(uow_of: UowOf) -> None:
    uow = uow_of()
    block = building(uow)
    first, second, third, fourth = rooms(uow, block)
    one = shop(uow, first, name="甲", trade="fresh")
    add_inspection(uow, one, inspected_on=ago(400), next_due=ago(30))
    gone = shop(uow, second, name="乙")
    close_organisation(uow, gone)
    edit_house(uow, fourth, None, state="owned")
    street = of_building(uow, block)
    assert [(s.house_id, s.room, s.state) for s in street] == [
        (first, "101", "open"),
        (second, "102", "closed"),
        (third, "103", "vacant"),
        (fourth, "104", "home"),
    ]
    assert [line.is_overdue for line in street[0].organisations] == [True]
    assert [line.name for line in street[1].organisations] == ["乙"]
    assert house(uow, second).state == "business"
    two = shop(uow, second, name="丙")
    again = of_building(uow, block)[1]
    assert (again.state, [line.id for line in again.organisations]) == ("open", [two])
