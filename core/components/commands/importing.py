"""Taking over a list of components from an older system, whose codes have 16 digits (CJ/T 214-2007)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.components.commands.components import add_component
from core.components.queries import records
from core.components.rules import OldCode, old_code, state_of
from core.kernel.i18n import _
from core.kernel.problems import Problem
from core.kernel.unit_of_work import UnitOfWork, command

HEADER = 1
"""Lines before the first row, so that a complaint names the line one sees in the file."""
COPIED = (
    "authority_name",
    "owner_name",
    "maintainer_name",
    "place",
    "note",
    "initial_on",
    "source",
    "accuracy",
)


@dataclass(frozen=True)
class Unmapped:
    """A row that could not be taken over: its line, its code, and why."""

    line: int
    code: str
    reason: str


@dataclass(frozen=True)
class Imported:
    """What became of a list: components added, rows taken over before, rows to look at because their class was
    mapped to a near one (line, code), and those that could not be taken over."""

    added: int
    same: int
    near: list[tuple[int, str]]
    unmapped: list[Unmapped]


@command("component.edit")
def import_components(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> Imported:
    """File the components of a list with the columns code, lon, lat, state, grid (15 digits) and those of COPIED.

    The old code stays as `former_code`; a row whose code was taken over before changes nothing. A row that cannot be
    is reported and keeps none of the others back.
    """
    texts = [str(row.get("code") or "").strip() for row in rows]
    known = records.filed_before(uow, texts)
    near, unmapped, added, same = list[tuple[int, str]](), list[Unmapped](), 0, 0
    for line, (text, row) in enumerate(zip(texts, rows, strict=True), HEADER + 1):
        if text in known:
            same += 1
            continue
        try:
            code = old_code(text)
            _take(uow, code, row)
        except (ValueError, Problem) as trouble:
            unmapped.append(Unmapped(line, text, _why(trouble)))
            continue
        known.add(text)
        added += 1
        near += [(line, text)] if code.confidence == "near" else []
    return Imported(added, same, near, unmapped)


def _take(uow: UnitOfWork, code: OldCode, row: Mapping[str, Any]) -> None:
    grid = str(row.get("grid") or "").strip()
    path = records.grid_of_code(uow, grid) if grid else ""
    if grid and not path:
        raise ValueError(_("There is no grid {code} in your area.").format(code=grid))
    facts = {name: row[name] for name in COPIED if row.get(name) not in (None, "")}
    facts |= {"state": state_of(str(row.get("state") or "")), "former_code": code.code}
    lon, lat = (_degrees(row.get(name)) for name in ("lon", "lat"))
    add_component(uow, code.class_code, area=path, lon=lon, lat=lat, **facts)


def _degrees(value: object) -> float | None:
    """A coordinate of a list. Raises ValueError with a sentence."""
    if value in (None, ""):
        return None
    try:
        return float(str(value))
    except ValueError as trouble:
        raise ValueError(_("{value} is not a coordinate.").format(value=value)) from trouble


def _why(trouble: Exception) -> str:
    fields: Iterable[str] = trouble.fields.values() if isinstance(trouble, Problem) else ()
    return " ".join(dict.fromkeys(fields)) or str(trouble)
