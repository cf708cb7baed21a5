"""House codes: 12 digits of the community, 5 of the building, 2 of the unit, 4 of the room, 1 to check.

A unit or room whose name is no number gets one from the end of the range.
"""

from collections.abc import Iterable

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.places.address import house_code

NAMED_UNITS, NAMED_ROOMS = range(90, 100), range(9000, 10_000)


class HouseCodes:
    """Gives out the codes of one building; `known` are the (unit, code) of its houses, `ever` the codes that were given
    there before and stay used."""

    def __init__(
        self, building_code: str, known: Iterable[tuple[str, str]], ever: Iterable[str] = ()
    ) -> None:
        self.community, self.building = building_code[:12], int(building_code[12:])
        self.units: dict[str, int] = {}
        self.rooms: dict[int, set[int]] = {}
        for unit, code in known:
            self.units[unit] = int(code[17:19])
            self._take(code)
        for code in ever:
            self._take(code)

    def _take(self, code: str) -> None:
        self.rooms.setdefault(int(code[17:19]), set()).add(int(code[19:23]))

    def give(self, unit: str, floor: int, room: str) -> str:
        """The code of a new house, never one given before. Raises Invalid when all are used up."""
        number = self.units.setdefault(unit, self._unit(unit))
        taken = self.rooms.setdefault(number, set())
        wanted = _told(floor, room)
        if wanted is None or wanted in taken:
            wanted = _free(NAMED_ROOMS, taken)
        taken.add(wanted)
        return house_code(self.community, self.building, number, wanted)

    def _unit(self, unit: str) -> int:
        if not unit:
            return 0
        own = int(unit) if unit.isdecimal() else NAMED_UNITS.start
        return own if own < NAMED_UNITS.start else _free(NAMED_UNITS, self.units.values())


def _told(floor: int, room: str) -> int | None:
    """The four digits a room number tells; 03 on floor 12 is 1203, a house without rooms is 0."""
    if not room.isdecimal() or len(room) > 4:
        return None if room else 0 if floor == 1 else _in_range(floor * 100)
    return _in_range(floor * 100 + int(room)) if len(room) < 3 else int(room)


def _in_range(number: int) -> int | None:
    return number if 0 <= number < NAMED_ROOMS.start else None


def _free(own: range, taken: Iterable[int]) -> int:
    number = max((n for n in taken if n in own), default=own.start - 1) + 1
    if number not in own:
        raise Invalid(_("This building has no house code left."))
    return number
