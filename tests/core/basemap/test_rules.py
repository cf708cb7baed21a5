"""Which addresses the pictures of a source have, which sources cannot be, and how pieces are found by tiles."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.basemap.rules import addresses, check_source, deepest_rank, quad_around, quad_of, quads_above
from core.geo.mercator import Tile, tile_at
from core.kernel.problems import Invalid

TILE = Tile(15, 26990, 14201)


def asked(kind: str, address: str = "", layers: str = "", matrix: str = "", key: str = "geheim") -> list[str]:
    """The addresses of one tile."""
    return addresses(kind, address, layers, matrix, key, TILE)


def test_an_xyz_address_is_filled_in() -> None:
    assert asked("xyz", "https://a.example/{z}/{x}/{y}.png") == ["https://a.example/15/26990/14201.png"]
    assert asked("xyz", "https://a.example/{z}/{x}/{-y}") == [
        f"https://a.example/15/26990/{2**15 - 1 - 14201}"
    ]
    assert asked("xyz", "https://t{0-3}.a.example/{z}/{x}/{y}?k={key}") == [
        f"https://t{(26990 + 14201) % 4}.a.example/15/26990/14201?k=geheim"
    ]


def test_a_key_cannot_leave_its_place_in_the_address() -> None:
    assert asked("xyz", "https://a.example/{z}/{x}/{y}?k={key}", key="a&b=/..")[0].endswith(
        "?k=a%26b%3D%2F.."
    )


def test_tianditu_is_asked_layer_by_layer_with_the_key_of_the_office() -> None:
    image, names = asked("tianditu", layers="img+cia")
    assert "/img_w/wmts?" in image and "LAYER=img&" in image and image.endswith("tk=geheim")
    assert "/cia_w/wmts?" in names and "TILEMATRIX=15&TILEROW=14201&TILECOL=26990" in names


def test_wmts_is_asked_by_its_standard_or_by_places_of_its_own() -> None:
    (plain,) = asked("wmts", "https://a.example/wmts?token={key}&FORMAT=image/jpeg", "ortho", "EPSG3857")
    assert plain.startswith("https://a.example/wmts?token=geheim&FORMAT=image/jpeg&SERVICE=WMTS&")
    assert "LAYER=ortho&" in plain and "TILEMATRIXSET=EPSG3857&" in plain and plain.count("FORMAT") == 1
    (rest,) = asked(
        "wmts", "https://a.example/{Layer}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.jpg", "ortho"
    )
    assert rest == "https://a.example/ortho/GoogleMapsCompatible/15/14201/26990.jpg"


GOOD: list[dict[str, Any]] = [
    {"kind": "xyz", "address": "http://192.168.1.9:8080/{z}/{x}/{y}.png"},
    {"kind": "wmts", "address": "https://a.example/wmts", "layers": "ortho"},
    {"kind": "tianditu", "layers": "vec+cva", "key": "geheim"},
    {"kind": "mbtiles", "file": "航拍2025.mbtiles"},
    {"kind": "pmtiles", "file": "a.PMTILES"},
]
BAD: list[tuple[dict[str, Any], str]] = [
    ({"kind": "xyz", "address": ""}, "address"),
    ({"kind": "xyz", "address": "file:///etc/passwd?{z}{x}{y}"}, "address"),
    ({"kind": "xyz", "address": "ftp://a.example/{z}/{x}/{y}"}, "address"),
    ({"kind": "xyz", "address": "https://user:word@a.example/{z}/{x}/{y}"}, "address"),
    ({"kind": "xyz", "address": "https://a.example/{z}/{x}.png"}, "address"),
    ({"kind": "xyz", "address": "https://a.example/{z}/{x}/{y}/{secret}"}, "address"),
    ({"kind": "xyz", "address": "https://{key}/{z}/{x}/{y}"}, "address"),
    ({"kind": "xyz", "address": "https://[a.example/{z}/{x}/{y}"}, "address"),
    ({"kind": "xyz", "address": "https://a.example:99999/{z}/{x}/{y}"}, "address"),
    ({"kind": "wmts", "address": "https://a.example/wmts"}, "layers"),
    ({"kind": "tianditu", "layers": "img+cia"}, "key"),
    ({"kind": "tianditu", "layers": "", "key": "geheim"}, "layers"),
    ({"kind": "tianditu", "layers": "../x", "key": "geheim"}, "layers"),
    ({"kind": "mbtiles", "file": "../office.db"}, "file"),
    ({"kind": "mbtiles", "file": "a.pmtiles"}, "file"),
    ({"kind": "pmtiles", "file": ".pmtiles"}, "file"),
]


@pytest.mark.parametrize("values", GOOD, ids=lambda v: f"{v['kind']}")
def test_a_source_that_can_be_asked(values: dict[str, Any]) -> None:
    check_source(values)


@pytest.mark.parametrize(("values", "at"), BAD, ids=lambda v: str(v))
def test_a_source_that_cannot_be_is_told_at_its_field(values: dict[str, Any], at: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_source(values)
    assert caught.value.fields[at]


places = st.tuples(st.floats(73, 135), st.floats(18, 53))


@given(one=places, other=places, z=st.integers(0, 16))
def test_a_piece_is_found_from_every_tile_it_reaches(
    one: tuple[float, float], other: tuple[float, float], z: int
) -> None:
    west, east = sorted((one[0], other[0]))
    south, north = sorted((one[1], other[1]))
    quad, asked_for = quad_around(west, south, east, north), quad_of(tile_at(west, north, z))
    assert quad.startswith(asked_for) or quad in quads_above(asked_for)


def test_far_away_only_the_great_pieces_are_drawn() -> None:
    ranks = [deepest_rank(z) for z in range(20)]
    assert ranks == sorted(ranks) and ranks[0] == 0 and ranks[-1] == 9
