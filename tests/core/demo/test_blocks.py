"""What stands in a grid: inside it, apart from each other, with as many doors as planned."""

import pytest
from shapely import Polygon, unary_union

from core.demo.blocks import FORMS, Block
from core.demo.homes import doors
from core.demo.town import Town


@pytest.fixture(scope="module")
def town() -> Town:
    """A whole community, with every kind of neighbourhood."""
    return Town("community", 4)


@pytest.fixture(scope="module")
def blocks(town: Town) -> list[Block]:
    """Its built grids."""
    return town.blocks(town.communities()[0])


def test_buildings_stand_inside_their_grid_and_not_in_each_other(town: Town, blocks: list[Block]):
    for block in blocks:
        grid = Polygon(town.ground.ring(block.grid.rect))
        prints = [Polygon(town.ground.footprint(lot.a, lot.b, lot.width, lot.depth)) for lot in block.lots]
        assert all(grid.contains(one) for one in prints)
        assert unary_union(prints).area == pytest.approx(sum(one.area for one in prints), rel=1e-6)


def test_an_institution_has_ground_of_its_own_inside_the_grid(town: Town, blocks: list[Block]):
    built = [block for block in blocks if block.institution and block.ground]
    assert len(built) == town.plan.scale.industry
    for block in built:
        assert block.ground is not None
        ground = Polygon(town.ground.ring(block.ground))
        assert Polygon(town.ground.ring(block.grid.rect)).contains(ground)
        halls = [lot for lot in block.lots if lot.form == "hall"]
        assert halls
        assert all(ground.contains(Polygon(town.ground.footprint(h.a, h.b, h.width, h.depth))) for h in halls)


def test_a_grid_has_about_the_doors_it_should_have(blocks: list[Block]):
    for block in blocks:
        assert sum(lot.homes for lot in block.lots) == pytest.approx(block.grid.homes, rel=0.15, abs=12)


def test_no_building_is_higher_than_its_kind(blocks: list[Block]):
    assert all(1 <= lot.floors <= FORMS[lot.form].highest for block in blocks for lot in block.lots)


def test_a_building_has_the_doors_it_counts_and_each_once(blocks: list[Block]):
    for lot in (lot for block in blocks for lot in block.lots):
        found = list(doors(lot))
        assert len(found) == len(set(found)) == lot.homes
        assert all(1 <= floor <= lot.floors for _unit, floor, _room in found)


def test_the_community_has_every_kind_of_neighbourhood(blocks: list[Block]):
    assert {block.grid.style for block in blocks} == {"tower", "slab", "old", "village"}
