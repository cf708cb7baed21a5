"""What a measure of completeness is: a part of the records of one kind, and those of them that are right."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from core.kernel.i18n import N_
from core.kernel.records import AreaRecord
from core.kernel.settings import ROOT, Settings
from core.kernel.unit_of_work import UnitOfWork

FILE = "completeness.toml"
ITEMS = {
    "residents": N_("Residents kept true"),
    "files": N_("Files kept true"),
    "map": N_("Map kept true"),
    "families": N_("Families clear"),
    "categories": N_("Categories clear"),
    "facilities": N_("Facilities clear"),
    "organisations": N_("Organisations clear"),
}
"""三活四清: the seven items by their key; each is the mean of the shares of its measures."""


@dataclass(frozen=True)
class Limits:
    """From which share on a number is good or fair, and after how many days a record of a kind is too old."""

    good: float
    fair: float
    resident_days: int
    house_days: int
    organisation_days: int
    component_days: int
    tag_days: int

    def tone(self, share: float | None) -> str:
        """ok, warn or bad; "" for nothing to measure."""
        if share is None:
            return ""
        return "ok" if share >= self.good else "warn" if share >= self.fair else "bad"


def limits(settings: Settings) -> Limits:
    """Those of the office when it has its own file, else those that came with the program."""
    table = tomllib.loads((ROOT / "data" / FILE).read_text(encoding="utf-8"))
    own = settings.data / FILE
    if own.is_file():
        table |= tomllib.loads(own.read_text(encoding="utf-8"))
    return Limits(**{part.name: table[part.name] for part in fields(Limits)})


@dataclass(frozen=True)
class Ask:
    """Who asks, on which day, by which limits and at and below which path: what the conditions are made of."""

    uow: UnitOfWork
    limits: Limits
    under: str
    today: date

    def since(self, days: int) -> datetime:
        """The moment so many days ago."""
        return self.uow.now - timedelta(days=days)


Condition = Callable[[Ask], Any]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A share: of the records of a kind that are `among`, how many are `good`. Both are conditions in SQL.

    `needs` counts and `opens` shows the rows that are missing; `fields` are those it looks at: who may not read them is
    not told how many are filled. `missing` is the heading of the rows behind the number.
    """

    key: str
    item: str
    title: str
    missing: str
    of: type[AreaRecord]
    needs: str
    opens: str
    fields: tuple[str, ...] = ()
    among: Condition
    good: Condition
