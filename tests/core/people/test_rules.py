"""The rules of people, with every value one can think of and some more."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.codes import codes
from core.people.rules import (
    Member,
    Period,
    age_on,
    born_by,
    contradictions,
    derived,
    household_problems,
    household_warnings,
    inverse,
    left_behind,
    lives_on,
    may_relate,
    overlaps,
    period_problems,
    school_start,
    suggest,
)
from tests.core.people.conftest import citizen

DAYS = st.dates(date(1900, 1, 1), date(2026, 11, 1))
MAYBE = st.none() | DAYS
PERIODS = st.builds(lambda a, b: Period(a, b) if not a or not b or a <= b else Period(b, a), MAYBE, MAYBE)


def test_a_birthday_counts_from_its_morning() -> None:
    assert age_on(date(1944, 3, 1), date(2026, 2, 28)) == 81
    assert age_on(date(1944, 3, 1), date(2026, 3, 1)) == 82


def test_who_was_born_on_a_leap_day_is_older_from_the_first_of_march() -> None:
    assert age_on(date(2000, 2, 29), date(2018, 2, 28)) == 17
    assert age_on(date(2000, 2, 29), date(2018, 3, 1)) == 18
    assert age_on(date(2000, 2, 29), date(2020, 2, 29)) == 20


@given(DAYS, DAYS, st.integers(0, 110))
def test_a_bound_on_the_birth_date_says_the_same_as_the_age(birth: date, day: date, years: int) -> None:
    assert (age_on(birth, day) >= years) == (birth <= born_by(day, years))


@given(DAYS)
def test_the_school_year_begins_on_the_last_31st_of_august(day: date) -> None:
    start = school_start(day)
    assert (start.month, start.day) == (8, 31)
    assert timedelta(0) <= day - start < timedelta(days=366)


@given(DAYS, st.integers(1, 999))
def test_a_number_says_birth_and_sex(birth: date, serial: int) -> None:
    found = suggest(citizen(birth, serial))
    assert found is not None
    assert (found.birth, found.sex, found.hukou_division) == (birth, "1" if serial % 2 else "2", "440599")
    facts = {"document_no": citizen(birth, serial), "sex": "0"}
    assert derived(facts) == {"birth": birth, "sex": found.sex}


def test_a_number_that_is_none_or_another_document_suggests_nothing() -> None:
    assert suggest("440599199001010018") is None
    assert suggest("E01234567", "414") is None
    assert derived({"document_kind": "414", "document_no": "E01234567"}) == {}


def test_what_is_given_is_not_derived() -> None:
    number = citizen(date(1990, 1, 1), 1)
    assert derived({"document_no": number, "birth": "1991-01-01", "sex": "2"}) == {}


def test_a_contradiction_says_what_the_number_says() -> None:
    number = citizen(date(1990, 1, 1), 2)
    wrong = contradictions("111", number, date(1990, 1, 2), "1")
    assert "1990-01-01" in wrong["birth"]
    assert "女" in wrong["sex"]
    assert contradictions("111", number, date(1990, 1, 1), "0") == {}
    assert contradictions("414", "E01234567", date(1990, 1, 2), "1") == {}


GENERATIONS = {"1": 0, "2": -1, "3": -1, "4": -2, "5": 1, "6": 2, "7": 0}


@pytest.mark.parametrize(
    "kind", [code for code in codes("gbt4761_family_relation") if code not in ("01", "02")]
)
@given(st.sampled_from("0129"))
def test_the_way_back_is_as_many_generations_the_other_way(kind: str, sex: str) -> None:
    back = inverse(kind, sex)
    assert may_relate(kind)
    assert may_relate(back)
    if kind[0] in GENERATIONS and back != "97":
        assert GENERATIONS[back[0]] == -GENERATIONS[kind[0]]


@pytest.mark.parametrize(
    ("kind", "mine", "back"),
    [
        ("51", "1", "20"),
        ("51", "2", "30"),
        ("11", "2", "12"),
        ("12", "1", "11"),
        ("20", "2", "52"),
        ("38", "2", "54"),
        ("55", "1", "28"),
        ("71", "2", "77"),
        ("63", "1", "43"),
        ("10", "0", "10"),
    ],
)
def test_the_usual_relations_lead_back(kind: str, mine: str, back: str) -> None:
    assert inverse(kind, mine) == back


def test_self_and_head_are_no_relations_between_two() -> None:
    assert not may_relate("01")
    assert not may_relate("02")
    assert not may_relate("x")


def test_a_household_has_exactly_one_head() -> None:
    assert list(household_problems([Member("10"), Member("20")])) == ["members"]
    assert list(household_problems([Member("02"), Member("02")])) == ["1.relation"]
    assert household_problems([Member("02"), Member("10"), Member("20"), Member("20")]) == {}


def test_the_head_has_one_spouse_and_lives_there() -> None:
    assert list(household_problems([Member("02"), Member("11"), Member("12")])) == ["2.relation"]
    assert list(household_problems([Member("02", lives_there=False)])) == ["0.relation"]


def test_everybody_in_a_family_is_related_somehow() -> None:
    assert list(household_problems([Member("02"), Member("")])) == ["1.relation"]
    assert list(household_problems([Member("02"), Member("01")])) == ["1.relation"]
    assert household_problems([Member(""), Member("")], "collective") == {}


def test_a_child_nearly_as_old_as_the_head_is_a_warning_only() -> None:
    head, son = Member("02", date(1980, 1, 1), "陈一"), Member("20", date(1990, 1, 1), "陈二")
    assert household_problems([head, son]) == {}
    [said] = household_warnings([head, son])
    assert "陈二" in said
    assert household_warnings([head, Member("20", date(2005, 1, 1)), Member("51", date(1955, 1, 1))]) == []
    assert len(household_warnings([head, Member("51", date(1975, 1, 1), "陈三")])) == 1


def test_who_stays_behind_is_thought_of() -> None:
    today, head = date(2026, 11, 1), Member("02", date(1980, 1, 1))
    assert left_behind([], head, today) == ""
    child, wife = Member("20", date(2018, 1, 1)), Member("10", date(1981, 1, 1))
    alone, headless = left_behind([child], head, today), left_behind([wife, child], head, today)
    assert alone
    assert headless
    assert alone != headless
    assert left_behind([wife, child], Member("20", date(2000, 1, 1)), today) == ""
    assert left_behind([Member("02", date(1981, 1, 1))], Member("10"), today) == ""
    assert "陈老" in left_behind([Member("02", date(1940, 1, 1), "陈老")], Member("20"), today)


@given(PERIODS, PERIODS)
def test_overlap_is_mutual(one: Period, other: Period) -> None:
    assert overlaps(one, other) == overlaps(other, one)


@given(PERIODS, PERIODS)
def test_periods_that_overlap_share_two_days_at_least(one: Period, other: Period) -> None:
    day = max(one.from_on or date(1850, 1, 1), other.from_on or date(1850, 1, 1))
    shared = [d for d in (day, day + timedelta(days=1)) if lives_on(one, d) and lives_on(other, d)]
    assert overlaps(one, other) == (len(shared) == 2)


def test_a_period_ends_after_it_begins_and_not_tomorrow() -> None:
    today = date(2026, 11, 1)
    assert list(period_problems(Period(date(2026, 12, 1)), (), today)) == ["from_on"]
    assert list(period_problems(Period(date(2026, 5, 1), date(2026, 4, 1)), (), today)) == ["to_on"]
    known = [Period(date(2020, 1, 1), date(2021, 1, 1))]
    assert list(period_problems(Period(date(2020, 6, 1)), known, today)) == ["from_on"]
    assert period_problems(Period(date(2021, 1, 1)), known, today) == {}
