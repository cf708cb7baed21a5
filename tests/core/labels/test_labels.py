"""Giving out labels, losing and revoking them; who may; what the log says; tokens that are guessed."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from core.accounts import door as entrance
from core.kernel.access import Actor, job
from core.kernel.audit import AuditEntry
from core.kernel.crypto import Sealed
from core.kernel.database import Office
from core.kernel.ids import new_id
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.rotation import rotate
from core.kernel.unit_of_work import UnitOfWork, query
from core.labels import commands, queries
from core.labels.door import resident
from core.labels.models import ABOUT, DoorLabel
from core.labels.queries import Choice
from core.labels.rules import new_short_code, new_token
from core.places.commands.closing import close_house
from core.places.models import House
from core.places.queries import house
from tests.conftest import COMMUNITY, GRID, NEXT_GRID


def _token(uow: UnitOfWork, label_id: int) -> str:
    return queries.tokens(uow, [label_id])[label_id]


def test_a_label_opens_its_house_and_nothing_else_is_in_it(
    uow: UnitOfWork, doors: list[int], office: Office
) -> None:
    """The token is found by a mark; neither address nor code stand in it."""
    [label_id, *_rest] = commands.issue(uow, doors)
    token = _token(uow, label_id)
    found = queries.opened(office.uow(entrance.GATE), token)
    assert (found.label_id, found.house_id, found.area, found.is_open) == (label_id, doors[0], GRID, True)
    somebody = resident(found)
    assert (somebody.login, somebody.role, somebody.area) == (f"door/{label_id}", "resident", GRID)
    assert house(uow, doors[0]).code not in token


def test_a_house_keeps_the_label_it_has(uow: UnitOfWork, doors: list[int]) -> None:
    """Asking twice changes nothing, also for a house that is named twice."""
    first = commands.issue(uow, doors)
    assert commands.issue(uow, [*reversed(doors), doors[0]]) == [*reversed(first), first[0]]


@pytest.mark.parametrize("guess", ["", "x", "A" * 22, "A" * 5000, "../../etc", "' OR 1=1 --", "中文"])
def test_a_guessed_token_opens_nothing(office: Office, doors: list[int], uow: UnitOfWork, guess: str) -> None:
    """Whatever is tried."""
    commands.issue(uow, doors)
    with pytest.raises(Missing):
        queries.opened(office.uow(entrance.GATE), guess)


def test_only_the_door_looks_up_tokens(uow: UnitOfWork, doors: list[int]) -> None:
    """Nobody with an account has a use for it, and whoever tries stands in the log."""
    [label_id] = commands.issue(uow, doors[:1])
    token = _token(uow, label_id)
    with pytest.raises(Refused):
        queries.opened(uow, token)


def test_a_lost_label_dies_and_another_one_lives(uow: UnitOfWork, doors: list[int], office: Office) -> None:
    """Who scans the old one is told so; the house keeps its code."""
    [old] = commands.issue(uow, doors[:1])
    token, code = _token(uow, old), house(uow, doors[0]).code
    new = commands.report_lost(uow, doors[0])
    gate = office.uow(entrance.GATE)
    assert queries.opened(gate, token).state == "lost"
    assert queries.opened(gate, _token(uow, new)).is_open
    assert house(uow, doors[0]).code == code
    told = queries.labels_of(uow, doors[0])
    assert told.active and told.active.id == new
    assert [(one.state, one.ended_by) for one in told.past] == [("lost", "chen")]


def test_revoking_says_why(uow: UnitOfWork, doors: list[int], office: Office) -> None:
    """Without a reason nothing is revoked; twice is once too often."""
    [label_id] = commands.issue(uow, doors[:1])
    with pytest.raises(Invalid) as wrong:
        commands.revoke(uow, doors[0], " ")
    assert "reason" in wrong.value.fields
    commands.revoke(uow, doors[0], "有人冒用")
    assert queries.opened(office.uow(entrance.GATE), _token(uow, label_id)).state == "revoked"
    with pytest.raises(Clash):
        commands.revoke(uow, doors[0], "再次作废")
    assert queries.labels_of(uow, doors[0]).active is None


def test_the_database_keeps_one_label_in_use(uow: UnitOfWork, doors: list[int], office: Office) -> None:
    """Even past the commands."""
    commands.issue(uow, doors[:1])
    token = new_token()
    row = {
        "id": new_id(),
        "version": 1,
        "area": GRID,
        "house_id": doors[0],
        "token": Sealed(ABOUT, plain=token),
        "token_index": "0" * 24,
        "short_code": new_short_code(),
        "state": "active",
        "issued_at": uow.now,
        "issued_by": "x",
    }
    with pytest.raises(IntegrityError), office.writer.begin() as connection:
        connection.execute(DoorLabel.__table__.insert(), row)  # type: ignore[attr-defined]


def test_a_worker_gives_out_labels_of_the_own_grid_only(
    worker: UnitOfWork, doors: list[int], shop: int
) -> None:
    """The next grid is not there."""
    assert len(commands.issue(worker, doors)) == 8
    for deed in (
        lambda: commands.issue(worker, [doors[0], shop]),
        lambda: commands.report_lost(worker, shop),
        lambda: queries.labels_of(worker, shop),
    ):
        with pytest.raises(Missing):
            deed()


@pytest.mark.parametrize("role", ["analyst", "department", "audit_admin", "system_admin", "resident", "gate"])
def test_who_may_not(office: Office, doors: list[int], role: str) -> None:
    """Neither look nor give out."""
    stranger = office.uow(Actor("x", role, COMMUNITY))
    for deed in (
        lambda: commands.issue(stranger, doors),
        lambda: commands.revoke(stranger, doors[0], "试一试"),
        lambda: queries.labels_of(stranger, doors[0]),
        lambda: commands.start_run(stranger, Choice()),
    ):
        with pytest.raises(Refused):
            deed()


def test_the_log_tells_what_was_given_out_and_ended_but_no_token(uow: UnitOfWork, doors: list[int]) -> None:
    """A few have a line each; many have one with their number."""
    [label_id] = commands.issue(uow, doors[:1])
    commands.issue(uow, doors)
    commands.revoke(uow, doors[0], "破损更换")
    lines = _lines(uow)
    assert [line[0] for line in lines] == [f"DoorLabel/{label_id}"] + [line[0] for line in lines[1:8]] + [
        f"DoorLabel/{label_id}"
    ]
    assert lines[-1][1] == "破损更换"
    assert _token(uow, label_id) not in str(lines)


@query("record.history")
def _lines(uow: UnitOfWork) -> list[tuple[str, str, str]]:
    asked = select(AuditEntry).where(AuditEntry.permission == "label.edit").order_by(col(AuditEntry.id))
    return [(one.about, one.reason, str(one.changes)) for one in uow.session.exec(asked)]


def test_the_label_ends_with_its_house(uow: UnitOfWork, doors: list[int], office: Office) -> None:
    """Who scans it is told so, the office is led to the closed house, and it gets no other label."""
    [label_id] = commands.issue(uow, doors[:1])
    token = _token(uow, label_id)
    with uow.running("house.edit"):
        close_house(uow, uow.get(House, doors[0]), date(2026, 1, 1))
    assert queries.opened(office.uow(entrance.GATE), token).state == "revoked"
    assert queries.found(uow, token) == queries.FoundHouse(doors[0], is_current=False)
    told = queries.labels_of(uow, doors[0])
    assert told.is_closed and told.past[0].why == "房屋已注销。"
    with pytest.raises(Invalid):
        commands.issue(uow, doors)
    assert queries.progress(uow).houses == 7


# --- finding a house --------------------------------------------------------------------------------------


def test_a_house_is_found_by_whatever_stands_on_its_label(uow: UnitOfWork, doors: list[int]) -> None:
    """Address of the code, token, short code in any spelling, house code."""
    [label_id] = commands.issue(uow, doors[:1])
    token, told = _token(uow, label_id), queries.labels_of(uow, doors[0])
    assert told.active
    short = told.active.short_code
    for text in (f"https://x.example/h/{token}", token, short.lower(), f"{short[:4]}-{short[4:]}", told.code):
        assert queries.found(uow, text) == queries.FoundHouse(doors[0], is_current=True), text


def test_a_dead_label_still_leads_to_the_house_for_the_office(uow: UnitOfWork, doors: list[int]) -> None:
    """A worker who scans it opens the house and learns that the label is to be replaced."""
    [label_id] = commands.issue(uow, doors[:1])
    token = _token(uow, label_id)
    commands.report_lost(uow, doors[0])
    assert queries.found(uow, token) == queries.FoundHouse(doors[0], is_current=False)


def test_the_label_of_another_grid_is_not_known_here(
    office: Office, uow: UnitOfWork, doors: list[int]
) -> None:
    """The worker of the next grid is told so politely."""
    [label_id] = commands.issue(uow, doors[:1])
    other = office.uow(Actor("li", "grid_worker", NEXT_GRID))
    with pytest.raises(Missing) as told:
        queries.found(other, _token(uow, label_id))
    assert "不在您的辖区" in told.value.sentence


@pytest.mark.parametrize("text", ["", "???", "4405990010010000302030", "440599001001000030203010"])
def test_nonsense_is_told_to_be_nonsense(uow: UnitOfWork, doors: list[int], text: str) -> None:
    """A wrong check digit says which one would fit."""
    with pytest.raises((Invalid, Missing)):
        queries.found(uow, text)


@pytest.mark.sqlite
def test_labels_stay_good_when_the_key_changes(uow: UnitOfWork, doors: list[int], office: Office) -> None:
    """What hangs at the doors outlives every key."""
    [label_id] = commands.issue(uow, doors[:1])
    token = _token(uow, label_id)
    rotate(office)
    assert queries.opened(office.uow(entrance.GATE), token).label_id == label_id
    assert queries.tokens(office.uow(job("test")), [label_id]) == {label_id: token}
