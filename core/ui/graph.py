"""Relations around a person as a graph, and the same as a list for those who cannot use a picture."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people.queries import Graph
from core.ui.component import go
from core.ui.pieces import empty

COLOURS = {"self": "#0f6e84", "household": "#2f9e6e", "relation": "#8a6fc2", "co_resident": "#98a2ae"}
TITLES = {
    "self": N_("This person"),
    "household": N_("Same household"),
    "relation": N_("Relations"),
    "co_resident": N_("Lives in the same house"),
}


def relation_graph(graph: Graph, *, key: str) -> None:
    """Show the graph; a click on somebody opens their profile."""
    if len(graph.nodes) < 2:
        empty(
            _("No relations are known."),
            _("They appear with the household and with relations that are entered."),
        )
        return
    kinds = list(TITLES)
    nodes = [
        {
            "id": str(node.id),
            "name": node.label,
            "category": kinds.index(node.kind),
            "symbolSize": 42 if node.kind == "self" else 28,
            "itemStyle": {"color": COLOURS[node.kind]},
            "label": {"show": True, "position": "bottom"},
        }
        for node in graph.nodes
    ]
    links = [
        {
            "source": str(e.source),
            "target": str(e.target),
            "label": {"show": bool(e.label), "formatter": e.label, "fontSize": 11},
        }
        for e in graph.edges
    ]
    spec = {
        "legend": {"data": [_(TITLES[k]) for k in kinds if any(n.kind == k for n in graph.nodes)], "top": 0},
        "series": [
            {
                "type": "graph",
                "selectedMode": "single",
                "layout": "force",
                "roam": False,
                "draggable": True,
                "data": nodes,
                "links": links,
                "top": 60,
                "bottom": 40,
                "force": {
                    "repulsion": max(120, 3000 // len(nodes)),
                    "edgeLength": [60, 120],
                    "gravity": 0.12,
                },
                "categories": [{"name": _(TITLES[k]), "itemStyle": {"color": COLOURS[k]}} for k in kinds],
                "lineStyle": {"color": "#9aa5b1", "curveness": 0.05},
            }
        ],
    }
    said = "；".join(node.label for node in graph.nodes)
    event = st.echarts_chart(spec, height=380, key=key, on_select="rerun", alt=said)
    _open_chosen(event, graph, key)


def _open_chosen(event: object, graph: Graph, key: str) -> None:
    """Follow a click on a node once."""
    points = getattr(getattr(event, "selection", None), "points", None) or []
    indices = [p.get("data_index", p.get("dataIndex")) for p in points if isinstance(p, dict)]
    chosen = [graph.nodes[n] for n in indices if isinstance(n, int) and n < len(graph.nodes)]
    if chosen and chosen[0].kind != "self" and chosen[0].opens:
        del st.session_state[key]
        go(f"/person?id={chosen[0].id}")
