"""What may be said at a door: every field by its own rules, codes nobody guesses, and what cannot wait."""

from datetime import date

import pytest

from core.claims.forms import Said
from core.claims.rules import (
    ADD,
    FIRM,
    HOUSE,
    NOTHING,
    OUT,
    SPOTS,
    TITLES,
    checked,
    due_on,
    fields_of,
    grouped,
    needs_haste,
    new_code,
    read_code,
    urgency,
)
from core.kernel.problems import Invalid

TODAY = date(2026, 11, 26)


def wrong(kind: str, about: str = "", **values: object) -> dict[str, str]:
    """The sentences at the fields."""
    return checked(Said(kind, about, values), {}).wrong


def test_each_kind_has_a_title_and_fields_with_labels() -> None:
    assert set(SPOTS) == set(TITLES)
    for kind in SPOTS:
        assert all(known.label for known in fields_of(kind).values())
    with pytest.raises(Invalid):
        fields_of("rumour")


def test_a_citizen_number_tells_birth_and_sex() -> None:
    found = checked(Said(ADD, values={"name": "张三", "document_no": "110101199003077213"}), {})
    assert not found.wrong
    assert (found.values["birth"], found.values["sex"]) == (date(1990, 3, 7), "1")
    assert str(found.values["document_no"]).startswith("110*")


def test_a_wrong_number_says_which_digit_and_does_not_ask_for_the_birth_date_too() -> None:
    told = wrong(ADD, name="张三", document_no="110101199003077214")
    assert set(told) == {"document_no"} and "3" in told["document_no"]


def test_a_birth_date_against_the_number_is_refused() -> None:
    assert set(wrong(ADD, name="张三", document_no="110101199003077213", birth="1991-01-01")) == {"birth"}


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (ADD, {"birth": "1990-01-01"}, "name"),
        (ADD, {"name": "张三", "birth": "1990-02-30"}, "birth"),
        (ADD, {"name": "张三", "birth": "1990-01-01", "phone": "12"}, "phone"),
        (ADD, {"name": "张三", "birth": "1990-01-01", "residence": "king"}, "residence"),
        (
            ADD,
            {"name": "张三", "birth": "1990-01-01", "from_on": "2020-05-01", "until_on": "2020-04-01"},
            "until_on",
        ),
        (ADD, {"name": "\u202e张三", "birth": "1990-01-01"}, "name"),
        (OUT, {"on": "2020-01-01"}, "name"),
        (OUT, {"name": "张三"}, "on"),
        (OUT, {"name": "张三", "on": "2990-01-01"}, "on"),
        (HOUSE, {}, "state"),
        (HOUSE, {"state": "castle"}, "state"),
        (FIRM, {"name": "小店", "credit_code": "91"}, "credit_code"),
        (FIRM, {"name": "小店"}, "credit_code"),
        (FIRM, {"name": "小店", "no_code_reason": "stall", "employees": "many"}, "employees"),
        (FIRM, {"name": "小店", "no_code_reason": "stall", "state": "closed"}, "closed_on"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(kind: str, values: dict[str, object], field: str) -> None:
    told = wrong(kind, **values)
    assert set(told) == {field} and told[field]


def test_no_change_takes_no_values() -> None:
    assert checked(Said(NOTHING, values={"name": "<script>"}), {}).values == {"unchanged": True}


def test_markup_in_a_name_stays_what_it_is_text() -> None:
    found = checked(Said(ADD, values={"name": "<script>alert(1)</script>", "birth": "1990-01-01"}), {})
    assert found.values["name"] == "<script>alert(1)</script>"


def test_a_code_is_read_however_it_is_typed() -> None:
    for code in {new_code() for _turn in range(200)}:
        assert read_code(f" {grouped(code).lower()} ") == code
        assert read_code(code[:-1]) == "" and read_code(code + "2") == ""


@pytest.mark.parametrize("typed", ["", "0" * 12, "IIII-OOOO-LLLL", "a" * 5000, "表单"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) == ""


def test_a_child_who_comes_or_people_in_a_vacant_home_cannot_wait() -> None:
    child, grown = date(2019, 1, 1), date(1990, 1, 1)
    assert needs_haste([ADD], [child], TODAY, "owned")
    assert needs_haste([OUT], [date(1940, 1, 1)], TODAY, "owned")
    assert needs_haste([ADD], [grown], TODAY, "vacant")
    assert not needs_haste([ADD, HOUSE], [grown], TODAY, "rented")
    assert not needs_haste([NOTHING], [], TODAY, "vacant")


def test_the_day_by_which_it_is_due() -> None:
    assert due_on(TODAY, 3, is_urgent=False) == date(2026, 11, 29)
    assert due_on(TODAY, 3, is_urgent=True) == date(2026, 11, 27)
    assert urgency(date(2026, 11, 25), TODAY, is_open=True) == "overdue"
    assert urgency(date(2026, 11, 27), TODAY, is_open=True) == "soon"
    assert urgency(date(2026, 11, 29), TODAY, is_open=True) == ""
    assert urgency(date(2026, 11, 25), TODAY, is_open=False) == ""
