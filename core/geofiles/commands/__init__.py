"""Everything that may be changed by files of shapes."""

from core.geofiles.commands.boundaries import import_boundaries, undo_boundaries

__all__ = ["import_boundaries", "undo_boundaries"]
