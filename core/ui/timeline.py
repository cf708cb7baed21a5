"""Who lived where over the years, as bars: of a house by people, of a person by homes."""

from collections.abc import Callable, Sequence
from datetime import date

from core.kernel.codes import codes
from core.kernel.i18n import _, language
from core.people.queries import StayLine
from core.ui.component import leading
from core.ui.pieces import ago, coded, freshness_tone

_TIMELINE = leading("timeline")
SHORTEST, MOST_TICKS, WHOLE = 366, 4, 100
"""Days that are shown at least, marks along the axis at most, and its length."""


def house_bars(stays: Sequence[StayLine], *, key: str) -> None:
    """Everybody of one house, those of now first; a line opens its period."""
    _bars(stays, lambda one: one.name, key)


def person_bars(stays: Sequence[StayLine], *, key: str) -> None:
    """Every home of one person, that of now first; a line opens its period."""
    _bars(stays, lambda one: one.address, key)


def days(from_on: date | None, to_on: date | None) -> str:
    """A period in words: 2021-03-01 – now."""
    first, last = from_on or _("not known"), to_on or _("now")
    return f"{first} – {last}"


def _bars(stays: Sequence[StayLine], label: Callable[[StayLine], str], key: str) -> None:
    today = date.today()
    known = [day for one in stays for day in (one.from_on, one.to_on) if day]
    first = min(known, default=today).toordinal()
    span = max(today.toordinal() - first, SHORTEST)
    kinds = codes("residence_kind", lang=language.get())
    there = {one.kind for one in stays}
    data = {
        "rows": [_row(one, label(one), today.toordinal() - span, span) for one in stays],
        "ticks": _ticks(today, span),
        "legend": [{"kind": kind, "label": name} for kind, name in kinds.items() if kind in there],
    }
    _TIMELINE(key, data)


def _row(one: StayLine, label: str, first: int, span: int) -> dict[str, object]:
    ends = (one.from_on.toordinal() if one.from_on else first, (one.to_on or date.today()).toordinal())
    start, stop = (round(WHOLE * (day - first) / span, 2) for day in ends)
    said = days(one.from_on, one.to_on)
    source = coded("sources", one.source)
    return {
        "label": label,
        "note": " · ".join(part for part in (coded("residence_kind", one.kind), said, source) if part),
        "mark": _mark(one),
        "kind": one.kind,
        "from": start,
        "to": stop,
        "open": one.to_on is None,
        "unknown": one.from_on is None,
        "href": f"/stay?id={one.residence_id}",
        "title": f"{label} · {said}",
    }


def _mark(one: StayLine) -> dict[str, str] | None:
    """Whether somebody looked at it, where it matters: at those of now, and at what was said otherwise before."""
    if one.to_on is None and one.verified_at is None:
        return {"tone": "warn", "text": _("not verified")}
    if one.to_on is None:
        tone = freshness_tone(one.verified_at)
        return {"tone": tone, "text": _("Verified {when}").format(when=ago(one.verified_at))}
    return {"tone": "warn", "text": _("corrected")} if one.corrected else None


def _ticks(today: date, span: int) -> list[dict[str, object]]:
    """Years along the axis, as far apart as leaves room for their names, and today at its end."""
    first = today.toordinal() - span
    start = date.fromordinal(first).year
    step = max(1, -(-(today.year - start) // MOST_TICKS))
    years = range(start + 1, today.year + 1, step)
    marks = [(str(year), (date(year, 1, 1).toordinal() - first) / span) for year in years]
    room = [(name, share) for name, share in marks if 0.04 < share < 0.82]
    told = [(str(date.fromordinal(first)), 0.0), *room, (_("today"), 1.0)]
    return [{"label": name, "at": round(WHOLE * share, 2)} for name, share in told]
