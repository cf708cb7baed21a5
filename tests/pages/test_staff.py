"""The pages of shifts, as a worker and as who answers for the area meet them."""

import pytest
from sqlmodel import select

from core.accounts.models import Account
from core.kernel.access import Actor
from core.kernel.database import Office
from core.staff import queries
from core.staff.models import Shift
from core.ui import session
from tests.conftest import GRID
from tests.pages.conftest import Open


@pytest.fixture
def worker(town: Office) -> Actor:
    """The worker of the demo's first grid, with their account."""
    with town.reader.connect() as connection:
        number = connection.execute(select(Account.id).where(Account.login == "wang")).scalar_one()
    return Actor("wang", "grid_worker", GRID, name="王晓敏", account_id=number)


def shift_of(office: Office, worker: Actor) -> str:
    """The number of a shift that is over."""
    with office.reader.connect() as connection:
        over = select(Shift.id).where(Shift.account_id == worker.account_id).order_by(Shift.started_at)
        return str(connection.execute(over).scalars().first())


def test_a_worker_ends_a_shift_and_begins_another(
    town: Office, worker: Actor, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_page("shift", "grid_worker", area=GRID)
    monkeypatch.setattr(session, "current_actor", lambda: worker)
    screen.run()
    screen.button(key="end-shift").click().run()
    assert queries.own(town.uow(worker)).shift is None
    screen.slider(key="shift-hours").set_value(3).run()
    screen.button(key="begin-shift").click().run()
    begun = queries.own(town.uow(worker)).shift
    assert begun is not None and (begun.ends_at - begun.started_at).total_seconds() == 3 * 3600
    assert not screen.exception and not screen.error


def test_a_track_is_a_look_and_says_so(
    town: Office, worker: Actor, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shift_of(town, worker)
    screen = open_page("track", "lead", shift=number)
    assert not screen.exception and not screen.error
    assert any("王晓敏" in one.value for one in screen.subheader)
    own = open_page("shift", "grid_worker", area=GRID, shift=number)
    assert len(own.error) == 1, "a track of somebody else is not there"


def test_an_empty_field_says_where_to_go(town: Office, worker: Actor, open_page: Open) -> None:
    screen = open_page("staff_map", "lead", area="440599/001/001/002/")
    assert not screen.exception and not screen.error
    assert any("现在没有人在外勤" in str(one.value) for one in screen.get("html"))
