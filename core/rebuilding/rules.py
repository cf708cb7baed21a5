"""What must be true of an application, as pure functions: its steps, its houses and its doors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.places.address import parse_address
from core.places.models import Level
from core.places.rules import floor_of

BUILD, DEMOLISH, SPLIT, MERGE = "build", "demolish", "split", "merge"
OPEN = ("applied", "reviewed", "returned")
"""States in which an application is not settled: no other one may be about the same houses."""
AWAY = "away"
"""Where somebody goes who does not stay in the new houses."""
ANSWERS = {"pass": ("review", "reviewed"), "return": ("return", "returned"), "refuse": ("refuse", "refused")}
"""Answer -> step and state."""
REVIEWS = (Level.COMMUNITY, Level.STREET, Level.DISTRICT, Level.CITY, Level.PROVINCE)
APPROVES = REVIEWS[1:]
"""Levels whose people review, and those whose people approve."""
MOST_DOORS = 200


@dataclass(frozen=True)
class Wanted:
    """One door that an application wants."""

    unit: str
    floor: int
    room: str

    def label(self) -> str:
        """How a person says it: 2单元 301."""
        return " ".join(
            part for part in (f"{self.unit}单元" if self.unit else "", self.room or _("whole house")) if part
        )


def typed_doors(text: str) -> list[dict[str, str]]:
    """The doors of a text, one on each line: 301A, 2单元301 or 2-301. Raises Invalid for a line that is none."""
    return [_typed(line.strip()) for line in text.splitlines() if line.strip()]


def _typed(line: str) -> dict[str, str]:
    try:
        address = parse_address(f"{_ANYWHERE}{line}")
    except ValueError as trouble:
        said = _('"{line}" is no door; write it as 301, 2单元301 or 3层东户.').format(line=line)
        raise Invalid(said, doors=said) from trouble
    if not address.room or (address.building and address.unit) or address.estate:
        said = _('"{line}" is no door; write it as 301, 2单元301 or 3层东户.').format(line=line)
        raise Invalid(said, doors=said)
    return {"unit": address.unit or address.building, "floor": address.floor, "room": address.room}


_ANYWHERE = "和平路1号"
"""Stands before a door that is typed alone, so that it reads as the end of an address."""


def doors_of(rows: Sequence[Mapping[str, Any]]) -> list[Wanted]:
    """The doors that were typed; empty lines are none. Raises Invalid for one that was typed twice, or too many."""
    typed = [{name: str(row.get(name) or "").strip() for name in ("unit", "floor", "room")} for row in rows]
    doors = [_door(row) for row in typed if any(row.values())]
    if len(set(doors)) < len(doors):
        said = _("One of the doors stands there twice.")
        raise Invalid(said, doors=said)
    if len(doors) > MOST_DOORS:
        said = _("At most {most} doors can be asked for at once.").format(most=MOST_DOORS)
        raise Invalid(said, doors=said)
    return doors


def _door(row: Mapping[str, str]) -> Wanted:
    try:
        floor = int(row["floor"]) if row["floor"] else floor_of(row["room"])
    except ValueError as trouble:
        said = _('"{floor}" is no floor; write a number such as 3 or -1.').format(floor=row["floor"])
        raise Invalid(said, doors=said) from trouble
    return Wanted(row["unit"], floor, row["room"])


def check_counts(kind: str, houses: int, doors: int, *, has_building: bool, new_building: bool) -> None:
    """Raises Invalid when an application of this kind cannot be about so many houses and doors."""
    said = ""
    if kind == BUILD and not (new_building or (has_building and doors)):
        said = _("Say which building is new, or which doors a building gets.")
    elif kind in (DEMOLISH, SPLIT, MERGE) and not has_building:
        said = _("Choose the building.")
    elif kind == SPLIT and (houses != 1 or doors < 2):
        said = _("To split, choose one house and write at least two doors.")
    elif kind == MERGE and (houses < 2 or doors != 1):
        said = _("To merge, choose at least two houses and write the one door they become.")
    if said:
        raise Invalid(said, houses=said)


def undecided(stays: Mapping[str, Any], whose: Sequence[str], doors: int) -> list[str]:
    """Those who live in the houses and for whom nobody has said yet where they go."""
    places = {AWAY, *(str(place) for place in range(doors))}
    return [one for one in whose if str(stays.get(one, "")) not in places]
