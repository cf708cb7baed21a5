"""Numbers of people who do not exist."""

from datetime import date

import pytest

from core.demo.numbers import DIVISION, Numbers
from core.kernel.identifiers import document_number, identity_facts, mobile


def test_identity_numbers_are_right_and_never_given_twice():
    numbers, day = Numbers(), date(1980, 2, 29)
    men = [numbers.identity(day.toordinal(), "1") for _turn in range(500)]
    women = [numbers.identity(day.toordinal(), "2") for _turn in range(500)]
    assert len(set(men + women)) == 1000
    for sex, given in (("1", men), ("2", women)):
        for number in given:
            facts = identity_facts(number)
            assert (facts.birth, facts.sex, facts.division) == (day, sex, DIVISION)


def test_phones_are_of_their_own_range_and_use_all_of_it():
    numbers = Numbers()
    given = [numbers.phone() for _turn in range(100_000)]
    assert len(set(given)) == 100_000
    assert all(one.startswith("199000") and len(one) == 11 for one in given)
    assert mobile(given[0]) == given[0]


@pytest.mark.parametrize("nationality", ["HKG", "MAC", "TWN", "VNM"])
def test_permits_have_the_form_of_their_kind(nationality: str):
    kind, number = Numbers().permit(nationality)
    assert document_number(kind, number) == number
    assert DIVISION in number
