"""The few charts of the daily pages, in the colours of the theme; each says in words what it shows."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import _, language
from core.people.queries import FreshLine
from core.ui.pieces import empty

STATE_COLOURS = {
    "owned": "#2f9e6e",
    "rented": "#d98a2b",
    "vacant": "#98a2ae",
    "business": "#4d7fc4",
    "unknown": "#c4574e",
}
MEN, WOMEN = "#3f8fb5", "#c9788a"
FRESH, STALE, NEVER = "#2f9e6e", "#d9a441", "#c4574e"
MOST_BARS = 14


def state_bar(counts: Mapping[str, int]) -> None:
    """Houses by state as one bar; empty states are left out."""
    names = codes("house_state", lang=language.get())
    total = sum(counts.values())
    if not total:
        empty(_("No houses yet."), _("Add a building with its rooms on the page “Houses”."))
        return
    series = [
        {
            "name": names[state],
            "type": "bar",
            "stack": "all",
            "data": [count],
            "barWidth": 22,
            "itemStyle": {"color": STATE_COLOURS[state]},
            "label": {"show": count > total * 0.04, "formatter": f"{count:,}", "color": "#fff"},
        }
        for state, count in counts.items()
        if count
    ]
    said = "，".join(f"{names[s]} {n}" for s, n in counts.items() if n)
    spec = {
        "grid": {"left": 4, "right": 4, "top": 34, "bottom": 4},
        "legend": {"top": 0, "left": 0, "icon": "roundRect"},
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "show": False, "max": total},
        "yAxis": {"type": "category", "show": False, "data": [""]},
        "series": series,
    }
    st.echarts_chart(spec, height=82, key="state_bar", alt=said)


def fresh_bars(lines: Sequence[FreshLine]) -> None:
    """Verified lately, longer ago and never, for each grid; the worst first."""
    worst = sorted((line for line in lines if line.total), key=lambda line: line.fresh / line.total)[
        :MOST_BARS
    ]
    if not worst:
        empty(_("Nobody is registered here yet."), _("Enter the first household."))
        return
    worst = worst[::-1]
    kinds = (
        (_("Within half a year"), FRESH, "fresh"),
        (_("Longer ago"), STALE, "stale"),
        (_("Never"), NEVER, "never"),
    )
    series = [
        {
            "name": title,
            "type": "bar",
            "stack": "all",
            "itemStyle": {"color": colour},
            "barMaxWidth": 16,
            "data": [round(100 * getattr(line, name) / line.total, 1) for line in worst],
        }
        for title, colour, name in kinds
    ]
    said = "；".join(f"{line.name} {line.fresh}/{line.total}" for line in worst)
    spec = {
        "grid": {"left": 4, "right": 26, "top": 34, "bottom": 4, "containLabel": True},
        "legend": {"top": 0, "left": 0, "icon": "roundRect"},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "value", "max": 100, "axisLabel": {"formatter": "{value}%"}},
        "yAxis": {"type": "category", "data": [line.name for line in worst], "axisTick": {"show": False}},
        "series": series,
    }
    st.echarts_chart(spec, height=80 + 24 * len(worst), key="fresh_bars", alt=said)


def age_pyramid(groups: Sequence[tuple[str, int, int]]) -> None:
    """Men to the left, women to the right, five years a bar, the young at the bottom."""
    most = max((max(men, women) for _age, men, women in groups), default=0)
    if not most:
        empty(_("Nobody is registered here yet."), _("Enter the first household."))
        return
    series = [
        {
            "name": _("Men"),
            "type": "bar",
            "data": [-men for _age, men, _women in groups],
            "itemStyle": {"color": MEN},
        },
        {
            "name": _("Women"),
            "type": "bar",
            "data": [women for _age, _men, women in groups],
            "itemStyle": {"color": WOMEN},
            "barGap": "-100%",
        },
    ]
    spec = {
        "grid": {"left": 4, "right": 12, "top": 34, "bottom": 4, "containLabel": True},
        "legend": {"top": 0, "left": 0, "icon": "roundRect"},
        "xAxis": {
            "type": "value",
            "min": -most,
            "max": most,
            "axisLabel": {"show": False},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "category",
            "data": [age for age, _men, _women in groups],
            "axisTick": {"show": False},
        },
        "series": series,
    }
    said = "；".join(f"{age} {men}/{women}" for age, men, women in groups)
    st.echarts_chart(spec, height=360, key="age_pyramid", alt=said)
