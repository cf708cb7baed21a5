"""Facts of a record one below the other, each with a dot that says how fresh it is and a mark where it differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from core.kernel.freshness import Fresh
from core.kernel.i18n import _
from core.ui.pieces import ago, coded, freshness_tone, said

Looks = Mapping[str, Fresh | None]


@dataclass(frozen=True)
class Fact:
    """A label and what is filed. `name` finds its newest look, `differs` marks what is otherwise today."""

    label: str
    value: object
    name: str = ""
    differs: bool = False


def fact_list(facts: Iterable[Fact], looks: Looks | None = None) -> None:
    """Show the facts; without `looks` there are no dots."""
    rows = "".join(_row(fact, looks) for fact in facts)
    st.html(f'<dl class="facts">{rows}</dl>')


def _row(fact: Fact, looks: Looks | None) -> str:
    shown = said(fact.value)
    dot = _dot(looks.get(fact.name, looks.get(""))) if looks is not None and shown != "—" else ""
    told = escape(_("Different today"))
    mark = f' class="differs" title="{told}"' if fact.differs else ""
    return f"<div{mark}><dt>{escape(fact.label)}</dt><dd>{escape(shown)}{dot}</dd></div>"


def _dot(look: Fresh | None) -> str:
    tone = freshness_tone(look.at if look else None)
    words = escape(look_said(look))
    return f'<i class="dot {tone}" role="img" title="{words}" aria-label="{words}"></i>'


def look_said(look: Fresh | None) -> str:
    """Who found it true, when and from what."""
    if look is None:
        return _("Never verified")
    source = coded("sources", look.source) or _("edited")
    return _("Verified {when} by {who}, {source}").format(
        when=ago(look.at), who=look.by or "—", source=source
    )
