"""What labels say, for those who draw them: inside a query or command."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork, query
from core.labels.drawing.layout import Facts
from core.labels.queries import records
from core.labels.queries.choosing import Choice, houses_in_order
from core.labels.queries.of_sheets import texts_of
from core.labels.rules import PATH, SIGNS
from core.places.models import Building, House
from core.places.rules import building_address, door, short_address

Codes = Callable[[House], tuple[str, str]]
"""House -> the token and the short code that its label shows."""
SAMPLE = "0" * 22, SIGNS[:8]
"""On a sample: a token that was never given out opens nothing."""


@query("label.view")
def sample(uow: UnitOfWork, choice: Choice, most: int) -> list[Facts]:
    """What the first labels of a choice would say, with codes that open nothing."""
    houses = records.standing_of(uow, houses_in_order(uow, choice, most))
    return facts_of(uow, houses, lambda _house: SAMPLE)


def facts_of(uow: UnitOfWork, houses: Sequence[House], codes: Codes) -> list[Facts]:
    """What the labels of some houses say, in their order, inside a query or command."""
    places, texts = _places(uow, houses), texts_of(uow, {house.area for house in houses})
    return [_said(uow, house, places[house.building_id], codes(house), texts[house.area]) for house in houses]


def _said(uow: UnitOfWork, house: House, place: Any, codes: tuple[str, str], texts: dict[str, str]) -> Facts:
    address = short_address(door(place, house.unit, house.floor, house.room))
    url = f"{uow.office.settings.origin}{PATH}{codes[0]}"
    return Facts(url, address, house.code, codes[1], **texts)


def _places(uow: UnitOfWork, houses: Sequence[House]) -> dict[int, Any]:
    """Building -> its address in parts."""
    numbers = sorted({house.building_id for house in houses})
    return {
        one.id: building_address(one.road, one.number, one.estate, one.name)
        for some in records.chunks(numbers)
        for one in uow.session.exec(select(Building).where(col(Building.id).in_(some)))
    }
