"""How addresses are written: one form for numbers and the words beside them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.places.writing import arabic, below, half_width, normalise


@given(
    st.text(
        "海滨路湖苑村巷一二十百〇零三0128AB号幢栋座楼#单元梯门层室房户铺首负地下之附-、/无() 东西，原",
        max_size=16,
    )
)
@example("号附1号附2号")
@example("B1楼-3楼-301")
def test_normalising_twice_changes_nothing(text: str):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("han", "digits"),
    [
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("九十九", "99"),
        ("一百零二", "102"),
        ("三百二十一", "321"),
        ("二〇三", "203"),
        ("一二零三", "1203"),
        ("五一路", "51路"),
        ("十十", "十十"),
    ],
)
def test_chinese_numbers_are_read(han: str, digits: str):
    assert arabic(han) == digits


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("三号楼二梯〇五房", "3幢2单元05室"),
        ("８＃２门３０１", "8幢2单元301"),
        ("三门路7號", "三门路7号"),
        ("五一路二楼", "五一路2层"),
        ("负一层", "-1层"),
        ("12号之一", "12-1号"),
        ("12 14号", "12-14号"),
        (" 无 ", ""),
        ("/", ""),
    ],
)
def test_each_way_of_writing_has_its_form(written: str, normal: str):
    assert normalise(written) == normal


def test_only_whole_area_names_at_the_front_are_taken_off():
    assert below("东湖社区大道1号", ("东湖社区",)) == "东湖社区大道1号"
    assert below("海滨路东湖社区", ("东湖社区",)) == "海滨路东湖社区"
    assert below("海滨路", ()) == "海滨路"


def test_blanks_vanish_but_never_join_two_numbers():
    assert half_width(" 龙湖苑 8 2　301 ") == "龙湖苑8-2-301"
