"""What was counted in the night, for areas above a community."""

from datetime import datetime
from typing import Any

from sqlalchemy import select as choose
from sqlmodel import col, select

from core.completeness.models import Tally
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries.shared import below

Counts = dict[str, dict[str, list[int]]]
"""Grid -> name -> numbers."""
SMALL = 3
"""Levels of an area, a community, that is counted while somebody waits."""


def stored(uow: UnitOfWork, path: str, what: str) -> tuple[Counts, datetime | None]:
    """The counts of the night and when they were made, inside a query; nothing for small areas and before the first
    night."""
    if path.count("/") >= SMALL:
        return {}, None
    columns: list[Any] = [Tally.area, Tally.counts, Tally.at]
    asked = choose(*columns).where(below(uow, Tally, path), col(Tally.what) == what)
    rows = uow.session.execute(asked).all()
    return {area: counts for area, counts, _at in rows}, min((row[2] for row in rows), default=None)


def rows_of(uow: UnitOfWork, what: str) -> dict[str, Tally]:
    """Grid -> its row, inside a command."""
    asked = select(Tally).where(below(uow, Tally, ""), Tally.what == what)
    return {one.area: one for one in uow.session.exec(asked)}
