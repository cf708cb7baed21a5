"""What lies under the map, for whoever is signed in: our own tiles, pictures of the land, and which there are.

A picture that comes from a service is fetched here: the browser learns neither its address nor the key.
"""

from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.basemap import queries as basemap
from core.basemap.rasters import picture
from core.geo.mercator import Tile
from core.kernel.database import office
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork
from core.server.visiting import checked, told

VECTOR = "application/vnd.mapbox-vector-tile"
DAY, SHORT = 86_400, 30
"""Seconds for which a browser keeps a picture, and the clear tile in the place of a missing one."""


def _tile(request: Request) -> Tile:
    """The tile that is asked for. Raises Missing for one that is none."""
    tile = Tile(*(request.path_params[name] for name in "zxy"))
    if not tile.is_real:
        raise Missing(_("There is no such tile."))
    return tile


@checked
def _bases(uow: UnitOfWork, request: Request) -> Response:
    names = {"max_zoom": "maxZoom"}
    found = [asdict(base) for base in basemap.bases(uow)]
    return told([{names.get(name, name): value for name, value in base.items()} for base in found])


@checked
def _plan(uow: UnitOfWork, request: Request) -> Response:
    marks = request.headers.get("if-none-match", "").split(",")
    known = [mark.strip().removeprefix("W/").strip('"') for mark in marks]
    found = basemap.base_tile(uow, _tile(request), known)
    headers = {"etag": f'"{found.mark}"', "cache-control": "private, no-cache", "vary": "Cookie"}
    if found.data is None:
        return Response(None, 304, headers)
    return Response(found.data, 200, {**headers, "content-encoding": "gzip"}, VECTOR)


@checked
def _picture(uow: UnitOfWork, request: Request) -> Response:
    source = basemap.picture_source(uow, request.path_params["source"])
    found = picture(office().settings.data, source, _tile(request))
    headers = {"cache-control": f"private, max-age={DAY if found.is_found else SHORT}"}
    return Response(found.data, headers=headers, media_type=found.media)


async def bases(request: Request) -> Response:
    """GET /api/map/bases: what can lie under the map."""
    return await run_in_threadpool(_bases, request)


async def plan(request: Request) -> Response:
    """GET /tiles/base/{z}/{x}/{y}.pbf: our own base map, a vector tile."""
    return await run_in_threadpool(_plan, request)


async def raster(request: Request) -> Response:
    """GET /tiles/raster/{source}/{z}/{x}/{y}: a picture of the land; where there is none, a clear one."""
    return await run_in_threadpool(_picture, request)


PLACE = "{z:int}/{x:int}/{y:int}"
routes = [
    Route("/api/map/bases", bases, methods=["GET"]),
    Route(f"/tiles/base/{PLACE}.pbf", plan, methods=["GET"]),
    Route(f"/tiles/raster/{{source:int}}/{PLACE}", raster, methods=["GET"]),
]
