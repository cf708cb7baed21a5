"""The routes of the API: each asks who is here, checks every parameter and answers with one document."""

import gzip
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.geofiles import queries
from core.geofiles.commands import export_layer
from core.kernel.database import office
from core.kernel.i18n import _, speak
from core.kernel.problems import Missing, Problem, Refused
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork
from core.server.api import language_of
from core.server.ogc import documents
from core.server.ogc.asking import Malformed, after_of, check, limit_of, window_of
from core.server.ogc.basic import whose
from core.server.ogc.documents import GEOJSON, JSON, OPENAPI, Json
from core.server.ogc.openapi import api


@dataclass(frozen=True)
class File:
    """A file to be saved under a name."""

    data: bytes
    name: str
    media: str


Made = Callable[[UnitOfWork, Request, str], Json | File]
WORTH = 1400
"""Bytes from which an answer is packed: less fits one packet of the network anyway."""
PATH = "/ogc"
AGAIN = {"www-authenticate": 'Basic realm="LinGrid", charset="UTF-8"'}


def answering(media: str, *known: str) -> Callable[[Made], Callable[[Request], Awaitable[Response]]]:
    """A route that gives a document of a media type and knows these parameters besides `f`."""

    def mark(make: Made) -> Callable[[Request], Awaitable[Response]]:
        def work(request: Request) -> Response:
            speak(language_of(request))
            try:
                return _answer(request, _made(make, request, known), media)
            except Problem as trouble:
                return _told(trouble.status, trouble.sentence)

        async def route(request: Request) -> Response:
            return await run_in_threadpool(work, request)

        return route

    return mark


class Unknown(Problem):
    """Nobody knows who asks: a program is to ask its person for name and password."""

    status = 401


def _made(make: Made, request: Request, known: tuple[str, ...]) -> Json | File:
    try:
        actor = whose(request)
    except Refused as trouble:
        raise Unknown(trouble.sentence) from trouble
    if actor is None:
        raise Unknown(_("Sign in with the name and password of your account."))
    speak(actor.language)
    if actor.must_change:
        raise Refused(_("Sign in in the browser first and choose a password of your own."))
    check(request, *known)
    return make(office().uow(actor), request, base_of(request))


def base_of(request: Request) -> str:
    """The address of the API as the program knows it; a proxy may end https in front of us."""
    host = request.headers.get("host", "localhost")
    is_https = request.url.scheme == "https" or settings().origin.startswith("https")
    return f"{'https' if is_https else 'http'}://{host}{PATH}"


def _answer(request: Request, document: Json | File, media: str) -> Response:
    if isinstance(document, File):
        name = f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"
        headers = {"content-disposition": name, "cache-control": "private, no-store"}
        return Response(document.data, headers=headers, media_type=document.media)
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"cache-control": "private, no-store", "vary": "Authorization, Cookie, Accept-Encoding"}
    if len(body) > WORTH and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = gzip.compress(body, 5), "gzip"
    return Response(body, headers=headers, media_type=media)


def _told(status: int, sentence: str) -> Response:
    again = AGAIN if status == Unknown.status else {}
    headers = {"cache-control": "no-store", **again}
    return JSONResponse(documents.trouble(status, sentence), status, headers)


@answering(JSON)
def landing(_uow: UnitOfWork, _request: Request, base: str) -> Json:
    """GET /ogc/: the way in."""
    _uow.require("map.connect")
    return documents.landing(base)


@answering(JSON)
def conformance(_uow: UnitOfWork, _request: Request, _base: str) -> Json:
    """GET /ogc/conformance: the parts of the standard that are kept."""
    return {"conformsTo": documents.CONFORMS}


@answering(OPENAPI)
def description(uow: UnitOfWork, _request: Request, base: str) -> Json:
    """GET /ogc/api: what can be asked."""
    return api(base, queries.sources(uow))


@answering(JSON)
def collections(uow: UnitOfWork, _request: Request, base: str) -> Json:
    """GET /ogc/collections: the layers."""
    return documents.collections(base, queries.sources(uow))


@answering(JSON)
def collection(uow: UnitOfWork, request: Request, base: str) -> Json:
    """GET /ogc/collections/{layer}: one layer."""
    return documents.collection(base, queries.source(uow, request.path_params["layer"]))


@answering(GEOJSON, "bbox", "datetime", "limit", "after")
def items(uow: UnitOfWork, request: Request, base: str) -> Json:
    """GET /ogc/collections/{layer}/items: a page of features."""
    layer, limit = request.path_params["layer"], limit_of(request)
    found = queries.features(uow, layer, window_of(request), after_of(request), limit)
    here = f"{base}/collections/{layer}/items"
    asked = dict(request.query_params)
    following = f"{here}?{urlencode({**asked, 'after': found.after})}" if found.after else None
    return documents.items(f"{here}?{urlencode(asked)}" if asked else here, following, found)


@answering(GEOJSON)
def item(uow: UnitOfWork, request: Request, base: str) -> Json:
    """GET /ogc/collections/{layer}/items/{id}: one feature."""
    layer, number = request.path_params["layer"], request.path_params["number"]
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return documents.single(base, queries.source(uow, layer), queries.feature(uow, layer, int(number)))


@answering(GEOJSON, "form", "purpose")
def file(uow: UnitOfWork, request: Request, _base: str) -> File:
    """GET /ogc/collections/{layer}/file?form=gpkg&purpose=: a whole layer, for a purpose that is written down.

    A page of somebody else must not make a browser save one, since that stands in the log.
    """
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise Refused(_("This did not come from a page of this office."))
    form, layer = request.query_params.get("form", "gpkg"), request.path_params["layer"]
    if form not in documents.FILES:
        raise Malformed(_("There is no such form of file."))
    data = export_layer(uow, layer, request.query_params.get("purpose", ""), form)
    return File(data, f"{layer}.{form}", documents.FILES[form])


routes = [
    Route(PATH, landing, methods=["GET"]),
    Route(f"{PATH}/", landing, methods=["GET"]),
    Route(f"{PATH}/api", description, methods=["GET"]),
    Route(f"{PATH}/conformance", conformance, methods=["GET"]),
    Route(f"{PATH}/collections", collections, methods=["GET"]),
    Route(f"{PATH}/collections/{{layer}}", collection, methods=["GET"]),
    Route(f"{PATH}/collections/{{layer}}/file", file, methods=["GET"]),
    Route(f"{PATH}/collections/{{layer}}/items", items, methods=["GET"]),
    Route(f"{PATH}/collections/{{layer}}/items/{{number}}", item, methods=["GET"]),
]
