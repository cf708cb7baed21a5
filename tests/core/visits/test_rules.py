"""The way round a grid, and the mark of what somebody saw."""

from hypothesis import given
from hypothesis import strategies as st

from core.visits.rules import counted, mark, nearest, walk

degrees = st.floats(0, 0.01, allow_nan=False)
spots = st.lists(st.tuples(degrees, degrees), max_size=12).map(
    lambda found: tuple((n, 116.7 + lon, 23.2 + lat) for n, (lon, lat) in enumerate(found))
)


@given(spots)
def test_everybody_has_a_turn_of_their_own(found: tuple[tuple[int, float, float], ...]) -> None:
    assert sorted(walk(found).values()) == list(range(len(found)))


def test_a_street_is_walked_from_one_end_to_the_other() -> None:
    street = [(n, 116.7 + n / 1000, 23.2) for n in (3, 1, 5, 2, 4)]
    assert sorted(walk(tuple(street)), key=walk(tuple(street)).get) == [1, 2, 3, 4, 5]  # type: ignore[arg-type]


def test_buildings_without_a_place_come_last() -> None:
    assert walk(((1, None, None), (2, 116.7, 23.2))) == {2: 0, 1: 1}
    assert walk(()) == {}


def test_the_mark_changes_with_any_record_and_not_with_their_order() -> None:
    people = [("Person", 1, 3), ("Person", 2, 1)]
    assert mark(people) == mark(people[::-1]) != mark([("Person", 1, 4), ("Person", 2, 1)])
    assert len(mark([])) == 16


def test_units_and_rooms_are_counted() -> None:
    assert sorted(["10单元", "2单元", "", "A座"], key=counted) == ["", "A座", "2单元", "10单元"]


def test_the_closest_area_around_a_grid_says_how_many_days() -> None:
    assert nearest(["1/", "1/2/", "1/3/"], "1/2/5/") == "1/2/"
    assert nearest(["1/3/"], "1/2/5/") is None
