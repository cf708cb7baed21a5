"""Everything that can be asked about base maps."""

from core.basemap.queries.of_features import FeatureSet, feature_sets
from core.basemap.queries.of_sources import (
    Base,
    SourceLine,
    bases,
    dropped_files,
    picture_source,
    source_to_try,
    source_values,
    sources,
)
from core.basemap.queries.of_tiles import PlanTile, base_tile

__all__ = [
    "Base",
    "FeatureSet",
    "PlanTile",
    "SourceLine",
    "base_tile",
    "bases",
    "dropped_files",
    "feature_sets",
    "picture_source",
    "source_to_try",
    "source_values",
    "sources",
]
