"""Closing houses and buildings that were pulled down, split or merged; all inside the command that decides it.

A closed one stays with its code, history and photos, but leaves lists, counts and maps; its address is free again, its
code is not.
"""

from collections.abc import Callable, Sequence
from datetime import date

from core.kernel import search
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.places.commands.filing import place_of
from core.places.commands.giving import CLOSED as WHY
from core.places.commands.giving import end_codes
from core.places.models import CLOSED, Building, House, Successor
from core.places.queries import records
from core.places.rules import check_standing, door, short_address

AT_CLOSING: list[Callable[[UnitOfWork, House], None]] = []
"""What else comes to an end with a house, such as the label at its door; called inside the command."""


def close_house(uow: UnitOfWork, house: House, day: date) -> None:
    """The house is no more, inside the command that closes it. Raises Invalid for one that is closed already or in
    which somebody is registered."""
    check_standing(house)
    if house.residents:
        said = _("{count} people are still registered in {address}; say first where they live now.")
        raise Invalid(said.format(count=house.residents, address=house.address))
    for end in AT_CLOSING:
        end(uow, house)
    end_codes(uow, house, WHY)
    free_address(uow, house)
    house.state, house.closed_on = CLOSED, day
    title = short_address(
        door(place_of(uow.get(Building, house.building_id)), house.unit, house.floor, house.room)
    )
    _file_by_code(uow, "house", house, title)


def free_address(uow: UnitOfWork, house: House) -> None:
    """Another house may have the address from now on, inside the command that closes this one."""
    house.address_key = f"{CLOSED}|{house.id}"
    uow.session.flush()


def close_building(uow: UnitOfWork, building: Building, day: date) -> None:
    """The building is no more, inside the command that closes it. Raises Invalid while houses stand in it."""
    check_standing(building)
    uow.session.flush()
    if standing := len(records.houses_of(uow, building.id)):
        said = _("{count} houses of {address} are not closed yet.")
        raise Invalid(said.format(count=standing, address=building.address))
    end_codes(uow, building, WHY)
    building.closed_on, building.address_key = day, f"{CLOSED}|{building.id}"
    _file_by_code(uow, "building", building, short_address(place_of(building)))


def _file_by_code(uow: UnitOfWork, kind: str, record: Building | House, title: str) -> None:
    """From now on only the code finds it."""
    told = _("{address} (closed)").format(address=title)
    search.forget(uow, record.id)
    uow.session.flush()
    words = search.tokens(kind, record.area, record.code, "")
    doc = search.SearchDoc(id=record.id, area=record.area, kind=kind, title=told, body=record.code, tok=words)
    uow.session.add(doc)


def succeed(
    uow: UnitOfWork, old: Sequence[Building | House], new: Sequence[Building | House], day: date
) -> None:
    """Write down that `new` came in the place of each of `old`, inside the command that closes these."""
    uow.session.add_all(
        Successor(
            area=before.area,
            about_kind=type(before).__name__,
            about_id=before.id,
            new_id=after.id,
            since=day,
        )
        for before in old
        for after in new
    )
    uow.session.flush()
