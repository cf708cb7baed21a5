"""Everything one may look at about files of shapes: what taking them in would do, and layers as features."""

from core.geofiles.queries.of_boundaries import (
    BatchLine,
    BoundaryPlan,
    Wanted,
    boundary_batches,
    boundary_plan,
    home,
)
from core.geofiles.queries.of_layers import (
    Feature,
    Found,
    Property,
    Source,
    Window,
    feature,
    features,
    source,
    sources,
)

__all__ = [
    "BatchLine",
    "BoundaryPlan",
    "Feature",
    "Found",
    "Property",
    "Source",
    "Wanted",
    "Window",
    "boundary_batches",
    "boundary_plan",
    "feature",
    "features",
    "home",
    "source",
    "sources",
]
