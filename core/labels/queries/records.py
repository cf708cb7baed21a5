"""Records for the commands on labels: only inside a command, never for a screen."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select as choose
from sqlmodel import SQLModel, col, select

from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.session import ENDED
from core.kernel.unit_of_work import UnitOfWork
from core.labels.models import ACTIVE, DoorLabel
from core.places.models import House
from core.places.rules import check_standing

MANY = 500


def chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Some at a time: no database takes a list of any length."""
    return (numbers[start : start + MANY] for start in range(0, len(numbers), MANY))


def standing_of(uow: UnitOfWork, house_ids: Sequence[int]) -> list[House]:
    """Those of the houses that are in sight and not closed, in the order of their numbers as given."""
    return _in_order(uow, house_ids, {})


def houses_of(uow: UnitOfWork, house_ids: Sequence[int]) -> list[House]:
    """The houses in the order of their numbers as given. Raises Missing when one is not in sight, Invalid when one is
    closed."""
    found = _in_order(uow, house_ids, ENDED)
    if len(found) < len(house_ids):
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    for house in found:
        check_standing(house)
    return found


def _in_order(uow: UnitOfWork, house_ids: Sequence[int], how: Mapping[str, Any]) -> list[House]:
    found = {
        house.id: house
        for some in chunks(house_ids)
        for house in uow.session.exec(select(House).where(col(House.id).in_(some)).execution_options(**how))
    }
    return [found[number] for number in house_ids if number in found]


def active_of(uow: UnitOfWork, house_ids: Sequence[int]) -> dict[int, DoorLabel]:
    """House -> its label in use, where it has one."""
    return {
        label.house_id: label
        for some in chunks(house_ids)
        for label in uow.session.exec(
            select(DoorLabel).where(col(DoorLabel.house_id).in_(some), DoorLabel.state == ACTIVE)
        )
    }


def short_codes_taken(uow: UnitOfWork, wanted: Sequence[str]) -> set[str]:
    """Those of some short codes that any label has, in whichever branch it stands, inside a command."""
    table = SQLModel.metadata.tables["door_label"]
    asked = choose(table.c.short_code).where(table.c.short_code.in_(wanted))
    return set(uow.session.connection().execute(asked).scalars())


def active_label(uow: UnitOfWork, house_id: int) -> DoorLabel | None:
    """The label in use of a house in sight, None when it has none. Raises Missing for a house out of sight."""
    return active_of(uow, [uow.get(House, house_id).id]).get(house_id)
