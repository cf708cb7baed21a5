"""Everything that may be changed among the places."""

from core.places.commands.areas import add_area, close_area, edit_area
from core.places.commands.buildings import add_building, edit_building
from core.places.commands.houses import (
    Filed,
    add_building_with_rooms,
    add_house,
    add_houses,
    edit_house,
    verify_house,
)
from core.places.commands.loading import Loaded, load_areas

__all__ = [
    "Filed",
    "Loaded",
    "add_area",
    "add_building",
    "add_building_with_rooms",
    "add_house",
    "add_houses",
    "close_area",
    "edit_area",
    "edit_building",
    "edit_house",
    "load_areas",
    "verify_house",
]
