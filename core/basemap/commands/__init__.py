"""Everything that may be changed about base maps."""

from core.basemap.commands.features import Loaded, load_pieces, remove_pieces
from core.basemap.commands.sources import add_source, edit_source, remove_source

__all__ = ["Loaded", "add_source", "edit_source", "load_pieces", "remove_pieces", "remove_source"]
