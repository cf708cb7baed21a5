"""The three administrators: who may not, what the log says, and the story of an account."""

from collections.abc import Callable

import pytest

from core.accounts import commands, queries
from core.accounts.rules import State
from core.kernel.access import Actor, job, roles
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Problem, Refused
from core.kernel.unit_of_work import UnitOfWork
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.accounts.test_door import enter, here, refusal
from tests.core.conftest import PASSWORD, Clock, Hire, log, passwords_of, state_of, told

Act = Callable[[UnitOfWork, int], object]
EDITS: dict[str, Act] = {
    "add": lambda uow, n: commands.add_account(uow, login="neu", name="新", role="clerk", area=COMMUNITY),
    "edit": lambda uow, n: commands.edit_account(uow, n, seen=None, name="新", role="lead", area=COMMUNITY),
    "reset": lambda uow, n: commands.reset_password(uow, n),
    "close": lambda uow, n: commands.set_disabled(uow, n, True),
}
APPROVALS: dict[str, Act] = {
    "approve": lambda uow, n: commands.approve(uow, n),
    "lock": lambda uow, n: commands.lock(uow, n, "left"),
    "unlock": lambda uow, n: commands.unlock(uow, n),
    "sign out": lambda uow, n: commands.sign_out_account(uow, n),
}
LOOKS: dict[str, Act] = {
    "accounts": lambda uow, n: queries.accounts(uow),
    "account": lambda uow, n: queries.account(uow, n),
    "proposer": lambda uow, n: queries.proposer(uow, n),
}


@pytest.mark.parametrize("role", [r for r, has in roles().items() if not has.internal])
def test_each_work_belongs_to_one_administrator_only(
    uow_of: UowOf, hire: Hire, office: Office, role: str
) -> None:
    li, uow = hire("li"), uow_of(role, login="he")
    for needed, acts in (("account.edit", EDITS), ("account.approve", APPROVALS), ("account.view", LOOKS)):
        for act in acts.values():
            if needed not in roles()[role].may:
                before = passwords_of(office)
                with pytest.raises(Refused):
                    act(uow, li.account_id)
                assert log(office)[-1].outcome == "refused"
                assert passwords_of(office) == before


def test_the_permissions_of_the_three_do_not_overlap() -> None:
    edits, approves = (
        {r for r, has in roles().items() if p in has.may and not has.internal}
        for p in ("account.edit", "account.approve")
    )
    assert edits == {"system_admin"}
    assert approves == {"security_admin"}


@pytest.mark.parametrize("act", [*EDITS.values(), *APPROVALS.values()][1:], ids=[*EDITS, *APPROVALS][1:])
def test_an_account_outside_the_branch_is_not_there(uow_of: UowOf, hire: Hire, act: Act) -> None:
    away = hire("li", area=NEXT_GRID)
    for role in ("system_admin", "security_admin"):
        with pytest.raises(Problem) as said:
            act(uow_of(role, area=GRID), away.account_id)
        assert isinstance(said.value, Missing | Refused)


def test_no_account_is_made_or_moved_outside_the_branch(uow_of: UowOf, hire: Hire, office: Office) -> None:
    li, uow = hire("li", area=GRID), uow_of("system_admin", area=GRID)
    with pytest.raises(Refused):
        commands.add_account(uow, login="neu", name="新", role="clerk", area=COMMUNITY)
    with pytest.raises(Refused):
        commands.edit_account(uow, li.account_id, seen=None, name="李", role="clerk", area=NEXT_GRID)
    assert set(passwords_of(office)) == {"li"}


@pytest.mark.parametrize("name", ["reset", "close", "lock", "approve", "sign out", "unlock"])
def test_nobody_does_it_to_their_own_account(office: Office, hire: Hire, name: str) -> None:
    role = "system_admin" if name in EDITS else "security_admin"
    me = hire("wo", role)
    with pytest.raises(Refused):
        (EDITS | APPROVALS)[name](office.uow(me), me.account_id)
    assert enter(office, "wo")


def test_nobody_changes_their_own_role_or_branch(office: Office, hire: Hire) -> None:
    me = hire("wo", "system_admin")
    for role, area in (("clerk", COMMUNITY), ("system_admin", GRID)):
        with pytest.raises(Refused):
            commands.edit_account(office.uow(me), me.account_id, seen=None, name="我", role=role, area=area)
    commands.edit_account(
        office.uow(me), me.account_id, seen=None, name="我", role="system_admin", area=COMMUNITY
    )
    assert enter(office, "wo")


def test_nobody_approves_what_they_made(office: Office, hire: Hire, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = hire("wo", "system_admin")
    made = commands.add_account(office.uow(maker), login="neu", name="新", role="clerk", area=COMMUNITY)
    turned = Actor("wo", "security_admin", COMMUNITY)
    with pytest.raises(Refused):
        commands.approve(office.uow(turned), made.id)
    assert state_of(office, made.id) is State.WAITING
    commands.approve(office.uow(hire("an", "security_admin")), made.id)
    assert state_of(office, made.id) is State.ACTIVE


@pytest.mark.parametrize(
    ("before", "after"),
    [("clerk", "audit_admin"), ("security_admin", "clerk"), ("audit_admin", "security_admin")],
)
def test_an_administrators_post_changes_hands_only_with_a_new_account(
    hire: Hire, uow_of: UowOf, before: str, after: str
) -> None:
    li = hire("li", before)
    with pytest.raises(Refused):
        commands.edit_account(
            uow_of("system_admin"), li.account_id, seen=None, name="李", role=after, area=COMMUNITY
        )


@pytest.mark.parametrize("role", ["gate", "job", "king"])
def test_an_account_gets_no_role_of_the_machine(uow_of: UowOf, role: str) -> None:
    with pytest.raises(Invalid) as said:
        commands.add_account(uow_of("system_admin"), login="neu", name="新", role=role, area=COMMUNITY)
    assert set(said.value.fields) == {"role"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("login", "王"),
        ("login", "a"),
        ("login", "a b"),
        ("login", "gate"),
        ("login", "x" * 41),
        ("area", "街道"),
        ("area", ""),
        ("name", ""),
        ("name", "长" * 51),
    ],
)
def test_a_bad_value_is_named(uow_of: UowOf, office: Office, field: str, value: str) -> None:
    values = {"login": "neu", "name": "新", "role": "clerk", "area": COMMUNITY} | {field: value}
    with pytest.raises(Invalid) as said:
        commands.add_account(uow_of("system_admin"), **values)
    assert set(said.value.fields) == {field}
    assert passwords_of(office) == {}


def test_a_sign_in_name_is_given_once(uow_of: UowOf, hire: Hire) -> None:
    hire("li")
    with pytest.raises(Clash) as said:
        commands.add_account(uow_of("system_admin"), login=" LI ", name="李", role="clerk", area=COMMUNITY)
    assert set(said.value.fields) == {"login"}


def test_two_administrators_editing_one_account_see_the_difference(uow_of: UowOf, hire: Hire) -> None:
    li, uow = hire("li"), uow_of("system_admin")
    seen = queries.account(uow, li.account_id).version
    commands.edit_account(uow, li.account_id, seen=seen, name="李一", role="clerk", area=COMMUNITY)
    with pytest.raises(Clash) as said:
        commands.edit_account(uow, li.account_id, seen=seen, name="李二", role="clerk", area=COMMUNITY)
    assert said.value.differences["name"].theirs == "李一"


def test_the_log_says_who_made_approved_locked_and_reset(office: Office, hire: Hire) -> None:
    system, security = (office.uow(hire(r[:3], r)) for r in ("system_admin", "security_admin"))
    made = commands.add_account(system, login="neu", name="新", role="clerk", area=COMMUNITY)
    commands.approve(security, made.id)
    commands.lock(security, made.id, "手机丢失")
    commands.unlock(security, made.id)
    commands.reset_password(system, made.id)
    about = f"Account/{made.id}"
    assert [(e.who, e.permission, e.outcome) for e in log(office) if e.about == about] == [
        ("sys", "account.edit", "done"),
        ("sec", "account.approve", "done"),
        ("sec", "account.approve", "done"),
        ("sec", "account.approve", "done"),
        ("sys", "account.edit", "password reset"),
        ("sys", "account.edit", "done"),
    ]
    assert next(e.reason for e in log(office) if "locked_until" in e.changes) == "手机丢失"


def test_an_account_from_the_first_day_to_the_last(office: Office, hire: Hire, clock: Clock) -> None:
    system, security = (office.uow(hire(r[:3], r)) for r in ("system_admin", "security_admin"))
    made = commands.add_account(system, login="Neu.1", name=" 新人 ", role="clerk", area=COMMUNITY)
    assert made.login == "neu.1"
    refusal(office, "neu.1", made.password)
    commands.approve(security, made.id)
    token = enter(office, "neu.1", made.password)
    commands.edit_account(system, made.id, seen=None, name="新人", role="lead", area=GRID)
    assert here(office, token) is None
    assert state_of(office, made.id) is State.WAITING
    commands.approve(security, made.id)
    token = enter(office, "neu.1", made.password)
    assert here(office, token).role == "lead"  # type: ignore[union-attr]
    commands.lock(security, made.id, "left")
    assert here(office, token) is None
    clock.pass_by(days=400)
    assert state_of(office, made.id) is State.LOCKED
    commands.unlock(security, made.id)
    token = enter(office, "neu.1", made.password)
    assert commands.sign_out_account(security, made.id) >= 1
    assert here(office, token) is None
    commands.set_disabled(system, made.id, True)
    refusal(office, "neu.1", made.password)
    commands.set_disabled(system, made.id, False)
    assert enter(office, "neu.1", made.password)


def test_a_reset_gives_a_first_password_and_ends_open_sign_ins(
    office: Office, hire: Hire, uow_of: UowOf
) -> None:
    li = hire("li")
    token = enter(office)
    first = commands.reset_password(uow_of("system_admin"), li.account_id)
    assert here(office, token) is None
    refusal(office, "li", PASSWORD)
    assert here(office, enter(office, "li", first.password)).must_change  # type: ignore[union-attr]


def test_resetting_an_administrator_needs_a_new_approval(office: Office, hire: Hire, uow_of: UowOf) -> None:
    security = hire("an", "security_admin")
    first = commands.reset_password(uow_of("system_admin"), security.account_id)
    refusal(office, "an", first.password)
    commands.approve(office.uow(hire("bn", "security_admin")), security.account_id)
    assert enter(office, "an", first.password)


def test_the_command_line_makes_and_approves_the_first_administrators(office: Office) -> None:
    uow = office.uow(job("cli"))
    made = commands.add_account(uow, login="root", name="管理", role="system_admin", area="440599/")
    commands.approve(uow, made.id)
    assert enter(office, "root", made.password)
    assert commands.reset_password(uow, made.id).password != made.password
    assert state_of(office, made.id) is State.ACTIVE


def test_i_choose_my_language(office: Office, hire: Hire) -> None:
    li = hire("li")
    with pytest.raises(Invalid):
        commands.set_language(office.uow(li), "de")
    commands.set_language(office.uow(li), "en")
    assert here(office, enter(office)).language == "en"  # type: ignore[union-attr]
    assert told(office, "account.own")[-1] == ("li", "done", f"Account/{li.account_id}")
