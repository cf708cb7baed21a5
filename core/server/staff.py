"""Where staff on a shift are, for the live map; where they were, for the replay; and where a worker's own phone is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.kernel.discovery import discover
from core.kernel.extensions import PositionSource
from core.kernel.i18n import _, speak
from core.kernel.problems import Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.server.api import is_same_origin, language_of
from core.server.visiting import checked, told
from core.staff import commands, queries

MOST = 262_144
"""Bytes of one message of positions."""
SOURCES = "core.position_sources"


def _live(uow: UnitOfWork, request: Request) -> Response:
    people = [_plain(asdict(one)) for one in queries.live(uow, request.query_params.get("under", ""))]
    return unless_known(request, {"people": people})


def _track(uow: UnitOfWork, request: Request) -> Response:
    own = request.query_params.get("own") == "1"
    look = queries.my_track if own else queries.track
    return told(_plain(asdict(look(uow, request.path_params["shift"]))))


def _taken(uow: UnitOfWork, request: Request, body: bytes) -> Response:
    source = discover(SOURCES, PositionSource).get(request.path_params["source"])
    if source is None:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    fixes = source.read(dict(request.query_params), body)
    return told(asdict(commands.take_positions(uow, fixes, request.path_params["source"])))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Moments as text of ISO 8601, everything else as it is."""
    return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in values.items()}


def unless_known(request: Request, data: Any) -> Response:
    """Data in JSON with a mark of its content; 304 without a body for who has it already."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"etag": mark, "cache-control": "private, no-cache", "vary": "Cookie"}
    if request.headers.get("if-none-match") == mark:
        return Response(None, 304, headers)
    return Response(body, 200, headers, "application/json")


async def positions(request: Request) -> Response:
    """POST /api/staff/positions/{source}: positions of whoever is signed in, in the words of a protocol."""
    if not is_same_origin(request):
        speak(language_of(request))
        return told({"message": _("This did not come from a page of this office.")}, Refused.status)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            return told({"message": _("This message is too long.")}, Invalid.status)

    def take(uow: UnitOfWork, asked: Request) -> Response:
        return _taken(uow, asked, body)

    return await run_in_threadpool(checked(take, is_polled=True), request)


live = checked(_live, is_polled=True)
track = checked(_track)
routes = [
    Route("/api/map/live", live, methods=["GET"]),
    Route("/api/map/track/{shift:int}", track, methods=["GET"]),
    Route("/api/staff/positions/{source:str}", positions, methods=["POST"]),
]
