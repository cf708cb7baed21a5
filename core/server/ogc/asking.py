"""The parameters of a request: what is unknown or malformed is an error, as Core demands."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from math import isfinite

from starlette.requests import Request

from core.geo.mercator import Box
from core.geofiles.queries import Window
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.problems import Problem

LIMIT, MOST = 1000, 10_000
"""Features of a page when nobody says, and at most; QGIS asks for the first."""


class Malformed(Problem):
    """A parameter that there is not, or not so."""


def check(request: Request, *known: str) -> None:
    """Raises Malformed for a parameter that is unknown or given twice."""
    names = [name for name, _value in request.query_params.multi_items()]
    for name in names:
        if name not in (*known, "f") or names.count(name) > 1:
            raise Malformed(_("There is no parameter {name} here, or it stands twice.").format(name=name))
    if (form := request.query_params.get("f", "json")) not in ("json", "geojson"):
        raise Malformed(_("Only JSON is given here, not {form}.").format(form=form))


def limit_of(request: Request) -> int:
    """How many features; more than the most is the most."""
    return min(_number(request, "limit", LIMIT, least=1), MOST)


def after_of(request: Request) -> int:
    """The number after which the page begins."""
    return _number(request, "after", 0, least=0)


def _number(request: Request, name: str, otherwise: int, *, least: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdecimal()) or int(text[:18]) < least:
        raise _malformed(name, text)
    return int(text[:18])


def window_of(request: Request) -> Window:
    """Boxes and days of a request."""
    window = Window(boxes=_boxes(request.query_params.get("bbox")))
    span = request.query_params.get("datetime")
    if span is None:
        return window
    since, until = _span(span)
    return replace(window, since=since, until=until)


def _boxes(text: str | None) -> tuple[Box, ...]:
    """West, south, east, north; of six numbers the heights are left. A box across the 180th meridian is two."""
    if text is None:
        return ()
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6) or not all(isfinite(n) for n in numbers):
        raise _malformed("bbox", text)
    west, south, east, north = numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])
    if south > north or max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise _malformed("bbox", text)
    if west <= east:
        return (Box(west, south, east, north),)
    return Box(west, south, 180.0, north), Box(-180.0, south, east, north)


def _span(text: str) -> tuple[date | None, date | None]:
    """An instant, or the two ends of an interval, either of which may be open."""
    parts = text.split("/")
    if len(parts) > 2:
        raise _malformed("datetime", text)
    ends = [_day(part, text, is_end=len(parts) == 2) for part in parts]
    since, until = ends[0], ends[-1]
    if (since and until and since > until) or (len(parts) == 2 and ends == [None, None] and text != "../.."):
        raise _malformed("datetime", text)
    return since, until


OPEN: Collection[str] = ("", "..")


def _day(part: str, whole: str, *, is_end: bool) -> date | None:
    """A day in China of an RFC 3339 instant or day; None for an open end."""
    if is_end and part in OPEN:
        return None
    try:
        if len(part) == 10:
            return date.fromisoformat(part)
        found = datetime.fromisoformat(part.upper().replace("Z", "+00:00"))
    except ValueError:
        raise _malformed("datetime", whole) from None
    if found.tzinfo is None:
        raise _malformed("datetime", whole)
    return found.astimezone(CHINA).date()


def _malformed(name: str, text: str) -> Malformed:
    return Malformed(_("{name} cannot be {text}.").format(name=name, text=text[:60]))
