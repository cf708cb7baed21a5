"""Shapes as they stand in an address: what can be read, what they cover, and what is said of those that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, contains_xy

from core.browsing.shapes import Shape, outline, read_shape
from core.geo.shapes import grown, metres_of_degree
from core.kernel.i18n import speak
from core.kernel.problems import Invalid

places = st.tuples(st.floats(115, 118), st.floats(22, 25))


@pytest.mark.parametrize(
    "text",
    [
        "polygon:116.72,23.28;116.73,23.28;116.73,23.29",
        "circle:116.72,23.28;500",
        "line:116.72,23.28;116.73,23.29;30",
        "road:海滨路;30",
        "grid:440599/001/001/001/",
    ],
)
def test_a_shape_reads_as_it_is_written(text: str) -> None:
    assert str(read_shape(text)) == text


def test_an_outline_that_comes_back_to_its_start_is_the_same() -> None:
    closed = read_shape("polygon:116,23;116.1,23;116.1,23.1;116,23")
    assert str(closed) == "polygon:116,23;116.1,23;116.1,23.1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "无法识别"),
        ("star:1,2", "无法识别"),
        ("polygon:116,23;116.1,23", "三个"),
        ("polygon:116,23;116.1,23.1;116.1,23;116,23.1", "自相交"),
        ("polygon:23.28,116.72;23.29,116.72;23.2,116.8", "颠倒"),
        ("polygon:1,2;3,4;5,6", "不在中国"),
        ("polygon:nan,nan;116,23;116,24", "不在中国"),
        ("circle:116,23", "多少米"),
        ("circle:116,23;0", "20000"),
        ("circle:116,23;9999999", "20000"),
        ("circle:116,23;nan", "20000"),
        ("circle:here;500", "位置"),
        ("line:116,23;30", "两个点"),
        ("line:116,23;116,23;30", "两个点"),
        ("road:;30", "无法识别"),
        ("grid:", "无法识别"),
        ("polygon:" + "116,23;" * 600, "500"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, said: str) -> None:
    speak("zh_CN")
    with pytest.raises(Invalid) as told:
        read_shape(text)
    assert said in told.value.sentence


@given(places, st.floats(10, 5000), st.floats(0, 359))
def test_a_circle_reaches_as_far_as_it_says(here: tuple[float, float], metres: float, turn: float) -> None:
    ground = outline(Shape("circle", (here,), metres))
    edge = grown(Point(here), metres * 0.99).exterior.interpolate(turn / 360, normalized=True)
    assert ground.contains(edge)
    assert not ground.intersects(grown(Point(here), metres * 1.01).exterior)
    _west, south, _east, north = ground.bounds
    assert (north - south) * metres_of_degree(here[1])[1] == pytest.approx(2 * metres, rel=1e-3)


@given(places, places, st.floats(5, 500))
def test_a_corridor_holds_its_line(
    one: tuple[float, float], other: tuple[float, float], metres: float
) -> None:
    if abs(one[0] - other[0]) + abs(one[1] - other[1]) < 1e-4:
        return
    ground = outline(Shape("line", (one, other), metres))
    assert contains_xy(ground, *one)
    assert contains_xy(ground, *other)
    assert contains_xy(ground, (one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
