"""Everything one may keep of the map, and hand on of it for a purpose."""

from core.browsing.commands.along import take_along
from core.browsing.commands.exporting import export_inside
from core.browsing.commands.views import keep_choice, keep_view, remove_view, rename_view, share_view

__all__ = [
    "export_inside",
    "keep_choice",
    "keep_view",
    "remove_view",
    "rename_view",
    "share_view",
    "take_along",
]
