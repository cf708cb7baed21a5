"""What the register said on a day, every change since, and who may read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import select

from core.kernel import history
from core.kernel.custom import FieldDefinition
from core.kernel.database import Office
from core.kernel.fields import CHINA
from core.kernel.problems import Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands, queries
from core.places import commands as place_commands
from core.places import queries as places
from tests.conftest import GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import Door, Someone, citizen, years_ago
from tests.core.people.test_households import family

FIRST = date(2026, 3, 1)


class Clock:
    """The moment at which the register is written."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.day = FIRST
        patch.setattr(UnitOfWork, "now", property(lambda _uow: self.now))

    @property
    def now(self) -> datetime:
        """Ten in the morning of the day."""
        return datetime.combine(self.day, time(10), CHINA)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A calendar one may turn."""
    return Clock(monkeypatch)


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """The SELECTs while something is asked."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(office.reader, "before_cursor_execute", note)
    yield seen
    event.remove(office.reader, "before_cursor_execute", note)


def test_the_past_needs_the_permission_for_history(uow_of: UowOf, someone: Someone) -> None:
    person = someone()
    for ask in (
        lambda uow: queries.person_then(uow, person, FIRST),
        lambda uow: queries.person_history(uow, person),
    ):
        with pytest.raises(Refused):
            ask(uow_of("department", line="civil"))
        with pytest.raises(Missing):
            ask(uow_of("grid_worker", NEXT_GRID))


def test_a_person_is_shown_as_they_were_and_what_differs_is_named(
    uow_of: UowOf, someone: Someone, clock: Clock
) -> None:
    person = someone("陈先前", phone="19900011111", birth=years_ago(40))
    clock.day += timedelta(days=10)
    commands.edit_person(uow_of(), person, seen=None, name="陈后来", phone="19900022222", source="phone")
    clock.day += timedelta(days=10)
    commands.edit_person(uow_of(), person, seen=None, phone="-")
    assert queries.person_then(uow_of(), person, FIRST - timedelta(days=1)).then is None
    for days, name, phone in (
        (0, "陈先前", "199****1111"),
        (10, "陈后来", "199****2222"),
        (20, "陈后来", None),
    ):
        past = queries.person_then(uow_of(), person, FIRST + timedelta(days=days))
        assert past.then is not None
        assert (past.then.values["name"], past.then.values["phone"]) == (name, phone)
        assert ("name" in past.differs) == (name != "陈后来")
    told = queries.person_history(uow_of(), person)
    assert [(one.field, one.before, one.after, one.source) for one in told.changes] == [
        ("phone", "199****2222", "—", ""),
        ("phone", "199****1111", "199****2222", "phone"),
        ("name", "陈先前", "陈后来", "phone"),
        ("+", "", "", ""),
    ]
    assert [one.field for one in queries.person_history(uow_of(), person, "name").changes] == ["name"]


def test_a_field_the_reader_may_not_see_stays_hidden(uow_of: UowOf, someone: Someone, clock: Clock) -> None:
    person = someone(marital="10")
    clock.day += timedelta(days=1)
    commands.edit_person(uow_of(), person, seen=None, marital="20")
    assert "marital" in queries.person_history(uow_of("clerk"), person).fields
    worker = queries.person_history(uow_of("grid_worker", GRID), person)
    assert "marital" not in worker.fields
    assert all(one.field != "marital" for one in worker.changes)
    then = queries.person_then(uow_of("grid_worker", GRID), person, FIRST).then
    assert then is not None
    assert then.values["marital"] is None


def test_numbers_are_sealed_in_the_past_too(uow_of: UowOf, someone: Someone, clock: Clock) -> None:
    number = citizen(years_ago(40), 1)
    person = someone(birth=years_ago(40), document_no=number)
    clock.day += timedelta(days=1)
    commands.edit_person(uow_of(), person, seen=None, document_no=citizen(years_ago(40), 3), sex="1")
    with uow_of().office.reader.connect() as connection:
        lines = connection.execute(select(history.FieldChange)).mappings().all()
    assert not any(number in str(line) for line in lines)
    past = queries.person_then(uow_of(), person, FIRST)
    assert past.then is not None
    assert str(past.then.values["document_no"]).endswith(number[-4:])


def test_fields_of_the_office_have_a_past_even_after_they_were_taken_away(
    uow_of: UowOf, someone: Someone, clock: Clock
) -> None:
    uow = uow_of("lead", "440599/")
    with uow.running("register.design"):
        made = uow.add(FieldDefinition, area="440599/", of="Person", key="x_pet", label="宠物", kind="text")
    person = someone(x_pet="猫")
    clock.day += timedelta(days=1)
    commands.edit_person(uow_of(), person, seen=None, x_pet="狗")
    past = queries.person_then(uow_of(), person, FIRST)
    assert past.then is not None
    assert (past.then.values["x_pet"], past.differs & {"x_pet"}) == ("猫", {"x_pet"})
    uow = uow_of("lead", "440599/")
    with uow.running("register.design"):
        uow.get(FieldDefinition, made.id).ended_on = clock.day
    found = queries.person_history(uow_of(), person)
    assert ("宠物", "猫", "狗") in {(one.label, one.before, one.after) for one in found.changes}


def test_a_household_has_the_members_of_that_day(uow_of: UowOf, door: Door, clock: Clock) -> None:
    key = commands.enter_household(uow_of(), door(), members=family())
    head, wife, son, daughter = (member.id for member in queries.household(uow_of(), key).members)
    clock.day += timedelta(days=5)
    commands.move_out(uow_of(), [son], clock.day)
    clock.day += timedelta(days=5)
    commands.change_head(uow_of(), key, wife, {head: "11", daughter: "30"})
    then = queries.household_then(uow_of(), key, FIRST).then
    assert then is not None
    assert [(m.id, m.relation) for m in then.members] == [
        (head, "02"),
        (wife, "12"),
        (son, "20"),
        (daughter, "30"),
    ]
    assert (then.head_id, then.size) == (head, 4)
    between = queries.household_then(uow_of(), key, FIRST + timedelta(days=6)).then
    assert between is not None
    assert {m.id for m in between.members} == {head, wife, daughter}
    changes = queries.household_history(uow_of(), key).changes
    assert ("陈家主", "林家妻") in {(one.before, one.after) for one in changes if one.field == "head_id"}


def test_members_of_another_branch_are_not_told_of(uow_of: UowOf, door: Door, clock: Clock) -> None:
    key = commands.enter_household(uow_of(), door(), members=family())
    son = queries.household(uow_of(), key).members[2].id
    clock.day += timedelta(days=5)
    commands.start_residence(uow_of(), son, door(NEXT_GRID))
    then = queries.household_then(uow_of("grid_worker", GRID), key, FIRST).then
    assert then is not None
    assert son not in {member.id for member in then.members}
    assert son in {m.id for m in queries.household_then(uow_of(), key, FIRST).then.members}  # type: ignore[union-attr]


def test_a_house_with_200_changes_is_asked_in_a_few_statements(
    uow_of: UowOf, door: Door, clock: Clock
) -> None:
    house = door()
    for n in range(200):
        clock.day = FIRST + timedelta(days=n)
        place_commands.edit_house(uow_of(), house, None, state=("rented", "vacant")[n % 2], note=f"第{n}次")
    with statements(uow_of().office) as asked:
        past = places.house_then(uow_of(), house, FIRST + timedelta(days=100))
    assert past.then is not None
    assert (past.then.state, past.then.note) == ("rented", "第100次")
    assert len(asked) <= 8, asked
    assert len(places.house_history(uow_of(), house, "state").changes) == 200


def test_key_fields_keep_who_found_them_true(
    uow_of: UowOf, someone: Someone, clock: Clock, door: Door
) -> None:
    person = someone(phone="19900011111", house_id=door())
    assert queries.person_freshness(uow_of(), person)["phone"] is None
    clock.day += timedelta(days=1)
    commands.verify_person(uow_of(), person, "visit")
    clock.day += timedelta(days=1)
    commands.verify_person(uow_of(login="zhao"), person, "phone", ["phone", "name"])
    clock.day += timedelta(days=1)
    commands.edit_person(uow_of(), person, seen=None, category="migrant", source="document")
    looks = queries.person_freshness(uow_of(), person)
    said = {name: (look.by, look.source) for name, look in looks.items() if look}
    assert said["phone"] == ("zhao", "phone")
    assert said["category"] == ("wang", "document")
    assert said["relation"] == said[""] == ("wang", "visit")
    clock.day += timedelta(days=1)
    commands.verify_person(uow_of(), person, "visit")
    assert {look.source for look in queries.person_freshness(uow_of(), person).values() if look} == {"visit"}


def test_a_move_confirms_the_home_and_an_edit_of_a_house_its_state(
    uow_of: UowOf, someone: Someone, door: Door, clock: Clock
) -> None:
    person, house = someone(), door()
    commands.start_residence(uow_of(), person, house)
    place_commands.edit_house(uow_of(), house, None, state="rented")
    assert queries.person_freshness(uow_of(), person)["home"] is not None
    assert places.house_freshness(uow_of(), house)["state"] is not None
    assert places.house_freshness(uow_of(), house)["use"] is None
    place_commands.verify_house(uow_of(), house, "visit", ["use"])
    assert places.house_freshness(uow_of(), house)["use"] is not None
    with pytest.raises(Missing):
        places.house_freshness(uow_of("grid_worker", NEXT_GRID), house)


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.fixed_dictionaries(
            {},
            optional={
                "name": st.sampled_from(["陈甲", "陈乙", "陈丙"]),
                "phone": st.sampled_from(["-", "19900011111", "19900022222"]),
                "category": st.sampled_from(["hukou", "migrant"]),
                "hukou_address": st.sampled_from(["", "海滨路1号", "和平路2号"]),
                "arrived_on": st.sampled_from([None, date(2020, 1, 1), date(2021, 2, 3)]),
            },
        ),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_any_day_says_what_was_recorded_by_then(
    uow_of: UowOf, someone: Someone, clock: Clock, changes: list[tuple[int, dict[str, Any]]]
) -> None:
    clock.day = FIRST
    person = someone("陈甲", phone="19900011111")
    recorded = {FIRST: _facts(uow_of(), person)}
    for wait, values in changes:
        clock.day += timedelta(days=wait)
        commands.edit_person(uow_of(), person, seen=None, **values)
        recorded[clock.day] = _facts(uow_of(), person)
    last = _facts(uow_of(), person)
    for n in range((clock.day - FIRST).days + 2):
        day = FIRST + timedelta(days=n)
        expected = recorded[max(known for known in recorded if known <= day)]
        past = queries.person_then(uow_of(), person, day)
        assert past.then is not None
        assert {name: past.then.values[name] for name in expected} == expected
        assert {name for name in expected if expected[name] != last[name]} <= past.differs


def _facts(uow: UnitOfWork, person: int) -> dict[str, Any]:
    values = queries.person(uow, person).values
    return {name: values[name] for name in ("name", "phone", "category", "hukou_address", "arrived_on")}


def test_only_the_end_of_the_day_counts(uow_of: UowOf, door: Door, clock: Clock) -> None:
    house = door()
    clock.day += timedelta(days=1)
    place_commands.edit_house(uow_of(), house, None, state="rented")
    place_commands.edit_house(uow_of(), house, None, state="vacant")
    assert places.house_then(uow_of(), house, clock.day).then.state == "vacant"  # type: ignore[union-attr]
    assert places.house_then(uow_of(), house, FIRST).then.state == "unknown"  # type: ignore[union-attr]
