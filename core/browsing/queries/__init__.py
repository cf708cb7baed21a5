"""Everything one may look for on the map; results are plain values, masked for the person who asked."""

from core.browsing.queries.of_views import ViewLine, my_choice, my_views, shared_view
from core.browsing.queries.of_words import Category, Found, Spot, categories, find

__all__ = [
    "Category",
    "Found",
    "Spot",
    "ViewLine",
    "categories",
    "find",
    "my_choice",
    "my_views",
    "shared_view",
]
