"""What administrators see of accounts, and the hint of the demo."""

from core.accounts import door, queries
from core.accounts.rules import State
from core.kernel.database import Office
from core.kernel.settings import Settings
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.conftest import Hire


def logins(lines: list[queries.AccountLine]) -> list[str]:
    """Sign-in names in the order of the list."""
    return [line.login for line in lines]


def test_the_list_holds_the_branch_only_from_the_top_down(hire: Hire, uow_of: UowOf) -> None:
    for login, area in (("b", GRID), ("a", GRID), ("c", COMMUNITY), ("d", NEXT_GRID)):
        hire(login * 2, area=area)
    hire("top", area="440599/001/")
    assert logins(queries.accounts(uow_of("system_admin"))) == ["cc", "aa", "bb", "dd"]
    assert logins(queries.accounts(uow_of("system_admin"), under=GRID)) == ["aa", "bb"]
    assert logins(queries.accounts(uow_of("system_admin", area=GRID), under=COMMUNITY)) == ["aa", "bb"]


def test_a_line_says_in_which_state_the_account_is_and_nothing_secret(hire: Hire, uow_of: UowOf) -> None:
    li = hire("li", approved=False)
    line = queries.account(uow_of("audit_admin"), li.account_id)
    assert (line.login, line.role, line.area, line.state) == ("li", "clerk", COMMUNITY, State.WAITING)
    assert not any("hash" in name for name in line.__dataclass_fields__)


def test_the_demo_hint_names_only_who_is_there(office: Office, hire: Hire) -> None:
    hire("wang", "grid_worker", GRID)
    hire("li")
    gate = office.uow(door.GATE)
    assert queries.demo_hint(gate) is None
    office.settings = Settings(data=office.settings.data, demo="community")
    hint = queries.demo_hint(gate)
    assert hint is not None
    assert [login for login, _title in hint.people] == ["wang", "li"]
    assert hint.password


def test_the_demo_hint_is_silent_in_an_office_of_real_people(office: Office, hire: Hire) -> None:
    hire("somebody")
    office.settings = Settings(data=office.settings.data, demo="community")
    assert queries.demo_hint(office.uow(door.GATE)) is None
