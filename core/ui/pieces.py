"""Small things that every page shows the same way: cards, facts, chips, empty states, days and times."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.kernel.codes import code_name
from core.kernel.fields import CHINA
from core.kernel.i18n import _, language

Tone = Literal["", "ok", "warn", "bad", "info"]
HOUSE_TONES: dict[str, Tone] = {"owned": "ok", "rented": "warn", "unknown": "bad", "business": "info"}


def card(key: str, title: str = "", icon: str = "") -> DeltaGenerator:
    """A framed part of a page with an optional heading."""
    box = st.container(key=f"card_{key}")
    if title:
        sign = f":material/{icon}: " if icon else ""
        box.subheader(f"{sign}{title}", anchor=False)
    return box


def facts(values: Mapping[str, object]) -> None:
    """Label and value pairs; empty values show as a dash."""
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(said(value))}</dd></div>"
        for label, value in values.items()
    )
    st.html(f'<dl class="facts">{rows}</dl>')


def chips(items: Iterable[tuple[str, Tone, str]]) -> None:
    """Small marks in a row: text, tone, and what it says when pointed at."""
    marks = "".join(
        f'<span class="chip {tone}" title="{escape(why)}">{escape(text)}</span>' for text, tone, why in items
    )
    st.html(f'<div class="chips">{marks}</div>')


def empty(what: str, way: str) -> None:
    """Nothing here yet: says so, and what to do next."""
    st.html(f'<div class="empty"><strong>{escape(what)}</strong>{escape(way)}</div>')


def hint(text: str) -> None:
    """A quiet remark."""
    st.html(f'<p class="hint">{escape(text)}</p>')


def said(value: object) -> str:
    """A value as a person says it."""
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def joined(parts: Iterable[str], chinese: str = "，") -> str:
    """Parts in a row with the comma of the reader's language; `chinese` is 、 between names."""
    return (chinese if language.get().startswith("zh") else ", ").join(parts)


def coded(name: str, value: str | None) -> str:
    """The name of a code in the reader's language; the code itself when the list does not know it."""
    return code_name(name, value, lang=language.get()) if value else ""


def ago(moment: datetime | None) -> str:
    """How long ago, in the largest fitting unit."""
    if moment is None:
        return _("never")
    days = (datetime.now(CHINA) - moment).days
    if days < 1:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 60:
        return _("{n} days ago").format(n=days)
    return _("{n} months ago").format(n=days // 30)


def freshness_tone(moment: datetime | None, days: int = 180) -> Tone:
    """ok while younger than `days`, then warn; bad when it never was verified."""
    if moment is None:
        return "bad"
    return "ok" if (datetime.now(CHINA) - moment).days <= days else "warn"


def link(label: str, href: str, icon: str = "open_in_new") -> None:
    """A link to another page by its address, such as "person?id=12"."""
    name, _mark, query = href.partition("?")
    values = dict(part.split("=", 1) for part in query.split("&") if "=" in part)
    st.page_link(f"pages/{name}.py", label=label, icon=f":material/{icon}:", query_params=values)
