"""The web server around the screens: our own routes, the headers of every answer, and what happens at start-up.

Streamlit's own XSRF guard covers uploads and its websocket only, so every POST route here checks where it comes from.
"""

import base64
import gc
import hashlib
import importlib
import importlib.util
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.accounts import cookies, door, passwords
from core.accounts.door import commands
from core.kernel.crypto import keyring
from core.kernel.database import office
from core.kernel.i18n import LANGUAGES, _, speak
from core.kernel.problems import Invalid, Problem, Refused
from core.kernel.settings import settings
from core.ui.assets import address

MOST = 4096  # bytes: a ticket is short
YEAR = 365 * 24 * 3600
WARM = ("pandas", "pyarrow")
TITLE = "邻格 LinGrid"

# --- our own routes -------------------------------------------------------------------------------------------

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
        name, value, max_age=seconds, path="/", secure=_is_https(request), httponly=True, samesite="lax"
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

# --- every answer ---------------------------------------------------------------------------------------------

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_AGENTS = re.compile(r'\s*<link rel="service-desc"[^>]*>')


@cache
def csp() -> str:
    """Nothing from outside: scripts are ours, and of those inside a page only the ones in Streamlit's own file."""
    spec = importlib.util.find_spec("streamlit")
    index = Path(str(spec and spec.origin)).parent / "static" / "index.html"
    digests = (hashlib.sha256(s.encode()).digest() for s in _INLINE.findall(index.read_text("utf-8")))
    known = " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
    return (
        f"default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval' {known}; worker-src 'self' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; "
        "font-src 'self' data:; frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    )


def _safe(headers: MutableHeaders, is_https: bool) -> None:
    headers["content-security-policy"] = csp()
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "same-origin"
    headers["permissions-policy"] = "camera=(self), microphone=(self), geolocation=(self)"
    headers["x-frame-options"] = "SAMEORIGIN"
    if is_https:
        headers["strict-transport-security"] = f"max-age={YEAR}"


class SafeHeaders:
    """Security headers on every answer, Streamlit's and ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add them as the answer starts."""
        is_https = scope.get("scheme") == "https" or settings().origin.startswith("https")

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                _safe(MutableHeaders(scope=message), is_https)
            await send(message)

        await self.app(scope, receive, out if scope["type"] == "http" else send)


def front_page(html: str, language: str) -> str:
    """Streamlit's index.html as ours: language, name, and the Chinese of its own few English words."""
    chinese = language.startswith("zh")
    script = f'<script src="{address("zh.js")}"></script>\n  </head>' if chinese else "</head>"
    text = _AGENTS.sub("", _COMMENT.sub("", html)).replace("</head>", script, 1)
    text = text.replace('<html lang="en">', f'<html lang="{"zh-CN" if chinese else "en"}">', 1)
    text = text.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>", 1)
    say = "请在浏览器中启用 JavaScript。" if chinese else "Please switch on JavaScript in your browser."
    return _NOSCRIPT.sub(f"<noscript>{say}</noscript>", text, count=1)


class FrontPage:
    """Serves `front_page` wherever a browser asks for a page."""

    SKIPPED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the page whole and plain, and change it on its way out."""
        wanted = scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].startswith("/app/")
        if not wanted or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        headers = [(k, v) for k, v in scope["headers"] if k.lower() not in self.SKIPPED]
        asked = {**scope, "headers": headers, "extensions": {}}
        await self.app(asked, receive, _Rewriting(send, language_of(Request(scope))))


class _Rewriting:
    """Holds an HTML answer back until it is whole; everything else passes."""

    def __init__(self, send: Send, language: str) -> None:
        self.send, self.language = send, language
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        """One part of the answer."""
        if message["type"] == "http.response.start":
            if "text/html" in Headers(raw=message["headers"]).get("content-type", ""):
                self.start = message
                return
        elif self.start is not None:
            self.body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._finish(self.start)
            return
        await self.send(message)

    async def _finish(self, start: Message) -> None:
        page = front_page(self.body.decode(), self.language).encode()
        headers = MutableHeaders(scope=start)
        for name in ("etag", "last-modified", "accept-ranges"):
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(page))
        headers["cache-control"], headers["vary"] = "no-cache", "Cookie"
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page})


middleware = [Middleware(SafeHeaders), Middleware(FrontPage)]

# --- start-up -------------------------------------------------------------------------------------------------


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Open the office, load what the first visitor would wait for, and spare the garbage collector all of it.

    Streamlit collects after every run: 67 ms each with these modules loaded, 4 ms once they are frozen.
    """
    opened = office()
    for name in WARM:
        importlib.import_module(name)
    passwords.fits("", "")
    gc.collect()
    gc.freeze()
    yield
    opened.close()


def secrets() -> dict[str, Any]:
    """What `st.login` needs when an OpenID provider is set; else nothing."""
    chosen = settings()
    if not chosen.oidc_client_id:
        return {}
    office()
    auth = {
        "redirect_uri": f"{chosen.origin}/oauth2callback",
        "cookie_secret": keyring().key("openid").hex(),
        "client_id": chosen.oidc_client_id,
        "client_secret": chosen.oidc_client_secret.get_secret_value(),
        "server_metadata_url": chosen.oidc_metadata_url,
    }
    return {"auth": auth}
