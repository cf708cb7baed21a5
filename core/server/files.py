"""Photos, documents and copies of what is held, served by our own routes only: each asks who is here and what they may.

Whoever may not have a thing gets the same answer as for one that is not there.
"""

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.attachments import taking
from core.attachments.taking import Served
from core.kernel.unit_of_work import UnitOfWork
from core.rights.copies import copy_of
from core.server.visiting import checked

Fetch = Callable[[UnitOfWork, Request], Served]
ALONE = "default-src 'none'; sandbox"
"""What is served here runs nothing, loads nothing and belongs to no page, whatever is inside."""
ENDINGS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
}
SHOWN = ("jpg", "png", "svg")
"""What a browser shows in place; the rest it saves."""


def fetched(fetch: Fetch) -> Callable[[Request], Response]:
    """A route that gives a file to whoever is signed in and may have it."""
    return checked(lambda uow, request: _given(fetch(uow, request)))


def _given(found: Served) -> Response:
    ending = ENDINGS[found.media]
    way = "inline" if ending in SHOWN else "attachment"
    headers = {
        "content-disposition": f"{way}; filename*=UTF-8''{quote(found.name, safe='')}.{ending}",
        "cache-control": "private, no-store",
        "content-security-policy": ALONE,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
    }
    return Response(found.data, headers=headers, media_type=found.media)


@fetched
def _file(uow: UnitOfWork, request: Request) -> Served:
    asked = request.query_params
    small, grant = asked.get("size") == "thumb", asked.get("grant", "")
    return taking.served(uow, request.path_params["id"], is_small=small, grant=grant)


async def file(request: Request) -> Response:
    """GET /api/files/{id}, with ?size=thumb the small form, with ?grant= a sensitive one that was given leave for."""
    return await run_in_threadpool(_file, request)


@fetched
def _held(uow: UnitOfWork, request: Request) -> Served:
    return copy_of(uow, request.path_params["id"], request.query_params.get("grant", ""))


async def held(request: Request) -> Response:
    """GET /api/held/{id}?grant=: the copy of what is held about a person, once somebody wrote down why."""
    return await run_in_threadpool(_held, request)


routes = [
    Route("/api/held/{id:int}", held, methods=["GET"]),
    Route("/api/files/{id:int}", file, methods=["GET"]),
]
