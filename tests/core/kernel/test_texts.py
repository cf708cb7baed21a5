"""Texts, phones and area paths come into one form; masks never show more than they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel import texts
from core.kernel.i18n import language


@pytest.fixture(autouse=True)
def _english():
    token = language.set("en")
    yield
    language.reset(token)


def test_tidy_takes_away_width_blanks_and_case():
    assert texts.tidy(" ａｂ　１２\u200b\n—x ") == "AB12-X"


@given(st.text())
def test_a_tidy_text_has_no_blanks(text: str):
    assert not any(c.isspace() for c in texts.tidy(text))


@given(st.text("ab １２—（）\u200b张三　x"))
def test_tidying_twice_changes_nothing(text: str):
    assert texts.tidy(texts.tidy(text)) == texts.tidy(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("19900001234", "19900001234"),
        ("+86 199 0000 1234", "19900001234"),
        ("0086-199-0000-1234", "19900001234"),
        ("8619900001234", "19900001234"),
        ("１９９００００１２３４", "19900001234"),
        ("0754-88001234", "0754-88001234"),
        ("(0754) 8800 1234", "0754-88001234"),
        ("0754-8800-1234", "0754-88001234"),
        ("075488001234转12", "0754-88001234-12"),
        ("+86 754 88001234", "0754-88001234"),
        ("010-88001234", "010-88001234"),
        ("02088001234", "020-88001234"),
        ("0663-8800123", "0663-8800123"),
        ("400-800-1234", "4008001234"),
    ],
)
def test_a_phone_is_stored_in_one_form(typed: str, stored: str):
    assert texts.mobile(typed) == stored
    assert texts.mobile(stored) == stored


@given(st.integers(0, 9999), st.sampled_from(("", "+86", "86", "0086 ")), st.sampled_from("- 　"))
def test_any_writing_of_a_mobile_number_is_the_same_number(last: int, prefix: str, gap: str):
    assert texts.mobile(f"{prefix}199{gap}000{gap}0{last:04}") == f"1990000{last:04}"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1990000123", "11 digits; this one has 10"),
        ("199000012345", "11 digits; this one has 12"),
        ("12000001234", "No mobile number begins with 12"),
        ("88001234", "without its area code"),
        ("199O0001234", '"O" does not belong'),
        ("110", "right ones look like"),
        ("", "right ones look like"),
    ],
)
def test_a_wrong_phone_says_why(typed: str, says: str):
    with pytest.raises(ValueError, match=says):
        texts.mobile(typed)


def test_an_area_path_ends_every_part_with_a_stroke():
    assert texts.area_path(" 440599/001/00a/ ") == "440599/001/00A/"
    for bad in ("", "440599", "440599/001", "/440599/", "440599//001/", "440599/%/", "440599/_/"):
        with pytest.raises(ValueError, match="not an area path"):
            texts.area_path(bad)


def test_text_is_one_line_without_extra_blanks():
    assert texts.clean_text("  张 \t 三\r\n e\u0301\u200b ", longest=10) == "张 三 \u00e9"


def test_a_control_character_is_refused_with_its_place():
    with pytest.raises(ValueError, match=r"Character 3 .*U\+0007"):
        texts.clean_text("张三\x07", longest=10)
    for hidden in ("\u202e", "\ud800", "\x00", "\x7f"):
        with pytest.raises(ValueError, match="control character"):
            texts.clean_text(f"a{hidden}b", longest=10)


def test_a_long_text_says_how_much_too_long_it_is():
    assert texts.clean_text("一二三", longest=3) == "一二三"
    with pytest.raises(ValueError, match="too long by 2: at most 3"):
        texts.clean_text("一二三四五", longest=3)


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u202a\u202b\u202c\u202d\u202e")
    )
)
def test_cleaning_twice_changes_nothing(text: str):
    try:
        once = texts.clean_text(text, longest=1000)
    except ValueError:
        assert set(text) & set("\u2066\u2067\u2068\u2069")
    else:
        assert texts.clean_text(once, longest=1000) == once


@pytest.mark.parametrize(
    ("mask", "plain", "masked"),
    [
        (texts.mask_name, "张三", "张*"),
        (texts.mask_name, "欧阳娜娜", "欧***"),
        (texts.mask_name, "张", "*"),
        (texts.mask_name, "", ""),
        (texts.mask_name, "John Smith", "J*** S****"),
        (texts.mask_name, "阿依古丽·买买提", "阿***·买**"),
        (texts.mask_identity, "440599199001011234", "440***********1234"),
        (texts.mask_identity, "440599900101001", "440********1001"),
        (texts.mask_identity, "44059919900101123434", "440" + "*" * 17),
        (texts.mask_identity, "H01234567", "H0*****67"),
        (texts.mask_phone, "19900001234", "199****1234"),
        (texts.mask_phone, "4008001234", "400****1234"),
        (texts.mask_phone, "0754-88001234", "0754-****1234"),
        (texts.mask_phone, "0754-88001234-12", "0754-****1234"),
        (texts.mask_phone, "12345", "1***5"),
        (texts.mask_other, "", ""),
        (texts.mask_other, "abc", "***"),
        (texts.mask_other, "abcdefgh", "ab****gh"),
    ],
)
def test_masks(mask, plain: str, masked: str):
    assert mask(plain) == masked


@given(st.text("abc张三12", max_size=40))
def test_the_general_mask_hides_at_least_half(text: str):
    masked = texts.mask_other(text)
    assert len(masked) == len(text)
    assert masked.count("*") * 2 >= len(text)
