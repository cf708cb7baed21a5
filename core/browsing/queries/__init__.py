"""Everything one may look for on the map; results are plain values, masked for the person who asked."""

from core.browsing.queries.of_views import ViewLine, my_choice, my_views, shared_view

__all__ = ["ViewLine", "my_choice", "my_views", "shared_view"]
