"""Starting: a fresh office gets its demo once, and nobody else's office ever does."""

from pathlib import Path

import pytest

from core import starting
from core.accounts import commands
from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.lease import hold
from core.kernel.problems import Unavailable
from core.starting import Progress, is_empty, prepared
from tests.offices import chosen, office_in


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was built; one account stands for it."""
    found: list[str] = []

    def build(office: Office, scale: str, seed: int, progress: Progress | None) -> None:
        found.append(f"{scale} {seed}")
        uow = office.uow(job("demo"))
        commands.add_account(uow, login="wang", name="王", role="clerk", area="440599/")

    monkeypatch.setattr(starting, "build", build)
    return found


def test_an_empty_office_begins_with_the_demo_and_only_once(tmp_path: Path, built: list[str]) -> None:
    for _start in range(2):
        office = prepared(chosen(tmp_path, demo="community"))
        assert not is_empty(office)
        office.close()
    assert built == ["community 1"]


def test_an_office_that_wants_none_stays_empty(tmp_path: Path, built: list[str]) -> None:
    office = prepared(chosen(tmp_path))
    assert is_empty(office)
    office.close()
    assert built == []


def test_an_office_with_an_account_gets_no_demo(tmp_path: Path, built: list[str]) -> None:
    office = office_in(tmp_path)
    commands.add_account(office.uow(job("cli")), login="first", name="甲", role="clerk", area="440599/")
    office.close()
    prepared(chosen(tmp_path, demo="community")).close()
    assert built == []


def test_while_an_empty_office_is_served_nobody_fills_it(tmp_path: Path, built: list[str]) -> None:
    office_in(tmp_path).close()
    with hold(chosen(tmp_path)), pytest.raises(Unavailable):
        prepared(chosen(tmp_path, demo="community"))
    assert built == []


def test_the_demo_itself_can_be_built_and_tells_how_far_it_is(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    told: list[float] = []
    starting.build(office, "grid", 1, lambda share, words: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1
    assert not is_empty(office)
    office.close()
