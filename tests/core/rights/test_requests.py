"""Requests of people about their own data: in time, with a reason, and only where they belong."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from core.kernel.access import Actor
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.registers.volunteer import Volunteer
from core.rights import commands, queries
from core.rights.copies import held_parts
from core.rights.rules import urgency
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

Who = Callable[..., UnitOfWork]
TODAY = date.today()


@pytest.fixture
def who(town: Office) -> Who:
    """Somebody at work in the town; a clerk unless said otherwise."""

    def at_work(login: str = "li", role: str = "clerk", area: str = COMMUNITY) -> UnitOfWork:
        return town.uow(Actor(login, role, area))

    return at_work


def take_in(uow: UnitOfWork, **more: Any) -> int:
    """A request that came today."""
    facts: dict[str, Any] = {"name": "陈试", "kind": "access", "received_on": TODAY, "channel": "counter"}
    return commands.add_request(uow, **{**facts, **more})


def somebody(office: Office, area: str) -> int:
    """A person of a grid."""
    with office.reader.connect() as connection:
        return int(connection.execute(select(Person.id).where(Person.area == area).limit(1)).scalar_one())


@pytest.mark.parametrize(
    "role", ["grid_worker", "department", "analyst", "system_admin", "security_admin", "audit_admin"]
)
def test_who_may_not_neither_sees_nor_takes_in(who: Who, role: str) -> None:
    for act in (queries.requests, take_in, queries.open_counts):
        with pytest.raises(Refused):
            act(who("x", role))


def test_a_clerk_takes_in_and_a_lead_decides(who: Who, town: Office) -> None:
    number = take_in(who(), wish="看看")
    with pytest.raises(Refused):
        commands.decide(who(), number, "answered", decision="已答复本人")
    commands.decide(who("chen", "lead"), number, "answered", decision="已答复本人")
    one = queries.request(who(), number)
    assert (one.state, one.decided_by, one.handler) == ("answered", "chen", "li")
    with town.reader.connect() as connection:
        entry = AuditEntry
        told = connection.execute(
            select(entry.who, entry.permission).where(entry.about == f"SubjectRequest/{number}")
        )
        assert told.all() == [("li", "request.edit"), ("chen", "request.decide")]


def test_the_answer_is_due_in_thirty_days_and_marked_when_it_is_late(who: Who) -> None:
    number = take_in(who(), received_on=TODAY - timedelta(days=31))
    one = queries.request(who(), number)
    assert (one.due_on, one.urgency) == (TODAY - timedelta(days=1), "overdue")
    assert number in [r.id for r in queries.requests(who(), state="overdue").items]
    still, late = queries.open_counts(who())
    commands.decide(who("chen", "lead"), number, "withdrawn")
    assert queries.open_counts(who()) == (still - 1, late - 1)
    assert queries.request(who(), number).urgency == ""


def test_another_day_of_receipt_moves_the_due_day(who: Who) -> None:
    number = take_in(who())
    commands.edit_request(who(), number, seen=None, received_on=TODAY - timedelta(days=5))
    assert queries.request(who(), number).due_on == TODAY + timedelta(days=25)


@pytest.mark.parametrize(
    ("state", "due", "found"),
    [
        ("open", -1, "overdue"),
        ("open", 0, "soon"),
        ("open", 7, "soon"),
        ("open", 8, ""),
        ("answered", -9, ""),
    ],
)
def test_what_is_urgent(state: str, due: int, found: str) -> None:
    assert urgency(state, TODAY + timedelta(days=due), TODAY) == found


def test_a_refusal_needs_its_reason_and_an_answer_its_words(who: Who) -> None:
    number, lead = take_in(who()), who("chen", "lead")
    for state in ("answered", "refused", "closed", "open"):
        with pytest.raises(Invalid):
            commands.decide(lead, number, state)
    commands.decide(lead, number, "refused", refusal="法律要求登记")
    with pytest.raises(Clash):
        commands.decide(lead, number, "answered", decision="已答复本人")
    with pytest.raises(Clash):
        commands.edit_request(who(), number, seen=None, name="别人")


def test_a_request_stands_where_its_person_stands(who: Who, town: Office) -> None:
    number = take_in(who(), person_id=somebody(town, NEXT_GRID))
    assert queries.request(who(), number).area == NEXT_GRID
    with pytest.raises(Missing):
        queries.request(who("x", "clerk", GRID), number)
    with pytest.raises(Missing):
        take_in(who("x", "clerk", GRID), person_id=somebody(town, NEXT_GRID))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"kind": "score"},
        {"received_on": None},
        {"received_on": TODAY + timedelta(days=3)},
        {"channel": "x"},
    ],
)
def test_what_cannot_be_is_told_at_its_field(who: Who, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as told:
        take_in(who(), **wrong)
    assert set(wrong) <= set(told.value.fields)


def test_the_open_ones_come_first_and_pages_go_on(who: Who) -> None:
    for n in range(5):
        take_in(who(), received_on=TODAY - timedelta(days=n))
    seen, after = [], None
    while True:
        page = queries.requests(who(), start=after, limit=2)
        seen += page.items
        if (after := page.after) is None:
            break
    states = [one.state == "open" for one in seen]
    assert states == sorted(states, reverse=True) and len({one.id for one in seen}) == len(seen) >= 9


def test_the_copy_wants_a_reason_and_leaves_a_line(who: Who, town: Office) -> None:
    person = somebody(town, GRID)
    with pytest.raises(Invalid):
        commands.export_held(who(), person, " ")
    for role in ("grid_worker", "department", "system_admin"):
        with pytest.raises(Refused):
            commands.export_held(who("x", role), person, "本人申请")
    assert commands.export_held(who(), person, "本人申请")
    with town.reader.connect() as connection:
        entry = AuditEntry
        last = connection.execute(
            select(entry.outcome, entry.about, entry.reason).order_by(entry.id.desc()).limit(1)
        ).one()
    assert tuple(last) == ("revealed", f"Person/{person}", "本人申请")


def test_the_copy_has_every_part_also_what_registers_say(who: Who, town: Office) -> None:
    with town.reader.connect() as connection:
        person, skills = connection.execute(
            select(Volunteer.person_id, Volunteer.skills).where(Volunteer.skills != "").limit(1)
        ).one()
    parts = {title: section for title, _why, section in held_parts(who(), person)}
    assert {"登记信息", "居住经历", "涉及此人的其他记录", "谁看过、谁改过"} <= set(parts)
    said = " ".join(str(cells["says"]) for cells, _href in parts["涉及此人的其他记录"].rows)
    assert skills in said
    assert "*" not in str(parts["登记信息"].facts["证件号码"])
