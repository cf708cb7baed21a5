"""Homes as periods: one usual home at a time, corrected with what was said before, and taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from core.kernel.access import job
from core.kernel.history import FieldChange
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.undo import Deed
from core.people import commands, queries
from core.people.commands.erasing import erase_person
from core.people.models import Residence
from core.people.queries import StayLine
from tests.conftest import GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, log, residents, years_ago
from tests.core.people.test_merging import deed_of, dump

LONG_AGO, LATER, LATELY = years_ago(9), years_ago(5), years_ago(2)


def stays(uow_of: UowOf, person: int) -> list[StayLine]:
    """The homes of somebody, that of now first."""
    return queries.person_timeline(uow_of(), person)


def days(uow_of: UowOf, person: int) -> list[tuple[date | None, date | None]]:
    """Their days."""
    return [(one.from_on, one.to_on) for one in stays(uow_of, person)]


def raw(uow_of: UowOf, statement: Any) -> None:
    """A statement past all rules, as another program would write."""
    with uow_of().office.writer.begin() as connection:
        connection.execute(statement)


def test_who_may_not(uow_of: UowOf, someone: Someone, door: Door) -> None:
    person = someone(house_id=door(), from_on=LATER)
    home = stays(uow_of, person)[0].residence_id
    for role, area, trouble in (
        ("department", GRID, Refused),
        ("analyst", GRID, Refused),
        ("grid_worker", NEXT_GRID, Missing),
    ):
        with pytest.raises(trouble):
            commands.correct_residence(
                uow_of(role, area), home, kind="owner", from_on=LATELY, to_on=None, source="visit"
            )
    assert days(uow_of, person) == [(LATER, None)]
    assert log(uow_of().office, "refused")


def test_a_correction_keeps_what_was_said_before(uow_of: UowOf, someone: Someone, door: Door) -> None:
    person = someone(house_id=door(), from_on=LATER, residence_kind="tenant")
    before, [home] = dump(uow_of().office), stays(uow_of, person)
    said = {"kind": "owner", "from_on": LONG_AGO, "to_on": None, "source": "document", "reason": "房产证"}
    commands.correct_residence(uow_of(), home.residence_id, **said)
    [now] = stays(uow_of, person)
    assert (now.kind, now.from_on, now.source, now.verified_from, now.corrected) == (
        "owner",
        LONG_AGO,
        "document",
        "document",
        True,
    )
    told = queries.statements(uow_of(), home.residence_id)
    assert [(one.kind, one.from_on, one.reason) for one in told] == [
        ("owner", LONG_AGO, "房产证"),
        ("tenant", LATER, ""),
    ]
    assert {one.who for one in told} == {uow_of().actor.login}
    assert log(uow_of().office, "done")[-1].reason == "房产证"
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_a_correction_says_who_knows_it_and_speaks_against_nothing(
    uow_of: UowOf, someone: Someone, door: Door
) -> None:
    person = someone(house_id=door(), from_on=LATER)
    [home] = stays(uow_of, person)
    commands.file_stay(uow_of(), person, door(), "tenant", LONG_AGO, LATER, "resident")
    for values, field in (
        ({"source": ""}, "source"),
        ({"kind": "lord"}, "kind"),
        ({"from_on": LONG_AGO}, "from_on"),
        ({"from_on": TODAY + timedelta(days=1)}, "from_on"),
        ({"to_on": LONG_AGO}, "to_on"),
    ):
        told: dict[str, Any] = {"kind": "owner", "from_on": LATER, "to_on": None, "source": "visit", **values}
        with pytest.raises(Invalid) as refusal:
            commands.correct_residence(uow_of(), home.residence_id, **told)
        assert field in refusal.value.fields
    with pytest.raises(Clash):
        told = {"kind": "owner", "from_on": LATELY, "to_on": None, "source": "visit"}
        commands.verify_person(uow_of(), person, "visit")
        commands.correct_residence(uow_of(), home.residence_id, seen=home.version, **told)


def test_a_home_that_is_ended_and_opened_again_counts(uow_of: UowOf, someone: Someone, door: Door) -> None:
    house = door()
    person = someone(house_id=house, from_on=LATER)
    [home] = stays(uow_of, person)
    told: dict[str, Any] = {"kind": "owner", "from_on": LATER, "source": "visit"}
    commands.correct_residence(uow_of(), home.residence_id, to_on=LATELY, **told)
    assert residents(uow_of(), house) == 0
    commands.correct_residence(uow_of(), home.residence_id, to_on=None, **told)
    assert residents(uow_of(), house) == 1
    commands.move_out(uow_of(), [person], TODAY)
    with pytest.raises(Invalid) as refusal:
        commands.correct_residence(uow_of(), home.residence_id, to_on=None, **told)
    assert "to_on" in refusal.value.fields


def test_a_tenant_buys_the_home(uow_of: UowOf, someone: Someone, door: Door) -> None:
    house = door()
    person = someone(house_id=house, from_on=LONG_AGO, residence_kind="tenant")
    before, [home] = dump(uow_of().office), stays(uow_of, person)
    for day, kind, field in ((LONG_AGO, "owner", "day"), (LATER, "tenant", "kind"), (TODAY, "lord", "kind")):
        with pytest.raises(Invalid) as refusal:
            commands.split_residence(uow_of(), home.residence_id, day, kind, "document")
        assert field in refusal.value.fields
    commands.split_residence(uow_of(), home.residence_id, LATER, "owner", "document", "过户")
    assert [(one.kind, one.from_on, one.to_on) for one in stays(uow_of, person)] == [
        ("owner", LATER, None),
        ("tenant", LONG_AGO, LATER),
    ]
    assert residents(uow_of(), house) == 1
    assert [one.kind for one in queries.occupants(uow_of(), house, LATELY)] == ["owner"]
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_what_was_never_so_is_withdrawn_with_a_reason(uow_of: UowOf, someone: Someone, door: Door) -> None:
    house = door()
    person = someone(house_id=house)
    before, [home] = dump(uow_of().office), stays(uow_of, person)
    with pytest.raises(Invalid):
        commands.withdraw_residence(uow_of(), home.residence_id, " ")
    commands.withdraw_residence(uow_of(), home.residence_id, "认错人")
    assert (stays(uow_of, person), residents(uow_of(), house)) == ([], 0)
    [deed] = queries.deeds_of(uow_of(), "House", house)
    assert (deed.title, deed.reason, deed.open) == ("撤销居住时段", "认错人", True)
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before


def test_a_guest_keeps_home_household_and_grid(uow_of: UowOf, someone: Someone, door: Door) -> None:
    person = someone(house_id=door(), from_on=LATER)
    commands.move_in(uow_of(), person, door(), LATER + timedelta(days=1), kind="owner")
    key = queries.person(uow_of(), person).household_id
    there = door(NEXT_GRID)
    lead = uow_of("lead", "440599/")
    commands.move_in(lead, person, there, LATELY, kind="temporary")
    found = queries.person(lead, person)
    assert (found.area, found.household_id, found.home and found.home.kind) == (GRID, key, "owner")
    assert [one.is_usual for one in queries.person_timeline(lead, person)] == [True, False, True]
    assert residents(lead, there) == 1
    assert [one.name for one in queries.house_timeline(lead, there)] == ["陈示例"]
    own = uow_of("grid_worker", NEXT_GRID)
    [line] = queries.house_timeline(own, there)
    assert (line.person_id, line.name) == (None, "其他网格的居民")


def test_without_a_usual_home_a_temporary_one_is_where_somebody_lives(
    uow_of: UowOf, someone: Someone, door: Door
) -> None:
    first, second = door(), door()
    person = someone(house_id=first, from_on=LATER, residence_kind="temporary")
    commands.start_residence(uow_of(), person, second, "temporary", LATELY)
    assert days(uow_of, person) == [(LATELY, None), (LATER, LATELY)]
    home = queries.person(uow_of(), person).home
    assert home and home.house_id == second


def test_an_earlier_home_is_filed_with_its_source(uow_of: UowOf, someone: Someone, door: Door) -> None:
    house = door()
    person = someone(house_id=door(), from_on=LATER)
    for end, source, field in ((None, "visit", "to_on"), (LATELY, "visit", "from_on"), (LATER, "", "source")):
        with pytest.raises(Invalid) as refusal:
            commands.file_stay(uow_of(), person, house, "tenant", LONG_AGO, end, source)
        assert field in refusal.value.fields
    commands.file_stay(uow_of(), person, house, "tenant", LONG_AGO, LATER, "resident")
    old = stays(uow_of, person)[1]
    assert (old.source, old.verified_at, residents(uow_of(), house)) == ("resident", None, 0)
    assert [one.kind for one in queries.occupants(uow_of(), house, LONG_AGO)] == ["tenant"]
    commands.confirm_residence(uow_of(), old.residence_id, "phone")
    assert stays(uow_of, person)[1].verified_from == "phone"


def test_whoever_verifies_a_person_verifies_the_home(uow_of: UowOf, someone: Someone, door: Door) -> None:
    person = someone(house_id=door())
    commands.verify_person(uow_of(), person, "phone", ["phone"])
    assert stays(uow_of, person)[0].verified_at is None
    commands.verify_person(uow_of(), person, "visit", ["home"])
    assert stays(uow_of, person)[0].verified_from == "visit"


def test_the_database_keeps_homes_apart(uow_of: UowOf, someone: Someone, door: Door) -> None:
    person = someone(house_id=door(), from_on=LATER)
    [home] = stays(uow_of, person)
    other = {
        "id": 99_000_001,
        "version": 1,
        "area": GRID,
        "person_id": person,
        "house_id": door(),
        "kind": "tenant",
        "from_on": LATELY,
        "source": "",
        "verified_by": "",
        "verified_from": "",
    }
    with pytest.raises(IntegrityError, match="residence_apart"):
        raw(uow_of, insert(Residence).values(**other))
    with pytest.raises(IntegrityError, match="residence_once"):
        twice = {**other, "house_id": home.house_id, "kind": "temporary"}
        raw(uow_of, insert(Residence).values(**twice))
    raw(uow_of, insert(Residence).values(**{**other, "kind": "temporary"}))
    with pytest.raises(IntegrityError, match="residence_apart"):
        raw(uow_of, update(Residence).where(Residence.id == other["id"]).values(kind="family"))
    raw(
        uow_of,
        update(Residence).where(Residence.id == other["id"]).values(kind="family", from_on=None, to_on=TODAY),
    )


def test_a_home_out_of_sight_speaks_against_another_one_too(
    uow_of: UowOf, someone: Someone, door: Door
) -> None:
    lead, here = uow_of("lead", "440599/"), door()
    person = someone(house_id=door(NEXT_GRID), from_on=LONG_AGO, uow=lead)
    commands.start_residence(lead, person, here, "owner", LATELY)
    with pytest.raises(Clash, match="经常居住地在别处"):
        commands.file_stay(uow_of("grid_worker", GRID), person, door(), "tenant", LATER, LATELY, "resident")
    assert len(queries.person_timeline(lead, person)) == 2


def test_a_merge_leaves_what_is_right_and_cuts_what_speaks_against_it(
    uow_of: UowOf, someone: Someone, door: Door
) -> None:
    first, second = someone("陈两份", house_id=door(), from_on=LATER), someone("陈两份", house_id=door())
    commands.file_stay(uow_of(), second, door(), "tenant", LONG_AGO, LATELY, "resident")
    before = dump(uow_of().office)
    commands.merge_people(uow_of(), first, second, {"home": "other"})
    assert days(uow_of, first) == [(None, None), (LATELY, TODAY), (LONG_AGO, LATELY)]
    commands.undo(uow_of(), deed_of(uow_of().office))
    assert dump(uow_of().office) == before
    commands.merge_people(uow_of(), first, second)
    assert days(uow_of, first) == [(LATER, None), (LONG_AGO, LATER), (None, LATER)]


def test_who_is_erased_leaves_no_statement_behind(uow_of: UowOf, someone: Someone, door: Door) -> None:
    person = someone(house_id=door(), from_on=LATER)
    told: dict[str, Any] = {"from_on": LONG_AGO, "to_on": LATER, "kind": "tenant", "source": "resident"}
    never = commands.file_stay(uow_of(), person, door(), **told)
    commands.withdraw_residence(uow_of(), never, "认错人")
    erase_person(uow_of().office.uow(job("test")), person)
    office = uow_of().office
    with office.reader.connect() as connection:
        assert connection.execute(select(FieldChange.kind).where(FieldChange.kind == "Residence")).all() == []
        assert connection.execute(select(Deed.id)).all() == []


def test_a_person_is_told_with_the_home_the_register_knew(
    uow_of: UowOf, someone: Someone, door: Door
) -> None:
    person = someone(house_id=door(), from_on=LATER)
    with uow_of().office.reader.connect() as connection:
        assert connection.execute(select(Residence.source)).scalars().all() == [""]
    then = queries.person_then(uow_of(), person, TODAY).then
    assert then and then.home and then.home.from_on == LATER
    assert queries.person_then(uow_of(), person, LATELY).then is None
