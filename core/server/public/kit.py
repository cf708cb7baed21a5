"""What every page for everybody is made with: plain HTML from a template, a form that was read with care, headers that
keep tokens at home, and a friendly page for whatever goes wrong. It works without JavaScript and without an account."""

import ipaddress
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Message, Receive

from core.accounts import cookies
from core.kernel.fields import CHINA
from core.kernel.i18n import LANGUAGES, N_, _, language, speak
from core.kernel.problems import Invalid, Problem, Refused
from core.server.api import YEAR, is_same_origin, language_of
from core.ui.assets import code

LOG = logging.getLogger(__name__)
TEMPLATES = Path(__file__).with_name("templates")
MOST_BYTES = 25_000_000
MOST_FIELDS, MOST_FILES = 200, 6
LONGEST = 500
_GOES_ON = re.compile(r"\n[ \t]+(?![-#\s])")
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "strict-origin",
    "x-robots-tag": "noindex",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "vary": "Cookie",
}
"""`strict-origin`: a token in an address goes into nobody's log as the page somebody came from; with `no-referrer` the
browser would keep the origin of our own forms to itself, too."""
HEADINGS = {
    403: N_("This is not possible"),
    404: N_("Not found"),
    410: N_("No longer valid"),
    429: N_("Too often"),
    503: N_("Please try again later"),
}
OTHER = N_("This did not work")


class Limited(Problem):
    """Somebody did this too often."""

    status = HTTPStatus.TOO_MANY_REQUESTS


@dataclass(frozen=True)
class Form:
    """What a page sent: texts and contents of files by the names of their fields."""

    values: Mapping[str, list[str]] = field(default_factory=dict)
    contents: Mapping[str, list[bytes]] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """The text of a field without blanks around it, of bearable length."""
        return (self.values.get(name) or [default])[-1].strip()[:LONGEST]

    def texts(self, name: str) -> list[str]:
        """All texts of a field that may stand several times."""
        return [one.strip()[:LONGEST] for one in self.values.get(name, [])]

    def files(self, name: str) -> list[bytes]:
        """The contents of the files chosen in a field; none for a field left empty."""
        return self.contents.get(name, [])


Handler = Callable[[Request, Form], Response]


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=_, asset=lambda name: code(f"public/{name}"), wording=wording, day=_day)
    return made


def _day(moment: datetime) -> str:
    """A moment as people here read it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def wording(text: str) -> Markup:
    """A consent text as HTML: a line that begins with # is a heading, with - an item, any other one a paragraph; words
    between ** are strong, and an indented line goes on with the one before."""
    html = Markup("")
    for line in filter(None, map(str.strip, _GOES_ON.sub("", text).splitlines())):
        form = (
            "<h3>{}</h3>" if line.startswith("#") else "<p>· {}</p>" if line.startswith("-") else "<p>{}</p>"
        )
        words = enumerate(line.lstrip("#- ").split("**"))
        html += Markup(form).format(
            Markup("").join(Markup("<b>{}</b>").format(one) if n % 2 else one for n, one in words)
        )
    return html


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page from `templates/<template>.html`, in the language being spoken."""
    spoken = language.get()
    other = next(name for name in LANGUAGES if name != spoken)
    more: dict[str, Any] = {
        "lang": "zh-CN" if spoken == "zh_CN" else spoken,
        "other": other,
        "other_name": LANGUAGES[other],
    }
    switch = request.url.include_query_params(lang=other)
    more["switch"] = f"{switch.path}?{switch.query}"
    html = _templates().get_template(f"{template}.html").render({**more, "request": request, **values})
    return HTMLResponse(html, status, HEADERS)


def go(address: str) -> Response:
    """On to another of our pages, by a GET."""
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, HEADERS)


def public(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A route for everybody: the form is read (nothing from other sites), then the handler works in a thread."""

    async def route(request: Request) -> Response:
        try:
            form = await _form(request) if request.method == "POST" else Form()
        except Problem as trouble:
            return await run_in_threadpool(_spoken, request, _told(trouble))
        return await run_in_threadpool(_spoken, request, lambda: handler(request, form))

    return route


def _told(trouble: Problem) -> Callable[[], Response]:
    """Somebody who only raises: so that trouble with the form becomes a page like any other."""

    def tell() -> Response:
        raise trouble

    return tell


def _spoken(request: Request, work: Callable[[], Response]) -> Response:
    wanted = request.query_params.get("lang", "")
    speak(wanted if wanted in LANGUAGES else language_of(request))
    try:
        answer = work()
    except Problem as trouble:
        answer = problem(request, trouble.status, trouble.sentence)
    except Exception:  # a person waits in front of a phone: a page in any case; what it was stands in the log
        LOG.exception("a page for everybody failed")
        answer = problem(
            request, 500, _("Something went wrong here. What you typed is kept; please try again later.")
        )
    if wanted in LANGUAGES:
        keep_cookie(answer, request, cookies.LANGUAGE, wanted, YEAR, "/")
    return answer


def problem(request: Request, status: int, sentence: str, *, heading: str = "", **values: Any) -> Response:
    """A page that says what is wrong and where to turn."""
    said = heading or _(HEADINGS.get(status, OTHER))
    return page(request, "problem", status, heading=said, sentence=sentence, **values)


async def _form(request: Request) -> Form:
    """The form that came. Raises Refused for one from another site, Invalid for one that is too large or broken."""
    if not is_same_origin(request):
        raise Refused(_("This did not come from a page of this office."))
    limited = Request(request.scope, _measured(request.receive))
    try:
        read = await limited.form(max_fields=MOST_FIELDS, max_files=MOST_FILES)
    except (MultiPartException, HTTPException, ValueError) as trouble:
        raise Invalid(_("This message cannot be read.")) from trouble
    values: dict[str, list[str]] = {}
    contents: dict[str, list[bytes]] = {}
    for name, one in read.multi_items():
        if not isinstance(one, UploadFile):
            values.setdefault(name, []).append(one)
        elif one.size:
            contents.setdefault(name, []).append(await one.read())
    await read.close()
    return Form(values, contents)


def _measured(receive: Receive) -> Receive:
    """The same messages, up to `MOST_BYTES` of them."""
    taken = 0

    async def take() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise Invalid(_("These pictures are too large. Send fewer, or smaller ones."))
        return message

    return take


def keep_cookie(answer: Response, request: Request, name: str, value: str, seconds: int, path: str) -> None:
    """A cookie that only our own pages send back, over https where the office speaks it."""
    is_https = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")
    answer.set_cookie(name, value, seconds, path=path, secure=is_https, httponly=True, samesite="strict")


def address_of(request: Request) -> str:
    """Where a request comes from; of IPv6 the half that stays the same. uvicorn believes what the proxy on this machine
    says about it (X-Forwarded-For)."""
    host = request.client.host if request.client else ""
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)
