"""Completeness on the screen: the board of the seven items, the measures of one, the fields of a data set."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import floor

from core.completeness.datasets import HELD, LEFT_OUT
from core.completeness.declaring import ITEMS, Limits
from core.completeness.measures import ALL
from core.completeness.queries.behind import Missed
from core.completeness.queries.counting import AreaCounts, Board, Count
from core.completeness.queries.fields import FieldSheet
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.ui.pieces import hint, said
from core.ui.table import Cell, Column, Row, chip, table

PAGE = "completeness"


def percent(share: float | None) -> str:
    """A share as a percentage, rounded down: 100% means that nothing is missing, and a colour fits its number."""
    if share is None:
        return "—"
    return f"{floor(share * 100)}%" if share >= 1 or share < 0.99 else f"{floor(share * 1000) / 10}%"


def share_chip(
    share: float | None, limits: Limits | None, title: str = "", href: str = ""
) -> Mapping[str, str]:
    """A share in the colour of the office's limits; without colour where no limit holds."""
    return chip(percent(share), limits.tone(share) if limits else "", title, href)


def limits_hint(limits: Limits, counted_at: datetime | None) -> None:
    """What the colours mean, and when the numbers were made when that was not just now."""
    told = _(
        "Green from {good} %, amber from {fair} %. These numbers are about records, never about residents."
    )
    hint(told.format(good=round(limits.good * 100), fair=round(limits.fair * 100)))
    if counted_at is not None:
        hint(
            _("Counted {when}; communities and grids are counted at each look.").format(when=said(counted_at))
        )


def items_table(board: Board) -> None:
    """Areas × items; a number leads to its measures, a name to the areas below."""
    columns = [
        Column("name", N_("Area"), "main"),
        *(Column(key, ITEMS[key], "labelled") for key in board.items),
    ]
    rows = [_items_row(one, board, is_whole=one is board.whole) for one in (board.whole, *board.parts)]
    table(columns, rows, key="items")


def _items_row(one: AreaCounts, board: Board, *, is_whole: bool) -> Row:
    def cell(key: str) -> Cell:
        title = f"{_(ITEMS[key])} · {one.name}"
        return share_chip(one.item(key), board.limits, title, f"{PAGE}?under={one.area}&item={key}")

    cells: dict[str, Cell] = {key: cell(key) for key in board.items}
    name = _("{area} as a whole").format(area=one.name) if is_whole else one.name
    return Row({"name": name, **cells}, href="" if is_whole else f"{PAGE}?under={one.area}")


def measures_table(uow: UnitOfWork, board: Board, item: str) -> None:
    """The measures of an item with numerator and denominator; what is missing leads to its rows."""
    whole = board.whole
    columns = (
        Column("title", N_("Measure"), "main"),
        Column("share", N_("Share"), "labelled"),
        Column("good", N_("As it should be"), "number"),
        Column("all", N_("Of all"), "number"),
        Column("missing", N_("Missing"), "labelled"),
    )
    rows = [
        Row(
            {
                "title": _(ALL[key].title),
                "share": share_chip(count.share, board.limits),
                "good": f"{count.good:,}",
                "all": f"{count.all:,}",
                "missing": _missing(uow, key, count, whole.area),
            }
        )
        for key, count in whole.counts.items()
        if ALL[key].item == item
    ]
    table(columns, rows, key=f"measures-{item}")


def _missing(uow: UnitOfWork, key: str, count: Count, area: str) -> Cell:
    rest = count.all - count.good
    href = f"{PAGE}?under={area}&measure={key}" if rest and uow.actor.may(ALL[key].opens) else ""
    return chip(f"{rest:,}", "info" if href else "", _(ALL[key].missing), href)


def missed_table(rows: Sequence[Missed]) -> None:
    """The records behind a number; each leads to its page."""
    columns = (
        Column("title", N_("Record"), "main"),
        Column("detail", N_("Detail")),
        Column("area", N_("Area"), "quiet"),
    )
    told = [Row({"title": r.title, "detail": r.detail, "area": r.area_name}, href=r.href) for r in rows]
    table(columns, told, key="missed")


def fields_table(sheet: FieldSheet) -> None:
    """Fields × areas: how many of the records have each field filled."""
    columns = [
        Column("label", N_("Field"), "main"),
        Column("standard", N_("Standard"), "quiet"),
        Column("whole", N_("Filled"), "labelled"),
        *(Column(path, name, "labelled") for path, name in sheet.areas),
        Column("unfit", N_("Not in the code list"), "number"),
    ]
    rows = []
    for line in sheet.fields:
        counted = f"{line.whole.good:,} / {line.whole.all:,}"
        cells: dict[str, Cell] = {"label": line.label, "standard": line.standard, "unfit": line.unfit or None}
        limits = None if line.is_optional else sheet.limits
        cells["whole"] = share_chip(line.whole.share, limits, counted)
        for (path, _name), count in zip(sheet.areas, line.parts, strict=True):
            cells[path] = share_chip(count.share, limits, f"{count.good:,} / {count.all:,}")
        rows.append(Row(cells))
    table(columns, rows, key="fields")


def standard_table(sheet: FieldSheet) -> None:
    """The items of the standard and how each stands with us."""
    tones = {HELD: "ok", LEFT_OUT: "info"}
    columns = (
        Column("name", N_("Item of the standard"), "main"),
        Column("set", N_("Data set"), "quiet"),
        Column("ours", N_("Our field")),
        Column("mark", N_("With us")),
    )
    rows = [
        Row(
            {
                "name": item.name,
                "set": item.dataset,
                "ours": item.ours,
                "mark": chip(item.said, tones.get(item.mark, ""), item.advice),
            }
        )
        for item in sheet.items
    ]
    table(columns, rows, key="standard")
