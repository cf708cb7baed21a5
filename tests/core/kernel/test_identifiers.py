"""Identity numbers, documents, credit codes: right ones get one form, wrong ones say what would be right."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel import identifiers as ids
from core.kernel.i18n import language

CASES = Path(__file__).parents[2] / "cases"
CITIZEN = "440599199001010019"
WOMAN = "440599199001010027"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def wrong(text: str, position: int, right: str) -> str:
    return text[:position] + right + text[position + 1 :]


@pytest.fixture(autouse=True)
def _english():
    token = language.set("en")
    yield
    language.reset(token)


def with_check(first17: str) -> str:
    """The number whose last place fits, found without the code under test: only one of eleven is a member."""
    total = sum(int(c) * pow(2, 17 - at, 11) for at, c in enumerate(first17))
    return first17 + "0123456789X"[(1 - total) % 11]


citizens = st.builds(
    lambda day, serial: with_check(f"440599{day:%Y%m%d}{serial:03}"),
    st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)


@pytest.mark.parametrize("row", rows("id_vectors.csv"), ids=lambda row: f"{row['number']} {row['note'][:30]}")
def test_identity_vectors(row: dict[str, str]):
    if row["kind"] == "id15":
        assert ids.upgrade_15(row["number"]) == row["expected"].split("->")[1]
    elif row["expected"] == "invalid":
        with pytest.raises(ValueError, match="identity number"):
            ids.identity_number(row["number"])
    else:
        facts = ids.identity_facts(row["number"])
        assert (str(facts.birth), facts.sex) == (row["birth"], {"男": "1", "女": "2"}[row["sex"]])
        assert facts.division == row["number"][:6]


@given(citizens)
def test_a_right_number_comes_back_as_it_is(number: str):
    assert ids.identity_number(number) == number
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert ids.identity_number(f" {wide[:6]}　{wide[6:14]} {wide[14:].lower()}\u200b") == number


@given(citizens, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_changed_place_is_always_caught(number: str, at: int, other: str):
    changed = wrong(number, at, other)
    if changed != number:
        with pytest.raises(ValueError, match=r"identity number|real date"):
            ids.identity_number(changed)


@given(citizens, st.integers(0, 16))
def test_two_neighbours_in_the_wrong_order_are_always_caught(number: str, at: int):
    changed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if changed != number:
        with pytest.raises(ValueError, match="identity number"):
            ids.identity_number(changed)


def test_a_wrong_last_digit_says_which_one_would_fit():
    with pytest.raises(ValueError, match=r"with these 17 digits it would be 9\.$"):
        ids.identity_number(wrong(CITIZEN, 17, "8"))


def test_a_number_that_a_spreadsheet_has_cut_says_so():
    with pytest.raises(ValueError, match="spreadsheet may have lost"):
        ids.identity_number("440599199001020000")
    with pytest.raises(ValueError, match=r"4\.40599E\+17"):
        ids.identity_number("4.40599E+17")


def test_a_letter_in_the_place_of_a_digit_is_named_with_the_digit_that_fits():
    with pytest.raises(ValueError, match=r'Place 9 .* "O"; the digit 9 would'):
        ids.identity_number(wrong(CITIZEN, 8, "o"))
    with pytest.raises(ValueError, match=r'Place 17 .* "I"; the digit 1 would'):
        ids.identity_number(wrong(CITIZEN, 16, "I"))
    with pytest.raises(ValueError, match="only digits fit there"):
        ids.identity_number(wrong(wrong(CITIZEN, 8, "O"), 9, "O"))


def test_digits_of_other_scripts_are_not_digits_here():
    with pytest.raises(ValueError, match="Place 1 "):
        ids.identity_number(wrong(CITIZEN, 0, "٤"))


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("", "18 places, not 0"),
        (CITIZEN[:-1], "18 places, not 17"),
        (with_check("44059919900230001"), '"19900230" is not a real date'),
        (with_check("44059901900101001"), '"01900101" is not a real date'),
    ],
)
def test_what_is_wrong_is_said(number: str, says: str):
    with pytest.raises(ValueError, match=says):
        ids.identity_number(number)


def test_nobody_is_born_tomorrow():
    tomorrow = date.today() + timedelta(days=1)
    with pytest.raises(ValueError, match="in the future"):
        ids.identity_number(with_check(f"440599{tomorrow:%Y%m%d}001"))


def test_an_old_number_is_refused_with_its_new_form_and_converted_on_import():
    with pytest.raises(ValueError, match=CITIZEN):
        ids.identity_number("440599900101001")
    assert ids.identity_number("440599900101001", from_15=True) == CITIZEN
    with pytest.raises(ValueError, match="not a real date"):
        ids.identity_number("440599901301001", from_15=True)
    with pytest.raises(ValueError, match="15 digits"):
        ids.upgrade_15(CITIZEN)


def test_sex_and_birth_are_read_from_the_number():
    assert ids.identity_facts(CITIZEN) == ids.IdentityFacts(date(1990, 1, 1), "1", "440599")
    assert ids.identity_facts(WOMAN).sex == "2"


PERMIT, FOREIGN = with_check("83000019900101001"), with_check("91100019900101001")


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("111", f" {CITIZEN} ", CITIZEN),
        ("112", CITIZEN, CITIZEN),
        ("L01", PERMIT, PERMIT),
        ("L02", FOREIGN, FOREIGN),
        ("L02", "abc 123456 789012", "ABC123456789012"),
        ("553", "ABC123456789012", "ABC123456789012"),
        ("217", CITIZEN + "34", CITIZEN + "34"),
        ("217", CITIZEN + "34b1", CITIZEN + "34B1"),
        ("516", "h 01234567", "H01234567"),
        ("516", "M0123456789", "M0123456789"),
        ("511", "01234567", "01234567"),
        ("511", "0123456789(B)", "0123456789B"),
        ("513", "CA1234567", "CA1234567"),
        ("517", "Ｌ０１２３４５６７", "L01234567"),
        ("414", "e-", None),
        ("414", "EA1234567", "EA1234567"),
        ("414", "X1234", "X1234"),
        ("516", "A01234567", None),
        ("511", "0123", None),
        ("217", CITIZEN + "84", None),
        ("217", wrong(CITIZEN, 17, "0") + "34", None),
        ("111", PERMIT, None),
        ("L01", CITIZEN, None),
        ("113", "号 123", "号123"),
        ("113", "", None),
        ("113", "1" * 31, None),
        ("990", "A\x07B", None),
        ("000", "123", None),
    ],
)
def test_each_kind_of_document_has_its_form(kind: str, typed: str, stored: str | None):
    if stored is None:
        with pytest.raises(ValueError, match=r"[.)]$"):
            ids.document_number(kind, typed)
    else:
        assert ids.document_number(kind, typed) == stored
        assert ids.document_number(kind, stored) == stored


def test_a_number_of_another_kind_names_that_kind():
    with pytest.raises(ValueError, match=r"Residence permit for Hong Kong.*not Resident identity card"):
        ids.document_number("111", PERMIT)


@pytest.mark.parametrize("row", rows("uscc_vectors.csv"), ids=lambda row: row["code"])
def test_credit_code_vectors(row: dict[str, str]):
    if row["expected"] == "valid":
        assert ids.credit_code(row["code"].lower()) == row["code"]
        assert ids.credit_code_kind(row["code"]) == row["type2"]
    else:
        with pytest.raises(ValueError, match="credit code"):
            ids.credit_code(row["code"])


CREDIT = "91350100M000100Y43"
bodies = st.text(ids.CREDIT_ALPHABET, min_size=11, max_size=11)


def completed(body: str) -> str:
    first17 = body[:2] + "440599" + body[2:]
    total = sum(ids.CREDIT_ALPHABET.index(c) * 3**at for at, c in enumerate(first17))
    return first17 + next(c for at, c in enumerate(ids.CREDIT_ALPHABET) if (total + at) % 31 == 0)


@given(bodies)
def test_a_right_credit_code_comes_back_as_it_is(body: str):
    assert ids.credit_code(completed(body)) == completed(body)


@given(bodies, st.integers(0, 17), st.sampled_from(ids.CREDIT_ALPHABET + "IOSVZ"))
def test_one_changed_place_of_a_credit_code_is_always_caught(body: str, at: int, other: str):
    changed = wrong(completed(body), at, other)
    if changed != completed(body):
        with pytest.raises(ValueError, match="credit code"):
            ids.credit_code(changed)


def test_a_wrong_credit_code_says_what_would_fit():
    with pytest.raises(ValueError, match='it would be "3"'):
        ids.credit_code(wrong(CREDIT, 17, "4"))
    with pytest.raises(ValueError, match=r'Place 10 .* "O"; "0" would fit'):
        ids.credit_code(wrong(CREDIT, 9, "O"))
    with pytest.raises(ValueError, match="3 to 8 are digits"):
        ids.credit_code("9OOO0100M000100Y43")
