"""What the map asks while somebody looks around: keywords, shapes, the nearest, and how it was left."""

from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.browsing import commands, queries
from core.browsing.queries import Category, Found, Inside, LayerCount, Near, Thing, ViewLine
from core.browsing.shapes import read_place
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.server.api import posted
from core.server.tiles import choice_of
from core.server.visiting import checked, told, visitor
from core.ui.find import icon_of, page_of

LONGEST_WORDS, DIGITS = 100, 4


# --- keywords ---------------------------------------------------------------------------------------------


@checked
def _find(uow: UnitOfWork, request: Request) -> Response:
    typed = request.query_params.get("q", "")[:LONGEST_WORDS]
    found, categories = queries.find(uow, typed), queries.categories(uow, typed)
    return told({"hits": [_hit(one) for one in found], "categories": [_category(one) for one in categories]})


async def find(request: Request) -> Response:
    """GET /api/map/find?q=: what the words find with where it stands, and the layers and kinds called so."""
    return await run_in_threadpool(_find, request)


def _hit(one: Found) -> dict[str, Any]:
    hit, spot = one.hit, one.spot
    place = {"lon": spot.lon, "lat": spot.lat, "polygon": spot.polygon}
    said = {"kind": hit.kind, "id": str(hit.id), "title": hit.title, "body": hit.body, **place}
    if hit.kind == "place":
        return {**said, "icon": "pin_drop", "href": ""}
    name, parameters = page_of(hit)
    return {**said, "icon": icon_of(hit), "href": f"/{name}?{urlencode(parameters)}"}


def _category(one: Category) -> dict[str, Any]:
    return {**vars(one), "kinds": list(one.kinds)}


# --- inside and near --------------------------------------------------------------------------------------


@checked
def _inside(uow: UnitOfWork, request: Request) -> Response:
    asked = request.query_params
    shape, chosen = asked.get("shape", ""), choice_of(asked)
    if "layer" in asked:
        page = queries.things_inside(uow, shape, asked["layer"], chosen, asked.get("after"))
        return told({"items": [_thing(one) for one in page.items], "after": page.after})
    return told(_counts(shape, queries.inside(uow, shape, chosen)))


async def inside(request: Request) -> Response:
    """GET /api/map/inside?shape=: the counts inside of a shape; with &layer= (and &after=) one layer as a list."""
    return await run_in_threadpool(_inside, request)


def _counts(shape: str, found: Inside) -> dict[str, Any]:
    return {
        "shape": shape,
        "title": found.title,
        "area": found.m2,
        "outline": found.outline,
        "layers": [_layer(shape, one) for one in found.layers],
    }


def _layer(shape: str, one: LayerCount) -> dict[str, Any]:
    said = {"name": one.name, "title": one.title, "group": one.group, "groupTitle": one.group_title}
    address = urlencode({"shape": shape, "layer": one.name})
    more = {"list": f"/map_area?{address}" if one.is_listed else ""}
    return {**said, "icon": one.icon, "total": one.total, "kinds": [vars(kind) for kind in one.kinds], **more}


def _thing(one: Thing) -> dict[str, Any]:
    href = f"/{one.href}" if one.href else ""
    said = {"id": str(one.id), "title": one.title, "kind": one.kind, "colour": one.colour}
    return {**said, "lon": one.lon, "lat": one.lat, "href": href}


@checked
def _near(uow: UnitOfWork, request: Request) -> Response:
    asked = request.query_params
    layers = tuple(name for name in asked.get("layers", "").split(",") if name)
    wanted = asked.get("limit", "")[:DIGITS]
    limit = int(wanted) if wanted.isdecimal() else 10
    found = queries.nearest(uow, *read_place(asked.get("at", "")), layers, choice_of(asked), limit)
    return told({"items": [_near_thing(one) for one in found]})


async def near(request: Request) -> Response:
    """GET /api/map/near?at=lon,lat&layers=&kinds=&limit=: the nearest things."""
    return await run_in_threadpool(_near, request)


def _near_thing(one: Near) -> dict[str, Any]:
    return {"layer": one.layer, **_thing(one.thing), "distance": one.metres, "bearing": one.bearing}


# --- what is kept -----------------------------------------------------------------------------------------


@checked
def _choice(uow: UnitOfWork, request: Request) -> Response:
    return told({"choice": queries.my_choice(uow)})


async def choice(request: Request) -> Response:
    """GET /api/map/choice: how I left the map."""
    return await run_in_threadpool(_choice, request)


@posted
async def keep_choice(request: Request, body: dict[str, Any]) -> Response:
    """POST /api/map/choice {"choice"}: remember how I leave the map."""
    wanted = body.get("choice")
    if not isinstance(wanted, dict):
        raise Invalid(_("This message cannot be read."))
    await run_in_threadpool(lambda: commands.keep_choice(visitor(request), wanted))
    return told({"ok": True})


@checked
def _views(uow: UnitOfWork, request: Request) -> Response:
    return told({"views": [_view(one) for one in queries.my_views(uow)]})


async def views(request: Request) -> Response:
    """GET /api/map/views: the views I keep, the newest first."""
    return await run_in_threadpool(_views, request)


def _view(one: ViewLine) -> dict[str, Any]:
    link = f"/map?view={one.token}" if one.token else f"/map?{one.address}"
    return {
        "id": str(one.id),
        "title": one.title,
        "address": one.address,
        "isShared": bool(one.token),
        "link": link,
    }


routes = [
    Route("/api/map/find", find, methods=["GET"]),
    Route("/api/map/inside", inside, methods=["GET"]),
    Route("/api/map/near", near, methods=["GET"]),
    Route("/api/map/choice", choice, methods=["GET"]),
    Route("/api/map/choice", keep_choice, methods=["POST"]),
    Route("/api/map/views", views, methods=["GET"]),
]
