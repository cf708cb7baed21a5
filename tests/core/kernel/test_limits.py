"""Counting how often: over processes, by marks that tell nobody, and forgotten by itself."""

import pytest
from sqlmodel import Session, select

from core.kernel import limits
from core.kernel.database import Office
from core.kernel.limits import LimitCount

ADDRESS = "203.0.113.7"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The second since 1970, to be turned."""
    now = [1_000_000]
    monkeypatch.setattr(limits, "_now", lambda: now[0])
    return now


def test_each_purpose_and_each_place_counts_for_itself(office: Office, at: list[int]) -> None:
    assert [limits.count(office, "hand-in", ADDRESS, 3600) for _n in range(3)] == [1, 2, 3]
    assert limits.count(office, "hand-in", "203.0.113.8", 3600) == 1
    assert limits.count(office, "receipt", ADDRESS, 3600) == 1
    assert limits.used(office, "hand-in", ADDRESS, 3600) == 3
    assert limits.used(office, "hand-in", ADDRESS, 60) == 0


def test_what_was_long_ago_weighs_less_and_then_nothing(office: Office, at: list[int]) -> None:
    at[0] = 3600 * 300
    for _n in range(10):
        limits.count(office, "hand-in", ADDRESS, 3600)
    at[0] += 3600 + 1800
    assert limits.used(office, "hand-in", ADDRESS, 3600) == 5
    at[0] += 1800
    assert limits.used(office, "hand-in", ADDRESS, 3600) == 0


def test_nobody_can_tell_who_it_was_and_it_does_not_stay(office: Office, at: list[int]) -> None:
    limits.count(office, "hand-in", ADDRESS, 3600)
    with Session(office.reader) as session:
        [kept] = session.exec(select(LimitCount)).all()
    assert ADDRESS not in str(kept) and len(kept.mark) == 24
    at[0] += 3 * 3600
    limits.count(office, "other", "x", 60)
    with Session(office.reader) as session:
        assert [one.mark for one in session.exec(select(LimitCount))] != [kept.mark]
