"""Tokens and short codes: hard to guess, easy to read out, and wrong ones are noticed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.labels.rules import (
    LENGTH,
    SIGNS,
    grouped,
    is_short_code,
    new_short_code,
    new_token,
    read_short_code,
    read_token,
    spoken_code,
)

CODES = st.builds(new_short_code)


def test_tokens_have_128_bits_and_do_not_repeat() -> None:
    """Twenty-two signs an address may hold."""
    tokens = {new_token() for _token in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {22}


def test_no_short_code_spells_a_word() -> None:
    """Whatever language it might be in."""
    assert not any(re.search("[A-Z]{4}", new_short_code()) for _code in range(3000))


@pytest.mark.parametrize("sign", "01IOLBSZUVGQD")
def test_no_sign_looks_like_another_one(sign: str) -> None:
    """What is mixed up when it is read out or typed is not used."""
    assert sign not in SIGNS


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(code: str, place: int, sign: str) -> None:
    """Whichever it is and wherever it stands."""
    wrong = code[:place] + sign + code[place + 1 :]
    assert is_short_code(wrong) == (wrong == code)


@given(CODES, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_signs_that_changed_places_are_always_noticed(code: str, a: int, b: int) -> None:
    """Not only neighbours."""
    signs = list(code)
    signs[a], signs[b] = signs[b], signs[a]
    assert is_short_code("".join(signs)) == ("".join(signs) == code)


@given(CODES)
def test_a_code_is_read_however_it_was_typed(code: str) -> None:
    """Small letters, blanks, the dash of the print, full width."""
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code, code.lower(), spoken_code(code), f" {code[:4]} {code[4:]} ", wide):
        assert read_short_code(typed) == code


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("https://grid.example/h/AAAABBBBCCCCDDDDEEEE-_", "AAAABBBBCCCCDDDDEEEE-_"),
        ("http://10.0.0.5:8501/h/AAAABBBBCCCCDDDDEEEE12?x=1#y", "AAAABBBBCCCCDDDDEEEE12"),
        (" AAAABBBBCCCCDDDDEEEE12\n", "AAAABBBBCCCCDDDDEEEE12"),
        ("https://grid.example/h/short", ""),
        ("https://other.example/", ""),
        ("440599001001000030203017", ""),
        ("", ""),
    ],
)
def test_the_token_is_found_in_the_address(text: str, token: str) -> None:
    """Whatever stands around it."""
    assert read_token(text) == token


def test_codes_are_printed_in_parts() -> None:
    """Community, building, unit, room, check."""
    assert grouped("440599001001000030203017") == "440599 001001 00003 02 0301 7"
