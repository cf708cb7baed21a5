"""The map's data: the catalogue of layers, their tiles, numbers and cards, for whoever is signed in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.kernel.extensions import Choice
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.mapping import queries
from core.mapping.cards import card
from core.server.visiting import checked, told

MEDIA = "application/vnd.mapbox-vector-tile"
MOST_KINDS = 100


def choice_of(asked: Mapping[str, str]) -> Choice:
    """What a map's address chooses: kinds=a,b since=2026-01-31 until= under=. Raises Invalid for days that are none."""
    kinds = sorted({kind for kind in asked.get("kinds", "").split(",") if kind})[:MOST_KINDS]
    days = {name: _day(name, asked.get(name, "")) for name in ("since", "until")}
    return Choice(kinds=tuple(kinds), under=asked.get("under", "")[:60], **days)


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as trouble:
        said = _("This is not a day of the calendar; write it as 2026-01-31.")
        raise Invalid(said, **{name: said}) from trouble


# --- tiles ------------------------------------------------------------------------------------------------


@checked
def _tile(uow: UnitOfWork, request: Request) -> Response:
    asked, choice = request.path_params, choice_of(request.query_params)
    known = [each.strip().removeprefix("W/").strip('"') for each in _marks(request)]
    drawn = queries.tile(uow, asked["layer"], asked["z"], asked["x"], asked["y"], choice, known)
    headers = {"etag": f'"{drawn.mark}"', "cache-control": "private, no-cache", "vary": "Cookie"}
    if drawn.data is None:
        return Response(None, 304, headers)
    return Response(drawn.data, 200, {**headers, "content-encoding": "gzip"}, MEDIA)


def _marks(request: Request) -> list[str]:
    return request.headers.get("if-none-match", "").split(",")


async def tile(request: Request) -> Response:
    """GET /tiles/{layer}/{z}/{x}/{y}.pbf?kinds=&since=&until=&under=: a vector tile, packed; 304 for a known one."""
    return await run_in_threadpool(_tile, request)


# --- what belongs to a layer ------------------------------------------------------------------------------


@checked
def _layers(uow: UnitOfWork, _request: Request) -> Response:
    return told([_layer(line) for line in queries.catalogue(uow)])


def _layer(line: queries.LayerLine) -> dict[str, Any]:
    """A layer in the words of the browser."""
    return {
        "name": line.name,
        "title": line.title,
        "about": line.about,
        "group": line.group,
        "groupTitle": line.group_title,
        "icon": line.icon,
        "shape": line.shape,
        "legend": [vars(kind) for kind in line.legend],
        "fromZoom": line.from_zoom,
        "isDated": line.is_dated,
        "isOn": line.is_on,
        "hasKinds": line.has_kinds,
        "showsThings": line.shows_things,
        "opens": line.opens,
        "stamp": line.stamp,
    }


async def layers(request: Request) -> Response:
    """GET /api/map/layers: the catalogue of whoever asks, in their language."""
    return await run_in_threadpool(_layers, request)


@checked
def _numbers(uow: UnitOfWork, request: Request) -> Response:
    asked = request.query_params
    level = asked.get("level", "grid")
    if level not in queries.LEVELS:
        raise Invalid(_("This is not one of the choices."), level=_("This is not one of the choices."))
    found = queries.numbers(uow, request.path_params["layer"], level, choice_of(asked))
    return told([{**vars(one), "count": one.count} for one in found])


async def numbers(request: Request) -> Response:
    """GET /api/map/numbers/{layer}?level=grid: how many there are in each area, for the list beside the map."""
    return await run_in_threadpool(_numbers, request)


@checked
def _card(uow: UnitOfWork, request: Request) -> Response:
    found = card(uow, request.path_params["layer"], request.path_params["id"])
    facts = [(label, _said(value)) for label, value in found.facts.items() if value not in (None, "")]
    links = [{"label": link.label, "href": link.href, "icon": link.icon} for link in found.links]
    return told({"title": found.title, "facts": facts, "links": links})


def _said(value: object) -> object:
    """A value as a card shows it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d")
    return value if isinstance(value, int | float) else str(value)


async def thing(request: Request) -> Response:
    """GET /api/map/card/{layer}/{id}: the essentials of a thing, masked for whoever asks."""
    return await run_in_threadpool(_card, request)


routes = [
    Route("/tiles/{layer:str}/{z:int}/{x:int}/{y:int}.pbf", tile, methods=["GET"]),
    Route("/api/map/layers", layers, methods=["GET"]),
    Route("/api/map/numbers/{layer:str}", numbers, methods=["GET"]),
    Route("/api/map/card/{layer:str}/{id:int}", thing, methods=["GET"]),
]
