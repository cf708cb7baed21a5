"""Everything one may look at about files of shapes: what they hold and what taking them in would do."""

from core.geofiles.queries.of_boundaries import (
    BatchLine,
    BoundaryPlan,
    Wanted,
    boundary_batches,
    boundary_plan,
    home,
)

__all__ = ["BatchLine", "BoundaryPlan", "Wanted", "boundary_batches", "boundary_plan", "home"]
