"""The description of the API (OpenAPI 3.0), made from the layers that the actor may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.geofiles.queries import Source
from core.kernel.i18n import _
from core.server.ogc.asking import LIMIT, MOST
from core.server.ogc.documents import FILES, GEOJSON, JSON, Json

F = {"$ref": "#/components/parameters/f"}
ITEMS = ("bbox", "datetime", "limit", "after", "f")


def api(base: str, found: Sequence[Source]) -> Json:
    """Everything that can be asked, and what comes of it."""
    paths: Json = {
        "/": _get(_("Landing page"), [F]),
        "/api": _get(_("Description of the API"), [F]),
        "/conformance": _get(_("Conformance"), [F]),
        "/collections": _get(_("Layers"), [F]),
    }
    for one in found:
        here = f"/collections/{one.name}"
        parameters = [{"$ref": f"#/components/parameters/{name}"} for name in ITEMS]
        paths[here] = _get(one.title, [F])
        paths[f"{here}/items"] = _get(one.title, parameters, GEOJSON)
        if one.may_save:
            asked = [{"$ref": f"#/components/parameters/{name}"} for name in ("form", "purpose")]
            paths[f"{here}/file"] = _get(one.title, asked, FILES["gpkg"])
        number = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
        paths[f"{here}/items/{{id}}"] = _get(
            one.title, [number, F], GEOJSON, {"404": _answer(JSON, "trouble")}
        )
    return {
        "openapi": "3.0.3",
        "info": {"title": _("LinGrid layers"), "version": "1.0.0"},
        "servers": [{"url": base}],
        "security": [{"basic": []}],
        "paths": paths,
        "components": {
            "parameters": _parameters(),
            "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}},
            "schemas": {"trouble": _trouble(), **{one.name: _schema(one) for one in found}},
        },
    }


def _get(
    title: str, parameters: Sequence[Json], media: str = JSON, more: Mapping[str, Json] | None = None
) -> Json:
    answers = {"200": _answer(media), "400": _answer(JSON, "trouble"), "401": _answer(JSON, "trouble")}
    return {
        "get": {"summary": title, "parameters": list(parameters), "responses": answers | dict(more or {})}
    }


def _answer(media: str, schema: str = "") -> Json:
    shape = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}
    return {"description": _("The answer"), "content": {media: {"schema": shape}}}


def _parameters() -> Json:
    whole = {"type": "integer", "minimum": 0}
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    found: list[tuple[str, Json]] = [
        ("bbox", {"schema": numbers, "style": "form", "explode": False}),
        ("datetime", {"schema": {"type": "string"}}),
        ("limit", {"schema": {**whole, "minimum": 1, "maximum": MOST, "default": LIMIT}}),
        ("after", {"schema": whole}),
        ("f", {"schema": {"type": "string", "enum": ["json", "geojson"], "default": "json"}}),
    ]
    forms = {"schema": {"type": "string", "enum": list(FILES), "default": next(iter(FILES))}}
    found += [("form", forms), ("purpose", {"required": True, "schema": {"type": "string"}})]
    return {name: {"name": name, "in": "query", "required": False, **more} for name, more in found}


def _trouble() -> Json:
    texts = {name: {"type": "string"} for name in ("code", "description")}
    return {"type": "object", "required": ["code"], "properties": texts}


def _schema(one: Source) -> Json:
    known: dict[str, Any] = {
        each.name: {"type": each.kind, "title": each.label, "nullable": True} for each in one.properties
    }
    return {"type": "object", "title": one.title, "properties": known}
