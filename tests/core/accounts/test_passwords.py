"""What makes a password, and what a stored one gives away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts import passwords


@pytest.mark.parametrize(
    ("word", "many"),
    [
        ("Ab1!", 1),
        ("abcdefgh", 1),
        ("abcdefg1", 1),
        ("Abcdefg1", 0),
        ("abcdefg1!", 0),
        ("水电abcd12", 0),
        ("Wang-2026", 1),
        ("12x王晓敏X-", 1),
        ("Admin@123", 1),
        ("P@ssw0rd", 1),
        ("Aa1" * 70, 1),
        ("wang", 3),
        ("Ａｂｃｄｅｆｇ１", 0),
    ],
)
def test_each_rule_says_what_it_wants(word: str, many: int) -> None:
    assert len(passwords.faults(word, "wang", "王晓敏", 8)) == many


def test_the_shortest_length_is_the_offices() -> None:
    assert passwords.faults("Abcdefg1", "wang", "王", 12)


@given(st.integers(min_value=8, max_value=64))
def test_a_first_password_keeps_every_rule(shortest: int) -> None:
    assert passwords.faults(passwords.fresh(shortest), "wang", "王晓敏", shortest) == []


def test_first_passwords_differ() -> None:
    assert len({passwords.fresh(8) for _n in range(50)}) == 50


def test_a_password_fits_its_own_hash_in_either_width_and_no_other() -> None:
    stored = passwords.hashed("Haitang-2026")
    assert stored.startswith("$argon2id$")
    assert stored != passwords.hashed("Haitang-2026")
    assert passwords.fits(stored, "Ｈaitang-2026")
    assert not passwords.fits(stored, "haitang-2026")
    assert not passwords.fits("", "")
    assert not passwords.fits("not a hash", "Haitang-2026")


def test_the_end_of_a_long_password_counts_and_a_longer_one_never_fits() -> None:
    stored = passwords.hashed("x" * passwords.LONGEST)
    assert passwords.fits(stored, "x" * passwords.LONGEST)
    assert not passwords.fits(stored, "x" * (passwords.LONGEST + 1))
