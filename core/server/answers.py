"""What every answer gets on its way out: security headers, and Streamlit's first page in our language."""

import base64
import hashlib
import importlib.util
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.kernel.settings import settings
from core.server.api import YEAR, language_of
from core.server.public.paths import is_public
from core.ui.assets import address

TITLE = "邻格 LinGrid"

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_AGENTS = re.compile(r'\s*<link rel="service-desc"[^>]*>')


@cache
def csp() -> str:
    """Nothing from outside; of the scripts inside a page only the ones in Streamlit's own file."""
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
    # what a route says more strictly stays
    headers.setdefault("content-security-policy", csp())
    headers["x-content-type-options"] = "nosniff"
    headers.setdefault("referrer-policy", "same-origin")
    headers.setdefault("permissions-policy", "camera=(self), microphone=(self), geolocation=(self)")
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
    """Streamlit's index.html as ours: language, name, icon, and the Chinese of its own English words."""
    chinese = language.startswith("zh")
    scripts = ("page.js", "zh.js") if chinese else ("page.js",)
    ours = "".join(f'<script src="{address(name)}"></script>\n  ' for name in scripts)
    text = _AGENTS.sub("", html).replace("</head>", f"{ours}</head>", 1)
    text = text.replace('href="./favicon.png"', f'href="{address("icon.svg")}"', 1)
    text = text.replace('<html lang="en">', f'<html lang="{"zh-CN" if chinese else "en"}">', 1)
    text = text.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>", 1)
    say = "请在浏览器中启用 JavaScript。" if chinese else "Please switch on JavaScript in your browser."
    return _NOSCRIPT.sub(f"<noscript>{say}</noscript>", text, count=1)


class FrontPage:
    """Serves `front_page` wherever a browser asks for a page of the office."""

    SKIPPED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the page whole and plain, and change it on its way out."""
        is_get = scope["type"] == "http" and scope["method"] == "GET"
        is_ours = not is_get or is_public(scope["path"])
        if is_ours or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        headers = [(k, v) for k, v in scope["headers"] if k.lower() not in self.SKIPPED]
        asked = {**scope, "headers": headers, "extensions": {}}
        await self.app(asked, receive, _Rewriting(send, language_of(Request(scope))))


class _Rewriting:
    """Holds an HTML answer back until it is whole; every other answer passes as it comes."""

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
