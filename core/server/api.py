"""Our own routes. Streamlit's XSRF guard covers its uploads and its websocket only, so every POST route here
checks where it comes from."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.accounts import cookies, door
from core.accounts.door import commands
from core.kernel.database import office
from core.kernel.i18n import LANGUAGES, _, speak
from core.kernel.problems import Invalid, Problem, Refused

MOST = 4096  # bytes: a ticket is short
YEAR = 365 * 24 * 3600

Handler = Callable[[Request, dict[str, Any]], Awaitable[Response]]


def language_of(request: Request) -> str:
    """The language of the browser's cookie, else the office's."""
    chosen = request.cookies.get(cookies.LANGUAGE, "")
    return chosen if chosen in LANGUAGES else office().settings.language


def is_same_origin(request: Request) -> bool:
    """Whether the browser says that our own page sends this."""
    origin = request.headers.get("origin")
    if origin:
        return urlsplit(origin).netloc == request.headers.get("host")
    return request.headers.get("sec-fetch-site") == "same-origin"


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that came. Raises Invalid for anything else, or for too much of it."""
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > MOST:
            raise Invalid(_("This message is too long."))
    try:
        found = json.loads(raw or b"{}")
    except ValueError as trouble:
        raise Invalid(_("This message cannot be read.")) from trouble
    if not isinstance(found, dict):
        raise Invalid(_("This message cannot be read."))
    return found


def posted(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A route for our own pages only; a Problem becomes its status and its sentence."""

    async def route(request: Request) -> Response:
        speak(language_of(request))
        try:
            if not is_same_origin(request):
                raise Refused(_("This did not come from a page of this office."))
            answer = await handler(request, await _body(request))
        except Problem as trouble:
            answer = JSONResponse({"ok": False, "message": trouble.sentence}, trouble.status)
        answer.headers["cache-control"] = "no-store"
        return answer

    return route


def _is_https(request: Request) -> bool:
    """Whether the browser speaks https, also when a proxy in front of us ends it."""
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")


def _keep(answer: Response, request: Request, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name, value, seconds, path="/", secure=_is_https(request), httponly=True, samesite="lax"
    )


@posted
async def start_session(request: Request, body: dict[str, Any]) -> Response:
    """POST /api/session {"ticket"}: the ticket of a sign-in becomes the cookie."""
    ticket = str(body.get("ticket", ""))
    opened = await run_in_threadpool(lambda: commands.open_session(door.gate(), ticket))
    answer = JSONResponse({"ok": True})
    _keep(answer, request, cookies.NAME, cookies.write(opened.token), office().settings.session_hours * 3600)
    _keep(answer, request, cookies.LANGUAGE, opened.language, YEAR)
    return answer


@posted
async def end_session(request: Request, body: dict[str, Any]) -> Response:
    """POST /api/session/end: sign out this browser, here and from what Streamlit remembers of a provider."""
    token = cookies.read(request.cookies.get(cookies.NAME))
    if token:
        await run_in_threadpool(lambda: commands.end_session(door.gate(), token))
    answer = JSONResponse({"ok": True})
    for name in request.cookies:
        if name == cookies.NAME or name.startswith("_streamlit_user"):
            answer.delete_cookie(name, path="/", secure=_is_https(request), httponly=True, samesite="lax")
    return answer


@posted
async def choose_language(request: Request, body: dict[str, Any]) -> Response:
    """POST /api/language {"language"}: what this browser speaks before anybody has signed in."""
    if body.get("language") not in LANGUAGES:
        raise Invalid(_("This language is not spoken here."))
    answer = JSONResponse({"ok": True})
    _keep(answer, request, cookies.LANGUAGE, body["language"], YEAR)
    return answer


def _answers() -> bool:
    with office().reader.connect() as connection:
        return bool(connection.exec_driver_sql("SELECT 1").scalar())


async def health(request: Request) -> Response:
    """GET /api/health: whether the office can work; says nothing about anybody."""
    try:
        ok = await run_in_threadpool(_answers)
    except Exception:  # whatever it is, the answer is that it does not work
        ok = False
    return JSONResponse({"ok": ok}, 200 if ok else 503, {"cache-control": "no-store"})


routes = [
    Route("/api/session", start_session, methods=["POST"]),
    Route("/api/session/end", end_session, methods=["POST"]),
    Route("/api/language", choose_language, methods=["POST"]),
    Route("/api/health", health, methods=["GET"]),
]
