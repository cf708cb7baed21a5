"""Everything that may be changed by files of shapes, and handed on as such."""

from core.geofiles.commands.boundaries import import_boundaries, undo_boundaries
from core.geofiles.commands.exporting import export_layer

__all__ = ["export_layer", "import_boundaries", "undo_boundaries"]
