"""Two records of one person become one, and two again."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.people import commands, queries
from core.people.commands.erasing import erase_person
from core.people.models import DeclaredTag, Relation, Residence
from core.people.queries import PeopleFilter
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, citizen, log, residents, years_ago

ASIDE = {"field_change", "audit_entry", "audit_head", "deed", "account", "data_stamp"}
"""Tables that tell of what happened; everything else is as before when a merge was taken back."""
BIRTH = years_ago(40)


def dump(office: Office) -> dict[str, Any]:
    """Every row of every table but those that tell of what happened; versions count up."""
    found = {}
    with office.reader.connect() as connection:
        for name, table in SQLModel.metadata.tables.items():
            if name not in ASIDE:
                columns = [c for c in table.columns if c.name != "version"]
                rows = connection.execute(
                    table.select().with_only_columns(*columns).order_by(*table.primary_key)
                )
                found[name] = [tuple(map(str, row)) for row in rows]
    return found


def deed_of(office: Office) -> int:
    """The newest deed."""
    with office.reader.connect() as connection:
        deeds = connection.execute(SQLModel.metadata.tables["deed"].select()).all()
    return max(row.id for row in deeds)


@pytest.fixture
def twice(uow_of: UowOf, door: Door, someone: Someone) -> Callable[..., tuple[int, int]]:
    """Somebody who is filed twice, with a home, a relation and a tag each."""

    def make(**values: Any) -> tuple[int, int]:
        other = someone("林友好")
        first = someone("陈两份", birth=BIRTH, house_id=door(), document_no=citizen(BIRTH, 1), sex="1")
        second = someone("陈两份", birth=BIRTH, house_id=door(), phone="19900012345", sex="1", **values)
        for person in (first, second):
            commands.relate(uow_of(), person, other, "80")
            commands.declare_tag(uow_of(), person, "志愿者", source="名单")
        return first, second

    return make


def test_only_clerks_and_leads_merge(uow_of: UowOf, twice: Callable[..., tuple[int, int]]) -> None:
    first, second = twice()
    with pytest.raises(Refused):
        commands.merge_people(uow_of("grid_worker", GRID), first, second)
    assert log(uow_of().office)[-1].outcome == "refused"


def test_the_record_that_stays_takes_over_everything(
    uow_of: UowOf, twice: Callable[..., tuple[int, int]]
) -> None:
    first, second = twice()
    commands.merge_people(uow_of(), first, second, reason="同一人")
    person = queries.person(uow_of(), first)
    assert person.values["phone"] == "199****2345"
    assert person.values["document_no"]
    gone = queries.person(uow_of(), second)
    assert (gone.values["state"], gone.merged_into, gone.values["phone"]) == ("merged", first, None)
    found = queries.people(uow_of(), PeopleFilter(state="", words="陈两份")).items
    assert [one.id for one in found] == [first]
    assert [hit.id for hit in search(uow_of(), "陈两份")] == [first]
    assert len(queries.residences_of(uow_of(), first)) == 2
    assert sum(one.to_on is None for one in queries.residences_of(uow_of(), first)) == 1
    assert [edge.kind for edge in queries.graph(uow_of(), first).edges] == ["relation"]
    assert {line.reason for line in log(uow_of().office, "done")[-3:]} == {"同一人"}


def test_values_are_chosen_field_by_field(uow_of: UowOf, twice: Callable[..., tuple[int, int]]) -> None:
    first, second = twice(hukou_address="海滨路2号", category="migrant")
    commands.merge_people(uow_of(), first, second, {"category": "other"})
    values = queries.person(uow_of(), first).values
    assert (values["category"], values["hukou_address"]) == ("migrant", "海滨路2号")


def test_a_number_that_contradicts_the_birth_is_refused(uow_of: UowOf, someone: Someone) -> None:
    first = someone("陈两份", birth=BIRTH)
    second = someone("陈两份", birth=years_ago(41), document_no=citizen(years_ago(41), 1))
    with pytest.raises(Invalid):
        commands.merge_people(uow_of(), first, second, {"document_no": "other"})
    commands.merge_people(uow_of(), first, second, {"document_no": "other", "birth": "other", "sex": "other"})
    assert queries.person(uow_of(), first).values["birth"] == years_ago(41)


def test_taken_back_everything_is_as_it_was(uow_of: UowOf, twice: Callable[..., tuple[int, int]]) -> None:
    first, second = twice()
    before = dump(uow_of().office)
    commands.merge_people(uow_of(), first, second, {"phone": "other", "home": "other"})
    assert dump(uow_of().office) != before
    commands.undo(uow_of(), deed_of(uow_of().office), "不是同一人")
    assert dump(uow_of().office) == before
    with pytest.raises(Clash):
        commands.undo(uow_of(), deed_of(uow_of().office))


def test_a_later_change_of_what_was_merged_stands_in_the_way(
    uow_of: UowOf, twice: Callable[..., tuple[int, int]]
) -> None:
    first, second = twice()
    commands.merge_people(uow_of(), first, second)
    commands.edit_person(uow_of(), first, seen=None, phone="19900054321")
    before = dump(uow_of().office)
    with pytest.raises(Clash) as clash:
        commands.undo(uow_of(), deed_of(uow_of().office))
    assert "陈两份" in clash.value.sentence
    assert dump(uow_of().office) == before


def test_a_later_change_of_something_else_stays(uow_of: UowOf, twice: Callable[..., tuple[int, int]]) -> None:
    first, second = twice()
    commands.merge_people(uow_of(), first, second)
    commands.edit_person(uow_of(), first, seen=None, name="陈新名")
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert queries.person(uow_of(), first).values["name"] == "陈新名"
    assert {hit.id for hit in search(uow_of(), "陈两份")} == {second}
    assert [hit.id for hit in search(uow_of(), "陈新名")] == [first]


def test_members_of_one_household_filed_twice(uow_of: UowOf, door: Door) -> None:
    house = door()
    members = [
        {"name": "陈两份", "birth": BIRTH, "relation": "02", "residence_kind": "owner", "sex": "1"},
        {"name": "林家妻", "birth": BIRTH, "relation": "12", "sex": "2"},
        {"name": "陈两份", "birth": BIRTH, "relation": "99", "sex": "1"},
    ]
    home = commands.enter_household(uow_of(), house, members=members)
    head, wife, twin = (member.id for member in queries.household(uow_of(), home).members)
    before = dump(uow_of().office)
    commands.merge_people(uow_of(), twin, head)
    found = queries.household(uow_of(), home)
    assert [(member.id, member.relation) for member in found.members] == [(twin, "02"), (wife, "12")]
    assert (found.size, found.head_id, residents(uow_of(), house)) == (2, twin, 2)
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_somebody_of_another_branch_is_not_told_of_but_the_way_to_go_is(
    uow_of: UowOf, someone: Someone
) -> None:
    mine, theirs = someone("陈两份"), someone("陈两份", area=NEXT_GRID)
    uow = uow_of("lead", GRID)
    for other in (theirs, 424242):
        with pytest.raises(Refused) as refusal:
            commands.pair_by_hand(uow, mine, other)
        assert "金湾社区" in refusal.value.sentence
        assert "陈两份" not in refusal.value.sentence
    with pytest.raises(Missing):
        commands.pair_by_hand(uow, theirs, mine)


def test_what_stands_outside_the_branch_is_for_the_office_above(
    uow_of: UowOf, someone: Someone, door: Door
) -> None:
    mine, twin = someone("陈两份"), someone("陈两份", house_id=door(NEXT_GRID))
    commands.start_residence(uow_of(), twin, door())
    with pytest.raises(Refused) as refusal:
        commands.merge_people(uow_of("lead", GRID), mine, twin)
    assert "金湾社区" in refusal.value.sentence
    commands.merge_people(uow_of("lead", COMMUNITY), mine, twin)


def test_a_merged_record_cannot_be_changed_or_merged_again(
    uow_of: UowOf, twice: Callable[..., tuple[int, int]], someone: Someone
) -> None:
    first, second = twice()
    commands.merge_people(uow_of(), first, second)
    third = someone("陈第三")
    for change in (
        lambda: commands.edit_person(uow_of(), second, seen=None, name="陈"),
        lambda: commands.relate(uow_of(), second, third, "80"),
        lambda: commands.merge_people(uow_of(), third, second),
    ):
        with pytest.raises(Clash) as clash:
            change()
        assert clash.value.fields["person_id"] == str(first)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_two_people_of_a_town_merge_and_part(town: Office, data: st.DataObject) -> None:
    uow = town.uow(job("test"))
    with town.reader.connect() as connection:
        people = SQLModel.metadata.tables["person"]
        alive = people.c.merged_into.is_(None)
        ids = connection.execute(people.select().with_only_columns(people.c.id).where(alive)).scalars().all()
    one, other = data.draw(st.lists(st.sampled_from(sorted(ids)), min_size=2, max_size=2, unique=True))
    names = data.draw(
        st.sets(st.sampled_from(["home", "household", "phone", "category", "name", "hukou_address"]))
    )
    before = dump(town)
    commands.merge_people(uow, one, other, dict.fromkeys(names, "other"))
    for kind, field in ((Residence, "person_id"), (Relation, "other_id"), (DeclaredTag, "person_id")):
        with town.reader.connect() as connection:
            table = SQLModel.metadata.tables[kind.__tablename__]
            assert connection.execute(table.select().where(table.c[field] == other)).first() is None
    commands.undo(uow, deed_of(town))
    assert dump(town) == before


def test_who_is_taken_out_for_good_takes_merged_records_and_deeds_along(
    uow_of: UowOf, twice: Callable[..., tuple[int, int]]
) -> None:
    first, second = twice()
    commands.merge_people(uow_of(), first, second)
    commands.register_death(uow_of(), first, TODAY)
    erase_person(uow_of().office.uow(job("test")), first)
    for person in (first, second):
        with pytest.raises(Missing):
            queries.person(uow_of(), person)
    with uow_of().office.reader.connect() as connection:
        for name in ("deed", "look", "duplicate_pair"):
            assert connection.execute(SQLModel.metadata.tables[name].select()).first() is None
