"""Households that make sense, over many of them."""

from collections import Counter
from random import Random

import pytest

from core.demo.folk import FEMALE, HEAD, MALE, SPOUSE, UNRELATED, YEAR, Folk, Soul
from core.demo.words import (
    endless,
    estate_names,
    foreigners,
    generation,
    origins,
    road_stems,
    stems,
    surnames,
)
from core.people.rules.households import Member, household_problems

TODAY = 739_940


@pytest.fixture(scope="module")
def owners() -> list[list[Soul]]:
    """Many homes of owners."""
    folk = Folk(Random(7), TODAY)
    return [folk.owners() for _home in range(3000)]


@pytest.fixture(scope="module")
def tenants() -> list[list[Soul]]:
    """Many rented homes."""
    folk = Folk(Random(8), TODAY)
    return [folk.tenants() for _home in range(1500)]


def test_the_head_stands_first_and_every_relation_is_possible(
    owners: list[list[Soul]], tenants: list[list[Soul]]
):
    for souls in owners + tenants:
        assert [soul.relation for soul in souls].count(HEAD) == 1
        assert souls[0].relation == HEAD
        assert household_problems([Member(soul.relation) for soul in souls]) == {}


def test_nobody_is_born_in_the_future_or_older_than_people_become(owners: list[list[Soul]]):
    ages = [(TODAY - soul.born) / YEAR for souls in owners for soul in souls]
    assert min(ages) > 0
    assert max(ages) < 105


def test_mothers_are_twenty_to_forty_years_older_than_their_children(owners: list[list[Soul]]):
    for souls in owners:
        by_role = {soul.role: soul for soul in souls}
        for child in (soul for soul in souls if soul.role == "child"):
            if mother := by_role.get("wife"):
                assert 20 <= (child.born - mother.born) / YEAR <= 41
            if father := by_role.get("husband"):
                assert (child.born - father.born) / YEAR >= 15
        if (mother := by_role.get("mother")) and (son := by_role.get("husband")):
            assert 20 <= (son.born - mother.born) / YEAR <= 41


def test_children_have_their_fathers_surname_and_a_name_of_their_own(owners: list[list[Soul]]):
    for souls in owners:
        fathers = [soul.surname for soul in souls if soul.role == "husband"]
        assert all(soul.surname == fathers[0] for soul in souls if soul.role == "child" and fathers)
        assert len({soul.name for soul in souls}) == len(souls)
        assert all(soul.name.startswith(soul.surname) and 2 <= len(soul.name) <= 4 for soul in souls)


def test_couples_are_a_man_and_a_woman_of_similar_age(owners: list[list[Soul]]):
    for souls in owners:
        for spouse in (soul for soul in souls if soul.relation == SPOUSE):
            assert spouse.sex != souls[0].sex
            assert abs(spouse.born - souls[0].born) < 10 * YEAR


def test_flat_shares_are_grown_people_unrelated_to_each_other(tenants: list[list[Soul]]):
    shares = [souls for souls in tenants if len(souls) > 1 and souls[1].relation == UNRELATED]
    assert shares
    for souls in shares:
        assert {soul.relation for soul in souls[1:]} == {UNRELATED}
        assert all((TODAY - soul.born) / YEAR >= 18 for soul in souls)


def test_the_pyramid_is_that_of_a_city(owners: list[list[Soul]], tenants: list[list[Soul]]):
    ages = [(TODAY - soul.born) / YEAR for souls in owners + tenants for soul in souls]
    share = Counter(0 if age < 15 else 1 if age < 60 else 2 for age in ages)
    assert 0.12 < share[0] / len(ages) < 0.24
    assert 0.1 < share[2] / len(ages) < 0.24


def test_names_change_with_the_generations():
    assert "建国" in generation(MALE, 1955).whole
    assert "子轩" in generation(MALE, 2015).whole
    assert generation(FEMALE, 1940) is not generation(FEMALE, 2020)


def test_the_words_are_there_and_well_formed():
    assert {"陈", "林"} <= set(surnames().things)
    assert "王" in surnames(elsewhere=True).things
    assert all(len(origin.code) == 6 and origin.code.isdecimal() for origin in origins().things)
    assert all(len(one) == 3 for sex in (MALE, FEMALE) for one in foreigners(sex))
    for words in (road_stems(), estate_names(), stems("communities"), stems("villages"), stems("lanes")):
        assert len(words) == len(set(words)) > 40
    assert len(stems("streets")) >= 7


def test_names_of_places_do_not_run_out_soon():
    names = endless(["金湾", "听涛"], Random(1))
    assert len({next(names) for _turn in range(16)}) == 16
