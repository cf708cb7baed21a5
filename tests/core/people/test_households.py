"""Households entered in one go, and who belongs to them."""

from collections.abc import Callable
from typing import Any

import pytest

from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.people import commands, queries
from tests.conftest import GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, citizen, log, residents, years_ago

Enter = Callable[..., int]
FATHER, MOTHER = years_ago(45), years_ago(44)


def family() -> list[dict[str, Any]]:
    """A household of four: head, wife, son, daughter."""
    return [
        {"name": "陈家主", "birth": FATHER, "relation": "02", "residence_kind": "owner", "sex": "1"},
        {"name": "林家妻", "birth": MOTHER, "relation": "12", "residence_kind": "owner", "sex": "2"},
        {"name": "陈家儿", "birth": years_ago(15), "relation": "20", "sex": "1"},
        {"name": "陈家女", "birth": years_ago(4), "relation": "30", "sex": "2"},
    ]


@pytest.fixture
def enter(uow_of: UowOf, door: Door) -> Enter:
    """Enter a household behind a new door."""

    def run(members: list[dict[str, Any]] | None = None, **values: Any) -> int:
        house = values.pop("house_id", None) or door()
        return commands.enter_household(uow_of(), house, members=members or family(), **values)

    return run


def test_only_those_who_keep_households_enter_one(uow_of: UowOf, door: Door) -> None:
    with pytest.raises(Refused):
        commands.enter_household(uow_of("department"), door(), members=family())
    assert log(uow_of().office)[-1].outcome == "refused"


def test_a_household_of_four_is_entered_in_one_go(uow_of: UowOf, enter: Enter, door: Door) -> None:
    house = door()
    key = enter(house_id=house, number="100001")
    found = queries.household(uow_of(), key)
    assert [(m.name, m.relation) for m in found.members] == [
        ("陈家主", "02"), ("林家妻", "12"), ("陈家儿", "20"), ("陈家女", "30"),
    ]  # fmt: skip
    assert (found.size, found.number, found.head_id, found.opened_on) == (
        4,
        "100001",
        found.members[0].id,
        TODAY,
    )
    assert (found.area, found.house_id, found.warnings) == (GRID, house, [])
    assert residents(uow_of(), house) == 4
    assert {line.kind for line in queries.occupants(uow_of(), house)} == {"owner", "family"}
    written = {line.permission for line in log(uow_of().office, "done")[-10:]}
    assert written == {"household.edit"}


def test_nothing_is_kept_when_one_member_cannot_be(uow_of: UowOf, enter: Enter, door: Door) -> None:
    house, members = door(), family()
    members[1]["name"], members[2]["phone"] = "", "12"
    with pytest.raises(Invalid) as refusal:
        enter(members, house_id=house)
    assert set(refusal.value.fields) == {"1.name", "2.phone"}
    assert queries.people(uow_of(), queries.PeopleFilter()).items == []
    assert residents(uow_of(), house) == 0


def test_a_household_without_head_or_with_two_is_refused(enter: Enter) -> None:
    members = family()
    members[0]["relation"] = "51"
    with pytest.raises(Invalid) as refusal:
        enter(members)
    assert "members" in refusal.value.fields
    members[0]["relation"] = members[2]["relation"] = "02"
    with pytest.raises(Invalid) as refusal:
        enter(members)
    assert list(refusal.value.fields) == ["2.relation"]


def test_one_number_for_two_members_is_refused(enter: Enter) -> None:
    members = family()
    for member in members[:2]:
        member |= {"document_no": citizen(FATHER, 1), "birth": FATHER, "sex": "1"}
    with pytest.raises(Invalid) as refusal:
        enter(members)
    assert list(refusal.value.fields) == ["1.document_no"]


def test_a_member_who_is_registered_already_is_offered(uow_of: UowOf, enter: Enter, someone: Someone) -> None:
    known = someone("林家妻", document_no=citizen(MOTHER, 2), birth=MOTHER)
    members = family()
    members[1]["document_no"] = citizen(MOTHER, 2)
    with pytest.raises(Clash) as clash:
        enter(members)
    assert clash.value.fields["1.person_id"] == str(known)
    members[1] = {"person_id": known, "relation": "12", "residence_kind": "owner"}
    key = enter(members)
    assert known in {member.id for member in queries.household(uow_of(), key).members}
    assert queries.person(uow_of(), known).house_id is not None


def test_a_member_of_another_grid_is_a_clash_that_tells_nothing(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    someone("林家妻", document_no=citizen(MOTHER, 2), birth=MOTHER, area=NEXT_GRID)
    members = family()
    members[1]["document_no"] = citizen(MOTHER, 2)
    with pytest.raises(Clash) as clash:
        commands.enter_household(uow_of("grid_worker", GRID), door(), members=members)
    assert list(clash.value.fields) == ["1.document_no"]
    assert queries.people(uow_of(), queries.PeopleFilter(under=GRID)).items == []


def test_a_child_nearly_as_old_as_the_head_is_shown_as_a_warning(uow_of: UowOf, enter: Enter) -> None:
    members = family()
    members[2]["birth"] = years_ago(40)
    key = enter(members)
    assert len(queries.household(uow_of(), key).warnings) == 1


def test_another_head_needs_the_relation_of_everybody_to_it(uow_of: UowOf, enter: Enter) -> None:
    key = enter()
    head, wife, son, daughter = (member.id for member in queries.household(uow_of(), key).members)
    with pytest.raises(Invalid) as refusal:
        commands.change_head(uow_of(), key, wife, {head: "11", son: "20"})
    assert list(refusal.value.fields) == [str(daughter)]
    commands.change_head(uow_of(), key, wife, {head: "11", son: "20", daughter: "30"})
    found = queries.household(uow_of(), key)
    assert (found.head_id, found.members[0].id, found.members[1].relation) == (wife, wife, "11")


def test_the_head_lives_in_the_house_of_the_household(uow_of: UowOf, enter: Enter) -> None:
    key = enter()
    head, wife, son, daughter = (member.id for member in queries.household(uow_of(), key).members)
    [stay] = queries.residences_of(uow_of(), wife)
    commands.end_residence(uow_of(), stay.residence_id, TODAY)
    with pytest.raises(Invalid):
        commands.change_head(uow_of(), key, wife, {head: "11", son: "20", daughter: "30"})


def test_somebody_leaves_and_the_head_only_after_another_one_was_chosen(uow_of: UowOf, enter: Enter) -> None:
    key = enter()
    head, _wife, son, _daughter = (member.id for member in queries.household(uow_of(), key).members)
    commands.leave_household(uow_of(), son)
    assert queries.household(uow_of(), key).size == 3
    assert queries.person(uow_of(), son).house_id is not None
    with pytest.raises(Invalid):
        commands.leave_household(uow_of(), head)
    with pytest.raises(Invalid):
        commands.leave_household(uow_of(), son)


def test_the_last_one_who_leaves_closes_the_household(uow_of: UowOf, enter: Enter) -> None:
    key = enter([family()[0]])
    [only] = queries.household(uow_of(), key).members
    commands.leave_household(uow_of(), only.id)
    found = queries.household(uow_of(), key)
    assert (found.size, found.closed_on, found.head_id) == (0, TODAY, None)
    with pytest.raises(Invalid):
        commands.join_household(uow_of(), key, only.id, "02")


def test_who_joins_moves_into_the_house(uow_of: UowOf, enter: Enter, someone: Someone, door: Door) -> None:
    key, old_home = enter(), door(NEXT_GRID)
    guest = someone("陈老父", birth=years_ago(70), house_id=old_home)
    commands.join_household(uow_of(), key, guest, "51", residence_kind="family")
    found = queries.household(uow_of(), key)
    assert (found.size, found.members[-1].id) == (5, guest)
    assert queries.person(uow_of(), guest).area == GRID
    assert residents(uow_of(), old_home) == 0
    with pytest.raises(Invalid):
        commands.join_household(uow_of(), key, guest, "51")


def test_a_second_head_or_spouse_cannot_join(uow_of: UowOf, enter: Enter, someone: Someone) -> None:
    key = enter()
    for relation in ("02", "10", ""):
        with pytest.raises(Invalid) as refusal:
            commands.join_household(uow_of(), key, someone(f"陈客{relation}"), relation)
        assert list(refusal.value.fields) == ["relation"]


def test_a_household_moves_together(uow_of: UowOf, enter: Enter, door: Door) -> None:
    old, new = door(), door(NEXT_GRID)
    key = enter(house_id=old)
    commands.move_household(uow_of(), key, new)
    assert (residents(uow_of(), old), residents(uow_of(), new)) == (0, 4)
    found = queries.household(uow_of("grid_worker", NEXT_GRID), key)
    assert (found.size, found.area, len(found.members)) == (4, NEXT_GRID, 4)
    with pytest.raises(Missing):
        queries.household(uow_of("grid_worker", GRID), key)


def test_a_household_with_people_in_it_stays_open(uow_of: UowOf, enter: Enter) -> None:
    key = enter()
    with pytest.raises(Invalid) as refusal:
        commands.edit_household(uow_of(), key, seen=None, closed_on=TODAY)
    assert "closed_on" in refusal.value.fields
    commands.edit_household(uow_of(), key, seen=None, number="100002")
    assert queries.household(uow_of(), key).number == "100002"


def test_two_who_edit_a_household_see_the_difference(uow_of: UowOf, enter: Enter) -> None:
    key = enter()
    seen = queries.household(uow_of(), key).version
    commands.edit_household(uow_of(), key, seen=seen, number="1")
    with pytest.raises(Clash) as clash:
        commands.edit_household(uow_of(), key, seen=seen, number="2")
    assert clash.value.differences["number"].theirs == "1"


def test_households_are_listed_with_head_and_address_page_by_page(
    uow_of: UowOf, enter: Enter, door: Door
) -> None:
    keys = [enter(house_id=door()) for _each in range(3)]
    first = queries.households(uow_of(), queries.HouseholdFilter(under=GRID), limit=2)
    rest = queries.households(uow_of(), queries.HouseholdFilter(), first.after, limit=2)
    assert [line.id for line in first.items + rest.items] == keys
    assert rest.after is None
    assert {line.head for line in first.items} == {"陈家主"}
    assert first.items[0].address.startswith("和平路")
    assert queries.households(uow_of(), queries.HouseholdFilter(under=NEXT_GRID)).items == []


def test_a_household_whose_head_moved_away_waits_for_another(uow_of: UowOf, enter: Enter, door: Door) -> None:
    key = enter()
    head = queries.household(uow_of(), key).head_id
    assert head is not None
    commands.start_residence(uow_of(), head, door(), "tenant")
    [line] = queries.households(uow_of(), queries.HouseholdFilter(headless=True)).items
    assert (line.id, line.size, line.head) == (key, 3, "")
    waiting = {line.kind: line for line in queries.todo(uow_of())}
    assert waiting["head"].count == 1
    found = queries.people(uow_of(), queries.PeopleFilter(todo="head"))
    assert {person.name for person in found.items} == {"林家妻", "陈家儿", "陈家女"}
