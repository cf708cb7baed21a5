"""The one search box, at the top of every page: it answers while one types."""

import streamlit as st

from core.kernel.access import Actor
from core.kernel.database import office
from core.kernel.i18n import N_, _
from core.kernel.problems import Problem
from core.kernel.search import REGISTERS, Hit, search

KINDS = {
    "person": (N_("Person"), "person", "person", "id"),
    "house": (N_("House"), "home", "house", "id"),
    "building": (N_("Building"), "apartment", "building", "id"),
    "area": (N_("Area"), "grid_view", "grid", "area"),
    "organisation": (N_("Organisation"), "storefront", "organisation", "id"),
    "component": (N_("Component"), "signpost", "component", "id"),
    REGISTERS: (N_("Registers"), "menu_book", "entry", "id"),
}
SHOWN = 8


def page_of(hit: Hit) -> tuple[str, dict[str, str]]:
    """The page of an answer and the parameters of its address."""
    _label, _icon, name, parameter = KINDS.get(hit.kind, KINDS[REGISTERS])
    more = {} if hit.kind in KINDS else {"register": hit.kind[1:]}
    return name, {**more, parameter: hit.area if parameter == "area" else str(hit.id)}


def icon_of(hit: Hit) -> str:
    """The sign of an answer."""
    return KINDS.get(hit.kind, KINDS[REGISTERS])[1]


def link(hit: Hit) -> None:
    """One answer as a link to its page."""
    name, parameters = page_of(hit)
    st.page_link(
        f"pages/{name}.py",
        label=f"**{hit.title}**  :gray[{hit.body}]",
        icon=f":material/{icon_of(hit)}:",
        query_params=parameters,
        width="stretch",
    )


@st.fragment
def search_box(actor: Actor) -> None:
    """Words, a name of two characters, part of an address, a phone or identity number in full or its last four."""
    typed = st.text_input(
        _("Search"),
        key="find_words",
        type="search",
        live="250ms",
        label_visibility="collapsed",
        placeholder=_("Name, address, phone or ID, last four"),
        icon=":material/search:",
    )
    if typed and typed.strip():
        with st.container(key="find_results"):
            _answers(actor, typed)


def _answers(actor: Actor, typed: str) -> None:
    try:
        hits = search(office().uow(actor), typed, limit=SHOWN + 1)
    except Problem as trouble:
        st.error(trouble.sentence)
        return
    for hit in hits[:SHOWN]:
        link(hit)
    if not hits:
        st.caption(_("Nothing found in your area. Try fewer words, or the last four digits of a number."))
    if len(hits) > SHOWN:
        st.page_link(
            "pages/search.py", label=_("All results"), icon=":material/more_horiz:", query_params={"q": typed}
        )


def pick(actor: Actor, kind: str, *, label: str, page: str, parameter: str, **kept: str) -> None:
    """Choose one record by typing: each answer leads to `page` with its number as `parameter` and what is `kept`."""
    typed = st.text_input(
        label,
        key=f"pick-{kind}",
        live="250ms",
        type="search",
        icon=":material/search:",
        placeholder=_("Name, address, phone or ID, last four"),
    )
    if not typed:
        return
    hits = search(office().uow(actor), typed, kinds=(kind,), limit=SHOWN)
    for hit in hits:
        st.page_link(
            page,
            label=f"**{hit.title}**  :gray[{hit.body}]",
            icon=f":material/{KINDS[kind][1]}:",
            query_params={**kept, parameter: str(hit.id)},
            width="stretch",
        )
    if not hits:
        st.caption(_("Nothing found in your area. Try fewer words, or the last four digits of a number."))
