"""Everything one may look for on the map; results are plain values, masked for the person who asked."""

from core.browsing.queries.grounds import roads
from core.browsing.queries.of_explore import (
    BasePart,
    CellCount,
    Explored,
    Subject,
    base_parts,
    explore_cells,
    explore_grids,
    subjects,
)
from core.browsing.queries.of_inside import Inside, KindCount, LayerCount, Thing, inside, things_inside
from core.browsing.queries.of_near import Near, near_layers, nearest
from core.browsing.queries.of_views import ViewLine, my_choice, my_views, shared_view
from core.browsing.queries.of_words import Category, Found, Spot, categories, find

__all__ = [
    "BasePart",
    "Category",
    "CellCount",
    "Explored",
    "Found",
    "Inside",
    "KindCount",
    "LayerCount",
    "Near",
    "Spot",
    "Subject",
    "Thing",
    "ViewLine",
    "base_parts",
    "categories",
    "explore_cells",
    "explore_grids",
    "find",
    "inside",
    "my_choice",
    "my_views",
    "near_layers",
    "nearest",
    "roads",
    "shared_view",
    "subjects",
    "things_inside",
]
