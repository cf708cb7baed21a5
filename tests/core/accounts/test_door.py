"""Signing in, staying in, and signing out."""

import pytest

from core.accounts import commands, door, passwords, queries, rules
from core.accounts.door import commands as at_the_door
from core.kernel.access import Actor, job, roles
from core.kernel.database import Office
from core.kernel.problems import Invalid, Refused
from tests.conftest import COMMUNITY, GRID, UowOf
from tests.core.conftest import PASSWORD, Clock, Hire, log, passwords_of, told


def enter(office: Office, login: str = "li", password: str = PASSWORD, device: str = "") -> str:
    """Sign in; the token of the cookie."""
    uow = office.uow(door.GATE)
    return at_the_door.open_session(uow, door.sign_in(uow, login, password, device)).token


def here(office: Office, token: str) -> Actor | None:
    """Who the token stands for."""
    return door.actor_of(office.uow(door.GATE), token)


def refusal(office: Office, login: str, password: str) -> str:
    """What the door says to somebody it does not let in."""
    with pytest.raises(Refused) as said:
        enter(office, login, password)
    return said.value.sentence


@pytest.mark.parametrize("role", [r for r, has in roles().items() if "session.start" not in has.may])
def test_only_the_gate_hands_out_tickets(office: Office, uow_of: UowOf, hire: Hire, role: str) -> None:
    hire("li")
    uow = uow_of(role)
    for attempt in (
        lambda: at_the_door.record_sign_in(uow, "li", passwords_of(office)["li"]),
        lambda: queries.proof(uow, "li", PASSWORD),
        lambda: at_the_door.open_session(uow, "x"),
        lambda: queries.visit(uow, "x"),
    ):
        with pytest.raises(Refused):
            attempt()
    assert [outcome for _who, outcome, _about in told(office, "session.start")] == ["refused"] * 3


def test_the_log_says_who_signed_in_where(office: Office, hire: Hire) -> None:
    li = hire("li")
    enter(office)
    assert ("li", "signed in", f"Account/{li.account_id}") in told(office, "session.start")
    assert all(line.area == COMMUNITY for line in log(office) if line.permission == "session.start")


def test_a_person_signs_in_works_and_signs_out(office: Office, hire: Hire) -> None:
    li = hire("li", area=GRID, role="grid_worker")
    token = enter(office, " Li ")
    actor = here(office, token)
    assert actor is not None
    assert (actor.login, actor.role, actor.area, actor.account_id) == (
        "li",
        "grid_worker",
        GRID,
        li.account_id,
    )
    assert not actor.must_change
    at_the_door.end_session(office.uow(door.GATE), token)
    assert here(office, token) is None
    assert told(office, "session.end") == [("li", "signed out", f"Account/{li.account_id}")]


def test_a_wrong_password_is_counted_although_it_is_refused(office: Office, hire: Hire) -> None:
    li = hire("li")
    assert refusal(office, "li", "wrong") == rules._(rules.WRONG)
    assert told(office, "session.start")[-2:] == [
        ("gate", "refused", f"Account/{li.account_id}"),
        ("gate", "done", f"Account/{li.account_id}"),
    ]
    assert [line.changes["failures"] for line in log(office) if "failures" in line.changes][-1] == [0, 1]


def test_nothing_of_a_password_or_ticket_is_in_the_log_or_in_plain_in_the_database(
    office: Office, hire: Hire
) -> None:
    hire("li")
    uow = office.uow(door.GATE)
    ticket = door.sign_in(uow, "li", PASSWORD)
    token = at_the_door.open_session(uow, ticket).token
    refusal(office, "Secret-word-9", "x")
    raw = b"".join(path.read_bytes() for path in office.settings.data.glob("office.db*"))
    for secret in (PASSWORD, ticket, token, "Secret-word-9", "secret-word-9"):
        assert secret.encode() not in raw
    assert not any("hash" in name for line in log(office) for name in line.changes)


def test_too_many_wrong_passwords_lock_for_a_while_and_say_until_when(
    office: Office, hire: Hire, clock: Clock
) -> None:
    hire("li")
    said = [refusal(office, "li", "wrong") for _n in range(5)]
    assert set(said[:4]) == {rules._(rules.WRONG)}
    assert "11-23 09:15" in said[4]
    assert refusal(office, "li", PASSWORD) == said[4]
    clock.pass_by(minutes=14, seconds=59)
    assert refusal(office, "li", PASSWORD) == said[4]
    clock.pass_by(seconds=1)
    assert here(office, enter(office)) is not None


def test_a_right_password_starts_the_count_anew(office: Office, hire: Hire) -> None:
    hire("li")
    for _round in range(3):
        for _n in range(4):
            refusal(office, "li", "wrong")
        enter(office)


def test_the_door_does_not_tell_who_is_known(office: Office, hire: Hire, clock: Clock) -> None:
    hire("li")
    for minutes in (0, 0, 3, 0, 0, 0, 14, 0, 2, 0, 0, 0, 0, 0, 20, 0):
        clock.pass_by(minutes=minutes)
        assert refusal(office, "li", "wrong") == refusal(office, "nobody", "wrong")


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(
    office: Office, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    hire("li")
    seen: list[str] = []
    verify = type(passwords.HASHER).verify
    monkeypatch.setattr(
        type(passwords.HASHER),
        "verify",
        lambda self, stored, word: seen.append(stored) or verify(self, stored, word),
    )
    passwords.fits("", "warm")
    seen.clear()
    refusal(office, "li", "wrong")
    refusal(office, "nobody", "wrong")
    assert len(seen) == 2
    assert all(stored.startswith("$argon2id$") for stored in seen)


def test_an_open_session_outlives_a_lock_at_the_door(office: Office, hire: Hire) -> None:
    hire("li")
    token = enter(office)
    for _n in range(5):
        refusal(office, "li", "wrong")
    assert here(office, token) is not None


@pytest.mark.parametrize("prepare", ["unapproved", "closed", "locked"])
def test_who_may_not_come_in_hears_why_only_with_the_right_password(
    office: Office, hire: Hire, prepare: str
) -> None:
    li = hire("li", approved=prepare != "unapproved")
    uow = office.uow(job("test"))
    if prepare == "closed":
        commands.set_disabled(uow, li.account_id, True)
    if prepare == "locked":
        commands.lock(uow, li.account_id, "left his computer open")
    assert refusal(office, "li", PASSWORD) != rules._(rules.WRONG)
    if prepare != "locked":
        assert refusal(office, "li", "wrong") == rules._(rules.WRONG)


def test_a_ticket_opens_once_and_for_half_a_minute(office: Office, hire: Hire, clock: Clock) -> None:
    hire("li")
    uow = office.uow(door.GATE)
    ticket = door.sign_in(uow, "li", PASSWORD)
    at_the_door.open_session(uow, ticket)
    with pytest.raises(Refused):
        at_the_door.open_session(uow, ticket)
    late = door.sign_in(uow, "li", PASSWORD)
    clock.pass_by(seconds=31)
    with pytest.raises(Refused):
        at_the_door.open_session(uow, late)


def test_idleness_ends_a_sign_in_and_a_click_keeps_it(office: Office, hire: Hire, clock: Clock) -> None:
    hire("li")
    token = enter(office)
    for _n in range(4):
        clock.pass_by(minutes=29)
        assert here(office, token) is not None
    clock.pass_by(minutes=30)
    assert here(office, token) is None


def test_a_shift_ends_a_sign_in_however_busy_it_is(office: Office, hire: Hire, clock: Clock) -> None:
    hire("li")
    token = enter(office)
    for _n in range(12 * 3 - 1):
        clock.pass_by(minutes=20)
        assert here(office, token) is not None
    clock.pass_by(minutes=20)
    assert here(office, token) is None


def test_being_seen_is_written_at_most_once_a_minute_and_never_in_the_log(
    office: Office, hire: Hire, clock: Clock
) -> None:
    hire("li")
    token, lines = enter(office), len(log(office))
    gate = office.uow(door.GATE)
    before = queries.visit(gate, token)
    assert before is not None
    clock.pass_by(seconds=59)
    here(office, token)
    assert queries.visit(gate, token) == before
    clock.pass_by(seconds=1)
    here(office, token)
    assert queries.visit(gate, token) != before
    assert len(log(office)) == lines


def test_closing_an_account_stops_its_open_session(office: Office, hire: Hire) -> None:
    li = hire("li")
    token = enter(office)
    commands.set_disabled(office.uow(job("test")), li.account_id, True)
    assert here(office, token) is None


def test_a_first_password_must_be_changed_and_an_old_one_too(
    office: Office, hire: Hire, clock: Clock
) -> None:
    hire("li", first=True)
    uow = office.uow(job("test"))
    first = commands.reset_password(uow, hire("wu").account_id)
    actor = here(office, enter(office, "wu", first.password))
    assert actor is not None
    assert actor.must_change
    door.change_password(office.uow(actor), first.password, PASSWORD)
    token = enter(office, "wu")
    assert not here(office, token).must_change  # type: ignore[union-attr]
    clock.pass_by(days=90)
    assert here(office, enter(office, "wu")).must_change  # type: ignore[union-attr]


def test_changing_the_password_ends_my_other_browsers(office: Office, hire: Hire) -> None:
    hire("li")
    other, this = enter(office), enter(office)
    actor = here(office, this)
    assert actor is not None
    door.change_password(office.uow(actor), PASSWORD, "Muguang_88")
    assert here(office, other) is None
    assert here(office, this) is not None
    assert refusal(office, "li", PASSWORD)
    assert enter(office, "li", "Muguang_88")


def test_a_wrong_present_password_is_counted_and_in_the_end_signs_out(office: Office, hire: Hire) -> None:
    hire("li")
    token = enter(office)
    actor = here(office, token)
    assert actor is not None
    for _n in range(5):
        with pytest.raises(Invalid) as said:
            door.change_password(office.uow(actor), "guess", "Muguang_88")
        assert set(said.value.fields) == {"old"}
    assert here(office, token) is None
    assert refusal(office, "li", PASSWORD) == said.value.sentence


@pytest.mark.parametrize("new", ["short1!", "alllowercase", PASSWORD, "My-li某-2026"])
def test_a_bad_new_password_is_refused_and_the_old_one_stays(office: Office, hire: Hire, new: str) -> None:
    actor = hire("li")
    with pytest.raises(Invalid) as said:
        door.change_password(office.uow(actor), PASSWORD, new)
    assert set(said.value.fields) == {"new"}
    assert enter(office)


def test_nobody_ends_a_sign_in_of_somebody_else(office: Office, hire: Hire) -> None:
    hire("li")
    token = enter(office)
    li = here(office, token)
    assert li is not None
    with pytest.raises(Refused):
        commands.sign_out(office.uow(hire("wu")), li.session_id)
    assert here(office, token) is not None


def test_i_see_where_i_am_signed_in_and_end_one_or_all(office: Office, hire: Hire, clock: Clock) -> None:
    hire("li")
    phone = enter(office, device="Chrome · Android")
    clock.pass_by(seconds=5)
    desk = enter(office, device="Edge · Windows")
    actor = here(office, desk)
    assert actor is not None
    uow = office.uow(actor)
    lines = queries.my_sessions(uow)
    assert [(line.device, line.is_this) for line in lines] == [
        ("Edge · Windows", True),
        ("Chrome · Android", False),
    ]
    commands.sign_out(uow, lines[1].id)
    assert (here(office, phone), here(office, desk)) == (None, actor)
    enter(office)
    assert commands.sign_out_everywhere(uow) == 2
    assert here(office, desk) is None
    assert queries.my_sessions(uow) == []


def claim(clock: Clock, subject: str = "s-1", **more: object) -> dict[str, object]:
    """What the provider says."""
    return {"sub": subject, "iat": clock.now.timestamp(), **more}


def test_an_openid_sign_in_needs_an_account_that_may_come_in(
    office: Office, hire: Hire, clock: Clock
) -> None:
    hire("li", approved=False)
    uow = office.uow(door.GATE)
    for user in (claim(clock), claim(clock, preferred_username="li"), claim(clock, email="li")):
        with pytest.raises(Refused):
            door.sign_in_openid(uow, user)
    assert [outcome for _w, outcome, _a in told(office, "session.start")] == ["refused"] * 3


def test_an_openid_sign_in_binds_the_subject_and_opens_once(office: Office, hire: Hire, clock: Clock) -> None:
    hire("li", first=True)
    uow = office.uow(door.GATE)
    user = claim(clock, preferred_username="LI")
    ticket = door.sign_in_openid(uow, user)
    assert ticket == door.sign_in_openid(uow, user)
    actor = here(office, at_the_door.open_session(uow, ticket).token)
    assert actor is not None
    assert not actor.must_change
    assert passwords_of(office)["li"] == ""
    assert door.sign_in_openid(uow, user) == ""
    clock.pass_by(minutes=1)
    assert door.sign_in_openid(uow, claim(clock))
    with pytest.raises(Refused):
        door.sign_in_openid(uow, claim(clock, "s-2", preferred_username="li"))


def test_an_old_word_of_the_provider_opens_nothing(office: Office, hire: Hire, clock: Clock) -> None:
    hire("li")
    user = claim(clock, preferred_username="li")
    clock.pass_by(minutes=6)
    assert door.sign_in_openid(office.uow(door.GATE), user) == ""
