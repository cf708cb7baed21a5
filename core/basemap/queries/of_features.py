"""What the base map is drawn from, as whoever keeps it sees it."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from core.basemap.models import BaseFeature
from core.kernel.unit_of_work import UnitOfWork, query


@dataclass(frozen=True)
class FeatureSet:
    """What came with one file or program: how many pieces of each kind."""

    origin: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Pieces altogether."""
        return sum(self.counts.values())


@query("map.sources")
def feature_sets(uow: UnitOfWork) -> list[FeatureSet]:
    """Every set by name."""
    counted = (
        select(BaseFeature.origin, BaseFeature.kind, func.count())
        .group_by(col(BaseFeature.origin), col(BaseFeature.kind))
        .order_by(col(BaseFeature.origin), col(BaseFeature.kind))
    )
    found: dict[str, dict[str, int]] = {}
    for origin, kind, count in uow.session.exec(counted):
        found.setdefault(origin, {})[kind] = count
    return [FeatureSet(origin, counts) for origin, counts in found.items()]
