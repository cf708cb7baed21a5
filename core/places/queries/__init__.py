"""Everything one may look at among the places; results are plain values."""

from core.places.queries.of_areas import (
    AreaDetail,
    AreaLine,
    Extent,
    area,
    area_names,
    areas,
    extent,
    my_root,
    next_grid_code,
)
from core.places.queries.of_buildings import (
    BuildingDetail,
    BuildingLine,
    Cell,
    building,
    building_count,
    buildings,
    matrix,
)
from core.places.queries.of_houses import (
    HouseBuilding,
    HouseDetail,
    HouseFilter,
    HouseLine,
    house,
    houses,
    state_counts,
)
from core.places.queries.of_past import (
    building_history,
    house_freshness,
    house_history,
    house_then,
)

__all__ = [
    "AreaDetail",
    "AreaLine",
    "BuildingDetail",
    "BuildingLine",
    "Cell",
    "Extent",
    "HouseBuilding",
    "HouseDetail",
    "HouseFilter",
    "HouseLine",
    "area",
    "area_names",
    "areas",
    "building",
    "building_count",
    "building_history",
    "buildings",
    "extent",
    "house",
    "house_freshness",
    "house_history",
    "house_then",
    "houses",
    "matrix",
    "my_root",
    "next_grid_code",
    "state_counts",
]
