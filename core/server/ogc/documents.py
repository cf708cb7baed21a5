"""The documents of the API as plain dicts: landing page, conformance, collections, features.

QGIS refuses a landing page without `service-desc` of exactly this type and `data`; it takes the fields of a layer from
the first ten features, and its size of page from the description of the API.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from core.geofiles.queries import Feature, Found, Source
from core.kernel.i18n import _

PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
CONFORMS = [f"{PART_1}/{part}" for part in ("core", "geojson", "oas30")]
JSON, GEOJSON = "application/json", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
FILES = {"gpkg": "application/geopackage+sqlite3", "geojson": GEOJSON}
"""Forms in which a whole layer is given, and their media types."""
Json = dict[str, Any]


def link(rel: str, href: str, media: str = JSON, title: str = "") -> Json:
    """A link as every document has it."""
    return {"rel": rel, "href": href, "type": media, **({"title": title} if title else {})}


def landing(base: str) -> Json:
    """The way in; `base` is the address of the API without a slash at its end."""
    return {
        "title": _("LinGrid layers"),
        "description": _("The layers of the map, as far as this account may see them."),
        "links": [
            link("self", f"{base}/"),
            link("service-desc", f"{base}/api", OPENAPI, _("Description of the API")),
            link("conformance", f"{base}/conformance"),
            link("data", f"{base}/collections", title=_("Layers")),
        ],
    }


def collections(base: str, found: Sequence[Source]) -> Json:
    """Every layer."""
    return {
        "links": [link("self", f"{base}/collections")],
        "collections": [collection(base, one) for one in found],
    }


def collection(base: str, one: Source) -> Json:
    """A layer: where it lies, and where its features are."""
    here = f"{base}/collections/{one.name}"
    spatial = {"bbox": [list(one.box)], "crs": CRS84}
    temporal = {"temporal": {"interval": [[None, None]], "trs": GREGORIAN}} if one.is_dated else {}
    return {
        "id": one.name,
        "title": one.title,
        "description": one.about,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {"spatial": spatial, **temporal},
        "links": [
            link("self", here),
            link("items", f"{here}/items", GEOJSON, one.title),
            *(_enclosures(here) if one.may_save else []),
        ],
    }


def _enclosures(here: str) -> list[Json]:
    """The whole layer as a file; whoever saves it says what for."""
    title = _("The whole layer; add purpose=… to say what for and for whom")
    return [link("enclosure", f"{here}/file?form={form}", media, title) for form, media in FILES.items()]


def feature(one: Feature) -> Json:
    """A feature as GeoJSON has it."""
    return {"type": "Feature", "id": one.id, "geometry": one.geometry, "properties": one.properties}


def single(base: str, source: Source, one: Feature) -> Json:
    """A feature alone, with links to itself and its layer."""
    here = f"{base}/collections/{source.name}"
    links = [link("self", f"{here}/items/{one.id}", GEOJSON), link("collection", here, title=source.title)]
    return {**feature(one), "links": links}


def items(here: str, following: str | None, found: Found) -> Json:
    """A page of features; `here` and `following` are the addresses of this page and the next."""
    links = [link("self", here, GEOJSON)]
    links += [link("next", following, GEOJSON)] if following else []
    return {
        "type": "FeatureCollection",
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": found.matched,
        "numberReturned": len(found.items),
        "links": links,
        "features": [feature(one) for one in found.items],
    }


def trouble(status: int, sentence: str) -> Json:
    """What is wrong, as every error says it."""
    return {"code": str(status), "description": sentence}
