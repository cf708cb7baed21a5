"""楼盘表: the floors and rooms of a building, coloured by the state of each house; a door opens its house."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from core.kernel.codes import codes
from core.kernel.i18n import _, language
from core.places.queries import Cell
from core.ui.component import leading

_MATRIX = leading("matrix")


def matrix(cells: Sequence[Cell], *, key: str, here: int | None = None) -> None:
    """Show the doors of one building, units side by side, the top floor first; `here` marks one house."""
    states = codes("house_state", lang=language.get())
    counts = Counter(cell.state for cell in cells)
    by_unit: dict[str, list[Cell]] = {}
    for cell in cells:
        by_unit.setdefault(cell.unit, []).append(cell)
    data = {
        "units": [
            {"label": _("Unit {n}").format(n=name) if name else "", "floors": _floors(part, states, here)}
            for name, part in by_unit.items()
        ],
        "legend": [
            {"state": s, "label": name, "count": counts[s]} for s, name in states.items() if counts[s]
        ],
    }
    _MATRIX(key, data)


def _floors(cells: Sequence[Cell], states: dict[str, str], here: int | None) -> list[dict[str, object]]:
    return [
        {"label": f"{floor}F", "doors": [_door(cell, states, here) for cell in doors]}
        for floor, doors in groupby(cells, key=lambda c: c.floor)
    ]


def _door(cell: Cell, states: dict[str, str], here: int | None) -> dict[str, object]:
    said = _("{room}: {state}, {n} people").format(
        room=cell.room, state=states.get(cell.state, ""), n=cell.residents
    )
    return {
        "label": cell.room,
        "state": cell.state,
        "title": said,
        "href": f"/house?id={cell.house_id}",
        "people": f"{cell.residents}" if cell.residents else "",
        "here": cell.house_id == here,
    }
