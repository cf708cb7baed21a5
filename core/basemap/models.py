"""What the base map is drawn from, and where pictures of the land come from."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, field_validator
from sqlalchemy import JSON, ColumnElement, true
from sqlmodel import Field

from core.kernel.crypto import Sealed
from core.kernel.fields import Secret, field
from core.kernel.i18n import N_
from core.kernel.identifiers import clean_text
from core.kernel.records import AreaRecord, Bound

WHAT, FROM, SHOWN = N_("What it is"), N_("Where it comes from"), N_("What stands under the map")


class OpenRecord(AreaRecord):
    """A record of the whole office: everybody who may ask sees it, wherever they stand. `area` is whose who made it."""

    @classmethod
    def seen_from(cls, low: Bound, high: Bound, above: Bound) -> ColumnElement[bool]:
        """Everything."""
        return true()


class BaseFeature(OpenRecord, table=True):
    """A piece of the base map. `shape` is a GeoJSON geometry in WGS-84; `rank` 0 is drawn first and widest.

    `quad` names the smallest tile around the whole shape, a digit 0-3 for each zoom: what a tile shows stands in it,
    below it or in the few tiles above it. `origin` is the file or program that it came with.
    """

    audited: ClassVar[bool] = False
    __tablename__ = "base_feature"

    kind: str = field(N_("Kind"), max_length=12, codes="base_kind")
    name: str = field(N_("Name"), default="", max_length=60)
    rank: int = field(N_("Rank"), default=2, ge=0, le=9)
    shape: dict[str, Any] = Field(sa_type=JSON, nullable=False)
    quad: str = Field(max_length=24, index=True)
    origin: str = Field(max_length=80, index=True)


def _sealed(value: object) -> object:
    return Sealed("map_key", plain=clean_text(value, longest=200)) if isinstance(value, str) else value


Key = Annotated[Secret, BeforeValidator(_sealed)]


class MapSource(OpenRecord, table=True):
    """Pictures of the land, tile by tile, from a file of the office or from a service; browsers get them from us only.

    What is asked of a service follows from `kind`: rules.py says how an address is written.
    """

    __tablename__ = "map_source"

    title: str = field(N_("Title"), min_length=1, max_length=40, group=WHAT)
    kind: str = field(N_("Kind of source"), max_length=12, codes="map_source_kind", group=WHAT)
    address: str = field(
        N_("Address"),
        default="",
        max_length=500,
        group=FROM,
        help=N_(
            "With {z}, {x} and {y}; {-y} counts from the south, {0-7} is one of several servers, {key} the key."
        ),
    )
    layers: str = field(
        N_("Layers"),
        default="",
        max_length=80,
        group=FROM,
        help=N_("Names as the service has them; with + one is drawn over the other, such as img+cia."),
    )
    matrix: str = field(
        N_("Tile matrix set"),
        default="",
        max_length=80,
        group=FROM,
        help=N_("For WMTS; empty for the usual one."),
    )
    key: Key | None = field(
        N_("Key of the service"),
        default=None,
        sealed="map_key",
        group=FROM,
        help=N_("Kept sealed; it never leaves the server."),
    )
    file: str = field(
        N_("File"),
        default="",
        max_length=120,
        group=FROM,
        help=N_("Its name in the folder basemap of the data folder."),
    )
    is_own_server: bool = field(
        N_("A server of our own"),
        default=False,
        group=FROM,
        help=N_("Only then an address inside our own network is asked."),
    )
    system: str = field(
        N_("Coordinate system"),
        default="wgs84",
        max_length=8,
        codes="coordinate_system",
        group=FROM,
        help=N_("Pictures in GCJ-02 and BD-09 are moved to where they belong."),
    )
    max_zoom: int = field(
        N_("Deepest zoom"),
        default=18,
        ge=1,
        le=22,
        group=SHOWN,
        help=N_("Beyond it the pictures are enlarged."),
    )
    attribution: str = field(
        N_("Attribution"),
        default="",
        max_length=120,
        group=SHOWN,
        help=N_("Whose map it is; stands on every map."),
    )
    approval: str = field(
        N_("Map approval number"),
        default="",
        max_length=60,
        group=SHOWN,
        help=N_("审图号, as the publisher prints it; stands on every map."),
    )
    is_active: bool = field(N_("Offered on the map"), default=True, group=SHOWN)

    @field_validator("title", "attribution", "approval", "layers", "matrix", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        return clean_text(value, longest=120) if isinstance(value, str) else value

    @field_validator("address", "file", mode="before")
    @classmethod
    def _trim(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("key", mode="before")
    @classmethod
    def _may_be_empty(cls, value: object) -> object:
        return value or None
