"""The algebra of periods: what contradicts what, what is left beside what stands, and what becomes one tenancy."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.rules import Period, Stay, clash, contradict, overlaps, reconcile, stay_problems, tenancies
from core.people.rules.residences import without

START = date(2020, 1, 1)
TODAY = START + timedelta(days=40)
DAYS = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
PERIODS = (
    st.tuples(st.none() | DAYS, st.none() | DAYS)
    .filter(lambda p: not all(p) or p[0] <= p[1])
    .map(  # type: ignore[operator]
        lambda p: Period(*p)
    )
)
STAYS = st.builds(Stay, st.integers(1, 3), st.sampled_from(["owner", "tenant", "temporary"]), PERIODS)


def day(n: int) -> date:
    """A day of January 2020 and after."""
    return START + timedelta(days=n)


def certain(period: Period) -> set[date]:
    """The nights that a period speaks of for certain, up to today."""
    first = period.from_on or period.to_on or TODAY
    return {first + timedelta(days=n) for n in range(((period.to_on or TODAY) - first).days)}


def consistent(stays: list[Stay]) -> list[Stay]:
    """Those of some stays that do not speak against one before them, each under a number of its own."""
    kept: list[Stay] = []
    for stay in stays:
        if not any(clash(stay, other) or (stay.house_id == other.house_id) for other in kept):
            kept.append(Stay(stay.house_id, stay.kind, stay.period, len(kept) + 1))
    return kept


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        (Period(day(0), day(5)), Period(day(5), None), False),
        (Period(day(0), day(6)), Period(day(5), None), True),
        (Period(None, day(6)), Period(day(1), day(9)), False),
        (Period(), Period(day(1), day(9)), False),
        (Period(), Period(day(9), None), True),
        (Period(), Period(), True),
        (Period(day(3), day(3)), Period(day(0), day(9)), False),
    ],
)
def test_what_contradicts(one: Period, other: Period, is_so: bool) -> None:
    assert contradict(one, other) is contradict(other, one) is is_so


@given(PERIODS, PERIODS)
def test_what_is_certain_is_also_possible(one: Period, other: Period) -> None:
    assert contradict(one, other) == contradict(other, one)
    assert not contradict(one, other) or overlaps(one, other)
    if one.to_on and other.to_on:
        assert contradict(one, other) == bool(certain(one) & certain(other))


@given(PERIODS, PERIODS)
def test_what_is_left_stands_beside_and_nothing_else_is_lost(one: Period, taken: Period) -> None:
    pieces = without(one, taken, TODAY)
    assert not any(contradict(piece, taken) for piece in pieces if taken.from_on or piece.to_on != TODAY)
    assert not any(contradict(a, b) for n, a in enumerate(pieces) for b in pieces[n + 1 :])
    kept = set[date]().union(*(certain(piece) for piece in pieces))
    assert certain(one) - certain(taken) <= kept <= certain(one) | {TODAY}


@given(st.lists(STAYS, max_size=4), st.lists(STAYS, max_size=4))
def test_two_accounts_become_one_that_holds(right: list[Stay], wrong: list[Stay]) -> None:
    right, wrong = consistent(right), consistent(wrong)
    standing, left = reconcile(right, wrong, TODAY)
    told = [*standing, *left]
    assert not any(clash(a, b) for n, a in enumerate(told) for b in told[n + 1 :])
    assert [(one.id, one.house_id, one.kind) for one in standing] == [
        (one.id, one.house_id, one.kind) for one in right
    ]
    for before, after in zip(right, standing, strict=True):
        assert certain(before.period) <= certain(after.period)
    assert {one.id for one in left} <= {one.id for one in wrong}


@given(st.lists(PERIODS, max_size=8))
def test_tenancies_lie_apart_and_hold_every_stay(periods: list[Period]) -> None:
    found = tenancies(periods)
    assert not any(overlaps(a, b) for n, a in enumerate(found) for b in found[n + 1 :])
    for period in periods:
        first, last = period.from_on or date.min, period.to_on or date.max
        assert any((t.from_on or date.min) <= first and last <= (t.to_on or date.max) for t in found)


def test_a_stay_says_what_is_wrong_with_it() -> None:
    home = Stay(1, "owner", Period(day(0), day(30)), 7)
    assert "from_on" in stay_problems(Stay(2, "tenant", Period(day(10), day(20))), [home], TODAY)
    assert stay_problems(Stay(2, "temporary", Period(day(10), day(20))), [home], TODAY) == {}
    assert "from_on" in stay_problems(Stay(1, "temporary", Period(day(10), day(20))), [home], TODAY)
    assert "to_on" in stay_problems(Stay(2, "tenant", Period(day(35), day(31))), [home], TODAY)
    assert "from_on" in stay_problems(Stay(2, "tenant", Period(day(41))), [home], TODAY)
    assert stay_problems(Stay(2, "tenant", Period(day(30))), [home], TODAY) == {}
