"""Birth, death, moving, splitting and merging households: shown beforehand, done as a whole, taken back as a whole."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.search import search
from core.kernel.undo import rehearse
from core.people import commands, queries
from core.people.queries.told import tell
from core.places import queries as places
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, log, residents, years_ago
from tests.core.people.test_households import family
from tests.core.people.test_merging import deed_of, dump

Home = Callable[..., tuple[int, list[int]]]
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def home(uow_of: UowOf, door: Door) -> Home:
    """A household of four behind a new door: its number and head, wife, son, daughter."""

    def enter(area: str = GRID) -> tuple[int, list[int]]:
        key = commands.enter_household(uow_of(), door(area), members=family())
        return key, [member.id for member in queries.household(uow_of(), key).members]

    return enter


def test_only_those_who_keep_households_register_a_death(uow_of: UowOf, home: Home) -> None:
    _key, (head, *_rest) = home()
    with pytest.raises(Refused):
        commands.register_death(uow_of("department", line="civil"), head, TODAY)
    assert log(uow_of().office)[-1].outcome == "refused"


def test_a_birth_ties_the_child_to_both_parents(uow_of: UowOf, home: Home) -> None:
    key, (father, mother, *_rest) = home()
    before = dump(uow_of().office)
    child = commands.register_birth(
        uow_of(),
        key,
        parents=[mother, father],
        relation="31",
        name="陈新生",
        sex="2",
        birth=YESTERDAY,
        reason="出生证",
    )
    born = queries.person(uow_of(), child)
    assert (born.household_id, born.values["no_document_reason"], born.home and born.home.from_on) == (
        key,
        "newborn",
        YESTERDAY,
    )
    ties = {(edge.source, edge.target, edge.label) for edge in queries.graph(uow_of(), child).edges}
    assert queries.household(uow_of(), key).size == 5
    assert ties
    assert log(uow_of().office, "done")[-1].reason == "出生证"
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_a_child_is_younger_than_its_parents(uow_of: UowOf, home: Home) -> None:
    key, (_father, _mother, son, _daughter) = home()
    with pytest.raises(Invalid) as refusal:
        commands.register_birth(uow_of(), key, parents=[son], relation="40", name="陈", birth=years_ago(5))
    assert "birth" in refusal.value.fields
    with pytest.raises(Invalid):
        commands.register_birth(uow_of(), key, parents=[], relation="40", name="陈", birth=YESTERDAY)


def test_a_death_ends_home_household_and_tags_and_asks_for_the_next_head(uow_of: UowOf, home: Home) -> None:
    key, (head, wife, son, daughter) = home()
    commands.declare_tag(uow_of(), head, "志愿者", source="名单")
    before = dump(uow_of().office)
    with pytest.raises(Invalid) as refusal:
        commands.register_death(uow_of(), head, YESTERDAY)
    assert "head_id" in refusal.value.fields
    assert dump(uow_of().office) == before
    commands.register_death(uow_of(), head, YESTERDAY, head_id=wife, relations={son: "20", daughter: "30"})
    person = queries.person(uow_of(), head)
    assert (person.values["state"], person.values["state_since"], person.home) == ("dead", YESTERDAY, None)
    assert [stay.to_on for stay in queries.residences_of(uow_of(), head)] == [YESTERDAY]
    assert queries.tags_of(uow_of(), head) == [] or all(
        not tag.declared_id for tag in queries.tags_of(uow_of(), head)
    )
    found = queries.household(uow_of(), key)
    assert (found.head_id, found.size, [m.relation for m in found.members]) == (wife, 3, ["02", "20", "30"])
    assert search(uow_of(), "陈家主") == []
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_nobody_dies_before_birth_or_tomorrow(uow_of: UowOf, someone: Someone) -> None:
    person = someone(birth=years_ago(3))
    for day in (years_ago(4), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid) as refusal:
            commands.register_death(uow_of(), person, day)
        assert list(refusal.value.fields) == ["day"]


def test_a_whole_household_moves_away_and_leaves_a_vacant_house(uow_of: UowOf, home: Home) -> None:
    key, members = home()
    house = queries.household(uow_of(), key).house_id or 0
    before = dump(uow_of().office)
    commands.move_out(uow_of(), members, YESTERDAY, place="广州", vacant=True)
    assert places.house(uow_of(), house).state == "vacant"
    assert residents(uow_of(), house) == 0
    assert queries.household(uow_of(), key).closed_on == TODAY
    assert {queries.person(uow_of(), one).values["state"] for one in members} == {"away"}
    assert log(uow_of().office, "done")[-1].reason == "迁往广州"
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_some_members_move_away_and_the_house_stays_lived_in(uow_of: UowOf, home: Home) -> None:
    key, (_head, _wife, son, _daughter) = home()
    house = queries.household(uow_of(), key).house_id or 0
    commands.move_out(uow_of(), [son], TODAY, vacant=True)
    assert (places.house(uow_of(), house).state, residents(uow_of(), house)) == ("unknown", 3)


def test_somebody_comes_back_as_the_head_of_a_new_household(uow_of: UowOf, home: Home, door: Door) -> None:
    _key, (_head, _wife, son, _daughter) = home()
    commands.move_out(uow_of(), [son], YESTERDAY)
    house, before = door(), dump(uow_of().office)
    commands.move_in(uow_of(), son, house, TODAY, kind="tenant", place="广州")
    person = queries.person(uow_of(), son)
    assert (person.values["state"], person.house_id, person.values["relation"]) == ("here", house, "02")
    assert places.house(uow_of(), house).state == "rented"
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_a_household_moves_in_together_or_somebody_joins_one(uow_of: UowOf, home: Home, door: Door) -> None:
    (key, (head, *_rest)), house = home(), door()
    commands.move_in(uow_of(), head, house, TODAY, kind="owner", with_household=True)
    assert (residents(uow_of(), house), queries.household(uow_of(), key).house_id) == (4, house)
    other, (stranger, *_others) = home()
    commands.move_out(uow_of(), [_others[1]], TODAY)
    commands.move_in(uow_of(), _others[1], house, TODAY, household_id=key, relation="97")
    assert queries.household(uow_of(), key).size == 5
    assert queries.household(uow_of(), other).size == 3
    assert stranger


def test_a_household_splits_into_two_at_two_doors(uow_of: UowOf, home: Home, door: Door) -> None:
    key, (head, wife, son, daughter) = home()
    house = door()
    before = dump(uow_of().office)
    fresh = commands.split_household(
        uow_of(),
        key,
        [wife, daughter],
        new_head_id=wife,
        relations={daughter: "30"},
        house_id=house,
        day=TODAY,
    )
    assert [(m.id, m.relation) for m in queries.household(uow_of(), fresh).members] == [
        (wife, "02"),
        (daughter, "30"),
    ]
    assert {m.id for m in queries.household(uow_of(), key).members} == {head, son}
    assert residents(uow_of(), house) == 2
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


@pytest.mark.parametrize(
    ("going", "new_head", "field"),
    [([], 1, "person_ids"), ([0, 1, 2, 3], 1, "person_ids"), ([1], 2, "new_head_id"), ([0, 1], 1, "head_id")],
)
def test_a_split_that_cannot_be(
    uow_of: UowOf, home: Home, going: list[int], new_head: int, field: str
) -> None:
    key, members = home()
    with pytest.raises(Invalid) as refusal:
        commands.split_household(
            uow_of(),
            key,
            [members[n] for n in going],
            new_head_id=members[new_head],
            relations={members[0]: "11"},
        )
    assert field in refusal.value.fields


def test_two_households_become_one(uow_of: UowOf, home: Home) -> None:
    (key, _members), (other, joining) = home(), home()
    before = dump(uow_of().office)
    with pytest.raises(Invalid):
        commands.merge_households(uow_of(), key, other, {})
    relations = dict.fromkeys(joining, "97")
    commands.merge_households(uow_of(), key, other, relations, TODAY)
    assert queries.household(uow_of(), key).size == 8
    assert queries.household(uow_of(), other).closed_on == TODAY
    with pytest.raises(Clash):
        commands.merge_households(uow_of(), key, other, relations)
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_what_would_happen_is_told_and_does_not_happen(uow_of: UowOf, home: Home) -> None:
    _key, (head, wife, son, daughter) = home()
    before, lines = dump(uow_of().office), len(log(uow_of().office))
    told = rehearse(
        uow_of(),
        tell,
        commands.register_death,
        head,
        TODAY,
        head_id=wife,
        relations={son: "20", daughter: "30"},
    )
    said = {(line.kind, line.label, line.before, line.after) for line in told}
    assert ("人员", "状态", "在住", "已故") in said
    assert any(kind == "房屋" and (was, now) == ("4", "3") for kind, _label, was, now in said)
    assert dump(uow_of().office) == before
    assert len(log(uow_of().office)) == lines


def test_a_later_move_stands_in_the_way_of_taking_back(uow_of: UowOf, home: Home, door: Door) -> None:
    key, _members = home()
    commands.move_household(uow_of(), key, door(), TODAY)
    deed = deed_of(uow_of().office)
    commands.move_household(uow_of(), key, door(), TODAY)
    with pytest.raises(Clash):
        commands.undo(uow_of(), deed)
    commands.undo(uow_of(), deed_of(uow_of().office))
    commands.undo(uow_of(), deed)


def test_a_deed_of_another_branch_is_not_there(uow_of: UowOf, home: Home) -> None:
    _key, members = home(NEXT_GRID)
    commands.move_out(uow_of("lead", COMMUNITY), members, TODAY)
    from core.kernel.problems import Missing

    with pytest.raises(Missing):
        commands.undo(uow_of("grid_worker", GRID), deed_of(uow_of().office))
    line = queries.deeds_of(uow_of(), "Person", members[0])[0]
    assert (line.title, line.open) == ("迁出", True)
