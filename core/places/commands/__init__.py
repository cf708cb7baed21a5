"""Everything that may be changed among the places."""

from core.places.commands.areas import add_area, close_area, edit_area
from core.places.commands.buildings import (
    add_building,
    add_building_without_address,
    edit_building,
    give_address,
)
from core.places.commands.giving import enter_codes, recode_house, recode_houses
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
    "add_building_without_address",
    "add_house",
    "add_houses",
    "close_area",
    "edit_area",
    "edit_building",
    "edit_house",
    "enter_codes",
    "give_address",
    "load_areas",
    "recode_house",
    "recode_houses",
    "verify_house",
]
