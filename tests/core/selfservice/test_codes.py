"""One-time codes: who gives them to whom, what opens the page, and what wears out."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.accounts import door
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.problems import Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.selfservice import commands, queries
from core.selfservice.models import OwnCode
from core.selfservice.rules import IDLE, LIFE, TRIES, WHOLE, grouped, plain
from tests.conftest import GRID, NEXT_GRID
from tests.core.conftest import Clock
from tests.core.selfservice.conftest import Somebody, Who


def give(uow: UnitOfWork, person: int) -> commands.Slip:
    """A code on paper after a look at the document."""
    return commands.give_code(uow, person, seen_document=True)


def outcomes(office: Office, person: int) -> list[tuple[str, str]]:
    """Who and outcome of the lines about somebody."""
    with office.reader.connect() as connection:
        about = select(AuditEntry.who, AuditEntry.outcome).where(AuditEntry.about == f"Person/{person}")
        return [tuple(row) for row in connection.execute(about.order_by(AuditEntry.id))]


def test_a_printed_code_opens_the_page_of_its_person_once(
    town: Office, who: Who, people: list[Somebody]
) -> None:
    slip = give(who(), people[0].id)
    typed = f" {grouped(slip.code)} "
    entry = commands.enter(door.gate(), typed, slip=slip.number.lower())
    guest = queries.guest(door.gate(), entry.token)
    assert guest is not None and guest.actor.person_id == people[0].id
    assert commands.enter(door.gate(), typed, slip=slip.number).refusal
    assert outcomes(town, people[0].id)[-2:] == [
        ("li", "code given"),
        (f"person/{people[0].id}", "own page"),
    ]


def test_the_code_itself_stands_nowhere(town: Office, who: Who, people: list[Somebody]) -> None:
    slip = give(who(), people[0].id)
    with town.reader.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM own_code").all()
        lines = connection.exec_driver_sql("SELECT * FROM audit_entry").all()
    assert slip.code not in str(rows) + str(lines)


@pytest.mark.parametrize(
    "role", ["grid_worker", "department", "analyst", "system_admin", "audit_admin", "gate"]
)
def test_only_clerks_and_leads_give_codes(who: Who, people: list[Somebody], role: str) -> None:
    with pytest.raises(Refused):
        give(who("x", role), people[0].id)


def test_nobody_gives_a_code_without_a_look_at_the_document_or_for_the_next_grid(
    who: Who, town: Office, people: list[Somebody]
) -> None:
    with pytest.raises(Invalid):
        commands.give_code(who(), people[0].id, seen_document=False)
    with pytest.raises(Missing):
        give(who("x", "clerk", NEXT_GRID), people[0].id)


def test_a_childs_code_goes_to_a_named_guardian(who: Who, town: Office) -> None:
    young = date.today() - timedelta(days=8 * 365)
    with town.reader.connect() as connection:
        child = connection.execute(
            select(Person.id)
            .where(Person.birth > young, Person.area == GRID, Person.state == "here")
            .limit(1)
        ).scalar_one()
    with pytest.raises(Invalid) as told:
        give(who(), child)
    assert "guardian" in told.value.fields
    slip = commands.give_code(who(), child, seen_document=True, guardian="陈母 母亲")
    guest = queries.guest(door.gate(), commands.enter(door.gate(), slip.code, slip=slip.number).token)
    assert guest is not None and guest.guardian == "陈母 母亲"


def test_five_wrong_tries_end_a_code_and_leave_a_line(town: Office, who: Who, people: list[Somebody]) -> None:
    slip = give(who(), people[0].id)
    wrong = "00000000" if slip.code != "00000000" else "11111111"
    said = {commands.enter(door.gate(), wrong, slip=slip.number).refusal for _n in range(TRIES)}
    assert commands.enter(door.gate(), slip.code, slip=slip.number).refusal in said and len(said) == 1
    assert ("gate", "locked") in outcomes(town, people[0].id)


def test_the_door_of_the_home_opens_too_but_no_other_door(who: Who, people: list[Somebody]) -> None:
    one = people[0]
    other = next(each for each in people if each.house_id != one.house_id)
    slip = give(who(), one.id)
    assert commands.enter(door.gate(), slip.code, house_id=other.house_id).refusal
    assert commands.enter(door.gate(), slip.code, house_id=one.house_id).token


def test_without_a_number_or_a_door_nothing_opens(who: Who, people: list[Somebody]) -> None:
    slip = give(who(), people[0].id)
    assert commands.enter(door.gate(), slip.code).refusal
    assert commands.enter(door.gate(), "", slip=slip.number).refusal
    assert queries.guest(door.gate(), "") is None


def test_a_later_code_ends_the_earlier_one(who: Who, people: list[Somebody]) -> None:
    first, second = give(who(), people[0].id), give(who(), people[0].id)
    assert commands.enter(door.gate(), first.code, slip=first.number).refusal
    assert commands.enter(door.gate(), second.code, slip=second.number).token


def test_codes_and_visits_grow_old(clock: Clock, who: Who, people: list[Somebody]) -> None:
    slip, later = give(who(), people[0].id), give(who(), people[1].id)
    clock.pass_by(seconds=LIFE["paper"].total_seconds() - 60)
    token = commands.enter(door.gate(), slip.code, slip=slip.number).token
    clock.pass_by(minutes=2)
    assert commands.enter(door.gate(), later.code, slip=later.number).refusal
    assert queries.guest(door.gate(), token)
    for _n in range(5):
        clock.pass_by(seconds=IDLE.total_seconds() - 60)
        commands.touch(door.gate(), token)
    assert queries.guest(door.gate(), token) is None, f"a visit is over after {WHOLE}"


def test_a_visit_ends_when_left_alone_or_left(clock: Clock, who: Who, people: list[Somebody]) -> None:
    tokens = []
    for person in people[:2]:
        slip = give(who(), person.id)
        tokens.append(commands.enter(door.gate(), slip.code, slip=slip.number).token)
    commands.leave(door.gate(), tokens[0])
    assert queries.guest(door.gate(), tokens[0]) is None
    clock.pass_by(seconds=IDLE.total_seconds() + 1)
    assert queries.guest(door.gate(), tokens[1]) is None


def test_a_phone_gets_a_code_only_at_the_door_of_its_home(town: Office, people: list[Somebody]) -> None:
    one = people[0]
    other = next(each for each in people if each.house_id != one.house_id)
    for house, phone in ((other.house_id, one.phone), (one.house_id, "19900009999"), (one.house_id, "x")):
        assert commands.send_code(door.gate(), house, phone) is None
    message = commands.send_code(door.gate(), one.house_id, one.phone)
    assert message is not None and message.phone == one.phone
    assert commands.enter(door.gate(), message.code, house_id=one.house_id).token


def test_nobody_is_pestered_with_messages(people: list[Somebody]) -> None:
    one = people[0]
    sent = [commands.send_code(door.gate(), one.house_id, one.phone) for _n in range(5)]
    assert [message is not None for message in sent] == [True, True, True, False, False]


def test_old_codes_are_forgotten(town: Office, who: Who, people: list[Somebody]) -> None:
    from core.kernel.access import job
    from core.selfservice.queries.of_visits import old_codes

    slip = give(who(), people[0].id)
    night = town.uow(job("night"))
    with night.reading("system.view"):
        due = old_codes(night, date.today() + timedelta(days=1), 10)
    assert [one.record_id for one in due] == [slip.code_id]
    commands.forget_code(night, slip.code_id)
    with town.reader.connect() as connection:
        assert connection.execute(select(OwnCode.id)).all() == []


def test_what_is_typed_is_read_kindly() -> None:
    assert plain(" 1234-56 78 ") == "12345678" and plain("ab c２") == "ABC"
