"""Relations around a person as a graph, and the same as a list for those who cannot use a picture."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import Graph, Node, Thing, graph
from core.ui import url
from core.ui.component import go
from core.ui.pieces import empty, hint
from core.ui.table import Column, Row, table

COLOURS = {"self": "#0f6e84", "household": "#2f9e6e", "relation": "#8a6fc2", "co_resident": "#98a2ae"}
THINGS = ("#d98a2b", "#4d7fc4", "#c9788a")
TITLES = {
    "self": N_("This person"),
    "household": N_("Same household"),
    "relation": N_("Relations"),
    "co_resident": N_("Lives in the same house"),
}
STEPS = {"1": N_("One step"), "2": N_("Two steps")}
INK = "#7d8894"
"""Readable on light and on dark ground."""


def relations(uow: UnitOfWork, person_id: int, *, key: str = "graph") -> None:
    """The graph around a person, one or two steps far as the address says, and the same as a list."""
    far = url.text("steps")
    chosen = st.segmented_control(
        _("How far"),
        list(STEPS),
        default=far if far in STEPS else "2",
        format_func=lambda step: _(STEPS[step]),
        key=f"{key}-steps",
        label_visibility="collapsed",
    )
    url.keep(steps="" if chosen in (None, "2") else chosen)
    found = graph(uow, person_id, int(chosen or 2))
    relation_graph(found, key=key)
    if found.more:
        hint(_("{n} more are not shown; open somebody to see those around them.").format(n=found.more))
    if len(found.nodes) + len(found.things) > 1:
        with st.expander(_("As a list"), icon=":material/list:"):
            relation_list(found, key=f"{key}-list")


def relation_graph(found: Graph, *, key: str) -> None:
    """Show the graph; a click on somebody opens their profile, on a thing its page."""
    if len(found.nodes) + len(found.things) < 2:
        empty(
            _("No relations are known."),
            _("They appear with the household and with relations that are entered."),
        )
        return
    kinds = _kinds(found)
    spec = {
        "legend": {
            "data": [title for title, _colour in kinds.values()],
            "top": 0,
            "textStyle": {"color": INK},
        },
        "series": [_series(found, kinds)],
    }
    said = "；".join([*(node.label for node in found.nodes), *(thing.label for thing in found.things)])
    event = st.echarts_chart(spec, height=380, key=key, on_select="rerun", alt=said)
    _open_chosen(event, [*found.nodes, *found.things], key)


def _kinds(found: Graph) -> dict[str, tuple[str, str]]:
    """Kind -> title and colour, of those in the graph."""
    there = {node.kind for node in found.nodes}
    kinds = {kind: (_(title), COLOURS[kind]) for kind, title in TITLES.items() if kind in there}
    for n, (kind, title) in enumerate({thing.kind: thing.title for thing in found.things}.items()):
        kinds[kind] = (title, THINGS[n % len(THINGS)])
    return kinds


def _series(found: Graph, kinds: dict[str, tuple[str, str]]) -> dict[str, Any]:
    places = list(kinds)
    nodes = [_dot(str(n.id), n.label, n.kind, places, 42 if n.kind == "self" else 28) for n in found.nodes]
    nodes += [{**_dot(t.key, t.label, t.kind, places, 24), "symbol": "roundRect"} for t in found.things]
    ties = [(str(e.source), str(e.target), e.label) for e in found.edges]
    ties += [(str(person), key, says) for person, key, says in found.tied]
    return {
        "type": "graph",
        "selectedMode": "single",
        "layout": "force",
        "roam": False,
        "draggable": True,
        "data": nodes,
        "links": [
            {
                "source": one,
                "target": other,
                "label": {"show": bool(says), "formatter": says, "fontSize": 11, "color": INK},
            }
            for one, other, says in ties
        ],
        "top": 60,
        "bottom": 40,
        "force": {"repulsion": max(120, 3000 // len(nodes)), "edgeLength": [60, 120], "gravity": 0.12},
        "categories": [{"name": title, "itemStyle": {"color": colour}} for title, colour in kinds.values()],
        "lineStyle": {"color": "#9aa5b1", "curveness": 0.05},
    }


def _dot(key: str, name: str, kind: str, places: list[str], size: int) -> dict[str, Any]:
    short = name if len(name) <= 10 else f"{name[:9]}…"
    label = {"show": True, "position": "bottom", "formatter": short, "color": INK}
    return {"id": key, "name": name, "category": places.index(kind), "symbolSize": size, "label": label}


def relation_list(found: Graph, *, key: str) -> None:
    """Every tie of the graph in words."""
    names = {node.id: node for node in found.nodes}
    things = {thing.key: thing for thing in found.things}
    rows = [
        Row(
            {"who": names[e.target].label, "says": e.label or _(TITLES[e.kind]), "of": names[e.source].label},
            href=f"person?id={e.target}" if names[e.target].kind != "self" else f"person?id={e.source}",
        )
        for e in found.edges
    ]
    rows += [
        Row({"who": things[t].label, "says": says, "of": names[person].label}, href=things[t].href)
        for person, t, says in found.tied
        if person in names
    ]
    columns = (Column("who", N_("Who or what"), "main"), Column("says", N_("Tie")), Column("of", N_("Of")))
    table(columns, rows, key=key)


def _open_chosen(event: object, shown: Sequence[Node | Thing], key: str) -> None:
    """Follow a click on a node once."""
    points = getattr(getattr(event, "selection", None), "points", None) or []
    indices = [p.get("data_index", p.get("dataIndex")) for p in points if isinstance(p, dict)]
    chosen = [shown[n] for n in indices if isinstance(n, int) and n < len(shown)]
    if not chosen:
        return
    one = chosen[0]
    href = one.href if isinstance(one, Thing) else f"person?id={one.id}"
    if isinstance(one, Thing) or (one.kind != "self" and one.opens):
        del st.session_state[key]
        go(f"/{href}")
