"""`bench`: how fast the office is, as a table for docs/bench.md or as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core.bench.measuring import Row
from core.cli.console import JSON, both, progress, report
from core.cli.offices import Scale
from core.kernel.codes import code_name
from core.kernel.i18n import N_
from core.kernel.settings import settings

HEAD = (
    "| 测量项 What | 范围 Scope | p50 | p95 / 值 value | 目标 Wish | × LIKE/OFFSET |\n"
    "|---|---|--:|--:|--:|--:|"
)


def bench(
    scale: Annotated[Scale, typer.Option(help=both(N_("How large")))] = Scale.DISTRICT,
    folder: Annotated[Path | None, typer.Option(help=both(N_("Folder of the bench's own office")))] = None,
    database: Annotated[str, typer.Option(help=both(N_("Address of an empty database to use instead")))] = "",
    rounds: Annotated[int, typer.Option(min=1, help=both(N_("How often everything is asked")))] = 3,
    port: Annotated[int, typer.Option(help=both(N_("Port of its server; 0: a free one")))] = 0,
    as_json: JSON = False,
) -> None:
    """Measure how fast the office is, on an invented one in a folder of its own."""
    from core.bench.run import Plan
    from core.bench.run import bench as measured

    place = folder or settings().data / "bench" / scale.value
    with progress(N_("Measuring")) as bar:
        rows = measured(Plan(place, scale.value, database, rounds, port), bar)
    report([{**asdict(row), "missed": row.is_missed} for row in rows], as_json, table(rows))


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as a table in Markdown, in both languages."""
    yield HEAD
    for row in rows:
        names = [code_name("area_level", row.scope, lang=lang) for lang in ("zh_CN", "en") if row.scope]
        ratio = f"{row.ratio:.2g}" if row.ratio is not None else ""
        cells = (
            both(row.name),
            " ".join(dict.fromkeys(names)),
            _said(row, row.median),
            _said(row, row.value),
            _wish(row),
            ratio,
        )
        yield f"| {' | '.join(cells)} |"


def _said(row: Row, value: float | None) -> str:
    """A value with its unit, with as many digits as one wants to read."""
    if value is None:
        return ""
    number = f"{value:.1f}" if value < 100 else f"{value:,.0f}"
    return f"{number} {row.unit}".strip()


def _wish(row: Row) -> str:
    """What is wanted, and whether it is so."""
    if row.wish is None:
        return ""
    sign = "≥" if row.at_least else "≤"
    return f"{sign} {row.wish:,.0f} {'✗' if row.is_missed else '✓'}"
