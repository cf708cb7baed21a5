"""What must be true of a source of pictures, and which addresses its pictures have."""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from core.geo.mercator import Tile, tile_at
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid

SERVICES = Path(__file__).parents[2] / "data" / "map" / "services.toml"
PLAN = "plan"
"""The kind of source that says whose our own plan is, and under which number it was approved."""
FILES = {"mbtiles": ".mbtiles", "pmtiles": ".pmtiles"}
"""Kinds of source that are files, and how their names end."""
MATRIX = "GoogleMapsCompatible"
PLACE = re.compile(r"\{(-?[A-Za-z]+|[0-9a-z]-[0-9a-z])\}")
KNOWN = {"z", "x", "y", "-y", "key", "layer", "matrix", "style"}
ALIASES = {"tilematrix": "z", "tilecol": "x", "tilerow": "y", "tilematrixset": "matrix"}
"""What the places of a WMTS address are called in its standard."""
NEEDED = N_("The address must have places for {places}.")


@cache
def services() -> dict[str, dict[str, Any]]:
    """Public services by their kind: address, attribution and usual layers."""
    return tomllib.loads(SERVICES.read_text(encoding="utf-8"))


def check_source(values: Mapping[str, Any]) -> None:
    """Raises Invalid, with a sentence at the field, for a source that could never be asked."""
    kind = str(values.get("kind") or "")
    if kind == PLAN:
        return
    if kind in FILES:
        _check_file(kind, str(values.get("file") or ""))
    elif kind == "tianditu":
        _need(values, "layers", _("Say which layers, such as {example}.").format(example="img+cia"))
        _need(values, "key", _("This service is used with a key of your own."))
        if not re.fullmatch(r"[a-z]+(\+[a-z]+)*", str(values["layers"])):
            _wrong("layers", _("Say which layers, such as {example}.").format(example="img+cia"))
    else:
        check_address(str(values.get("address") or ""), is_wmts=kind == "wmts")
        if kind == "wmts":
            _need(values, "layers", _("Say which layer, as the service calls it."))


def _check_file(kind: str, name: str) -> None:
    if not name.lower().endswith(FILES[kind]) or "/" in name or "\\" in name or name.startswith("."):
        said = _("This is the name of a file in the folder basemap, ending in {ending}.")
        _wrong("file", said.format(ending=FILES[kind]))


def check_address(address: str, *, is_wmts: bool = False) -> None:
    """Raises Invalid for anything but an http or https address with the places a picture needs."""
    parts = _parts(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        _wrong("address", _("This must be an address that begins with http:// or https://."))
    if any("-" not in name[1:] for name in PLACE.findall(parts.netloc)):
        _wrong(
            "address",
            _("Of the server's name only its number may vary, such as {example}.").format(example="{0-7}"),
        )
    names = {_place(name) for name in PLACE.findall(address)}
    if unknown := [name for name in names if name not in KNOWN and "-" not in name[1:]]:
        _wrong("address", _("Nothing is known of {place} in the address.").format(place=f"{{{unknown[0]}}}"))
    wanted = {"z", "x"} - names | ({"y"} if not names & {"y", "-y"} else set())
    if wanted and not (is_wmts and not names & {"z", "x", "y"}):
        _wrong("address", _(NEEDED).format(places=" ".join(f"{{{name}}}" for name in sorted(wanted))))


def _parts(address: str) -> SplitResult:
    """An address in its parts, all empty when it is none."""
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.port != 0:  # one that is no number is told only now
            return parts
    return urlsplit("")


def _need(values: Mapping[str, Any], name: str, sentence: str) -> None:
    if not values.get(name):
        _wrong(name, sentence)


def _wrong(name: str, sentence: str) -> None:
    raise Invalid(sentence, **{name: sentence})


def _place(name: str) -> str:
    return ALIASES.get(name.lower(), name.lower())


def addresses(kind: str, address: str, layers: str, matrix: str, key: str, tile: Tile) -> list[str]:
    """Where the pictures of a tile are, the lowest first; more than one are drawn over each other."""
    pattern = str(services()[kind]["address"]) if kind in services() else address
    if kind == "wmts":
        pattern = _asked(pattern)
    return [_filled(pattern, layer, matrix or MATRIX, key, tile) for layer in layers.split("+") or [""]]


def _asked(address: str) -> str:
    """A WMTS address with everything that its question needs; one with places of its own stays as it is."""
    if PLACE.search(address) and {_place(name) for name in PLACE.findall(address)} & {"z", "x", "y"}:
        return address
    there = {name.upper() for name in parse_qs(urlsplit(address).query, keep_blank_values=True)}
    asked = {
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": "1.0.0",
        "LAYER": "{layer}",
        "STYLE": "default",
        "TILEMATRIXSET": "{matrix}",
        "FORMAT": "image/png",
        "TILEMATRIX": "{z}",
        "TILEROW": "{y}",
        "TILECOL": "{x}",
    }
    more = "&".join(f"{name}={value}" for name, value in asked.items() if name not in there)
    return f"{address}{'&' if '?' in address else '?'}{more}"


def _filled(pattern: str, layer: str, matrix: str, key: str, tile: Tile) -> str:
    values = {
        "z": tile.z,
        "x": tile.x,
        "y": tile.y,
        "-y": (1 << tile.z) - 1 - tile.y,
        "layer": layer,
        "matrix": matrix,
        "style": "default",
        "key": key,
    }

    def one(match: re.Match[str]) -> str:
        name = _place(match[1])
        return quote(str(values[name]), safe=":") if name in values else _server(name, tile.x + tile.y)

    return PLACE.sub(one, pattern)


def _server(span: str, turn: int) -> str:
    """One of several servers, "0-7" or "a-c": neighbouring tiles ask different ones."""
    first, last = ord(span[0]), ord(span[2])
    return chr(first + turn % (last - first + 1)) if last >= first else span[0]


# --- pieces of the base map -----------------------------------------------------------------------------

RANKS = ((8, 0), (10, 1), (12, 2), (13, 3))
"""Below a zoom only pieces up to a rank are drawn; from the last one on all."""


def deepest_rank(z: int) -> int:
    """The rank down to which pieces are drawn at a zoom."""
    return next((rank for below, rank in RANKS if z < below), 9)


def quad_of(tile: Tile) -> str:
    """A tile as a digit for each zoom, so that the tiles below it begin with it."""
    return "".join(
        str((tile.x >> level & 1) | (tile.y >> level & 1) << 1) for level in reversed(range(tile.z))
    )


def quads_above(quad: str) -> list[str]:
    """The names of the tiles above one, from the whole world down."""
    return [quad[:length] for length in range(len(quad))]


def quad_around(west: float, south: float, east: float, north: float) -> str:
    """The name of the smallest tile around a box of degrees."""
    one, other = (quad_of(tile_at(lon, lat, 22)) for lon, lat in ((west, north), (east, south)))
    return "".join(a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=True)))
