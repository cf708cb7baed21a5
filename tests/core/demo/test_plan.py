"""The plan of the town: parts that fill the whole, codes in order, roads with door numbers."""

from random import Random

import pytest
from shapely import Polygon, unary_union

from core.demo.ground import Ground
from core.demo.plan import SCALES, Cut, Plan, make_plan
from core.demo.town import Town, roads, spoken
from core.places.models import Level


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan of a street."""
    return make_plan(SCALES["street"], Random(1))


def drawn(plan: Plan, level: Level) -> list[Polygon]:
    """The areas of a level as they lie on the earth."""
    ground = Ground(plan)
    return [Polygon(ground.ring(node.rect)) for node in plan.root.below(level)]


@pytest.mark.parametrize("level", [Level.STREET, Level.COMMUNITY, Level.GRID])
def test_the_areas_of_a_level_cover_the_town_without_overlap(plan: Plan, level: Level):
    [whole], parts = drawn(plan, Level.DISTRICT), drawn(plan, level)
    assert all(part.is_valid for part in parts)
    assert unary_union(parts).symmetric_difference(whole).area == pytest.approx(0, abs=whole.area * 1e-9)
    assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-9)


@pytest.mark.parametrize("name", SCALES)
def test_a_scale_has_exactly_its_areas_and_about_its_homes(name: str):
    scale = SCALES[name]
    root = make_plan(scale, Random(5)).root
    counts = [len(list(root.below(level))) for level in (Level.STREET, Level.COMMUNITY, Level.GRID)]
    assert counts == [scale.streets, scale.communities, scale.grids]
    assert sum(grid.compound for grid in root.below(Level.GRID)) == scale.industry
    assert root.homes == pytest.approx(scale.houses, rel=0.02)


def test_codes_have_the_digits_of_their_level(plan: Plan):
    digits = {Level.DISTRICT: 6, Level.STREET: 9, Level.COMMUNITY: 12, Level.GRID: 15}
    for level, count in digits.items():
        codes = [node.code for node in plan.root.below(level)]
        assert {len(code) for code in codes} == {count}
        assert len(set(codes)) == len(codes)


def test_the_town_lies_in_wgs84_where_it_should(plan: Plan):
    lon, lat = zip(*Ground(plan).ring(plan.root.rect), strict=True)
    assert 116.7 < min(lon) < max(lon) < 116.78
    assert 23.24 < min(lat) < max(lat) < 23.30


def test_door_numbers_are_odd_and_even_by_side_and_never_given_twice():
    road = Cut(3, False, 0, 0, 300)
    odd = [road.number(along, odd=True) for along in (0, 3, 50, 299)]
    even = [road.number(along, odd=False) for along in (0, 3, 50, 299)]
    assert all(n % 2 for n in odd)
    assert not any(n % 2 for n in even)
    assert odd == sorted(set(odd))
    assert even == sorted(set(even))


def test_every_road_has_a_name_of_its_own_and_a_line():
    town = Town("street", 1)
    found = roads(town.plan)
    assert len({road.name for road in found}) == len(found)
    assert all(len(road.line) >= 2 and 0 <= road.rank <= 3 for road in found)


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (35, "三十五")])
def test_numbers_are_spoken_as_one_says_them(number: int, words: str):
    assert spoken(number) == words
