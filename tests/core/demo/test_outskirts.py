"""What lies around the invented town: right shapes, the town on dry land, and the same for the same seed."""

import shapely
from shapely.geometry import shape

from core.demo.ground import Ground
from core.demo.numbers import Numbers
from core.demo.outskirts import pieces, rows
from core.demo.plan import Plan
from core.demo.town import Town

PLAN = Town("community", 1).plan


def drawn(plan: Plan, kind: str) -> list[shapely.Geometry]:
    """The shapes of a kind."""
    return [shape(geometry) for of, _name, _rank, geometry in pieces(plan) if of == kind]


def test_every_piece_is_a_right_shape_in_the_country() -> None:
    for kind, _name, rank, geometry in pieces(PLAN):
        one = shape(geometry)
        assert one.is_valid and not one.is_empty, kind
        west, south, east, north = one.bounds
        assert 110 < west <= east < 123 and 20 < south <= north < 27 and rank in range(10)


def test_the_town_stands_on_dry_land() -> None:
    town = shapely.Polygon(Ground(PLAN).ring(PLAN.root.rect))
    (land,) = drawn(PLAN, "land")
    assert land.contains(town)
    assert not any(water.intersects(town) for water in drawn(PLAN, "water"))


def test_everything_has_a_name_that_a_map_would_write() -> None:
    named = {name for kind, name, _rank, _shape in pieces(PLAN) if kind in ("road", "water", "rail", "place")}
    assert "" not in named and {"青屿河", "滨海铁路", "银帆湾"} <= named


def test_the_same_seed_gives_the_same_pieces() -> None:
    again = Town("community", 1).plan
    assert list(rows(PLAN, Numbers())) == list(rows(again, Numbers()))
