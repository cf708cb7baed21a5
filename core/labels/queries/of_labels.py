"""Looking at labels: of one house, in lists, and how far an area is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.labels.models import ACTIVE, DoorLabel
from core.labels.queries.choosing import Choice, conditions, outdated, with_label
from core.places.models import CLOSED, House
from core.places.queries.shared import below


@dataclass(frozen=True)
class LabelLine:
    """One label of a house, in use or not."""

    id: int
    short_code: str
    state: str
    issued_at: datetime
    issued_by: str
    print_count: int
    printed_at: datetime | None
    printed_by: str
    ended_at: datetime | None
    ended_by: str
    why: str


@dataclass(frozen=True)
class HouseLabels:
    """The labels of a house: the one in use, whether its print is out of date, and those before, newest first."""

    house_id: int
    address: str
    code: str
    active: LabelLine | None
    is_outdated: bool
    past: list[LabelLine]
    is_closed: bool


@dataclass(frozen=True)
class HouseRow:
    """A house in the list of labels; `label` is None while it has none."""

    house_id: int
    area: str
    address: str
    code: str
    short_code: str | None
    print_count: int
    printed_at: datetime | None
    is_outdated: bool


@dataclass(frozen=True)
class Progress:
    """How far an area is: its houses, those with a printed label, and printed ones that are out of date."""

    houses: int
    printed: int
    changed: int

    @property
    def unprinted(self) -> int:
        """Houses whose label was never printed."""
        return self.houses - self.printed


@query("label.view")
def labels_of(uow: UnitOfWork, house_id: int | str) -> HouseLabels:
    """Every label of a house. Raises Missing."""
    house = uow.get(House, house_id)
    asked = select(DoorLabel).where(DoorLabel.house_id == house.id).order_by(col(DoorLabel.id).desc())
    found = uow.session.exec(asked).all()
    active = next((label for label in found if label.state == ACTIVE), None)
    now = (house.address, house.code, uow.office.settings.origin)
    then = (active.printed_address, active.printed_code, active.printed_for) if active else now
    return HouseLabels(
        house_id=house.id,
        address=house.address,
        code=house.code,
        active=uow.show(LabelLine, active) if active else None,
        is_outdated=bool(active and active.print_count and now != then),
        past=[uow.show(LabelLine, label) for label in found if label.state != ACTIVE],
        is_closed=house.state == CLOSED,
    )


@query("label.view")
def house_rows(uow: UnitOfWork, choice: Choice, start: str | None = None, limit: int = 50) -> Page[HouseRow]:
    """A page of houses with their labels; `start` is the key of the page before."""
    keys = [column(House.area), column(House.id)]
    columns = (House.id, House.area, House.address, House.code, DoorLabel.short_code)
    told = (DoorLabel.print_count, DoorLabel.printed_at, outdated(uow.office.settings.origin))
    asked: Any = after(with_label(*columns, *told), keys, start)
    rows = uow.session.execute(asked.where(*conditions(uow, choice)).limit(limit + 1)).all()
    shown = [_row(*row) for row in rows[:limit]]
    more = write_key(shown[-1].area, shown[-1].house_id) if len(rows) > limit else None
    return Page(shown, more)


@query("label.view")
def progress(uow: UnitOfWork, under: str = "") -> Progress:
    """How far the labels of an area are."""
    houses = _count(uow, select(func.count()).select_from(House).where(below(uow, House, under)))
    printed = _count(uow, with_label(func.count()).where(*conditions(uow, Choice(under, show="printed"))))
    changed = _count(uow, with_label(func.count()).where(*conditions(uow, Choice(under, show="changed"))))
    return Progress(houses, printed, changed)


@query("label.view")
def unlabelled(uow: UnitOfWork, under: str = "") -> int:
    """How many houses have no label that was printed."""
    return _count(uow, with_label(func.count()).where(*conditions(uow, Choice(under, show="unprinted"))))


@query("label.print")
def how_many(uow: UnitOfWork, choice: Choice) -> int:
    """How many houses a choice has."""
    return _count(uow, with_label(func.count()).where(*conditions(uow, choice)))


@query("label.print")
def tokens(uow: UnitOfWork, label_ids: list[int]) -> dict[int, str]:
    """Label -> its token in full, for who prints it."""
    asked = select(DoorLabel).where(col(DoorLabel.id).in_(label_ids))
    return {label.id: label.token.open() for label in uow.session.exec(asked)}


def _row(
    house_id: int,
    area: str,
    address: str,
    code: str,
    short: str | None,
    count: int | None,
    at: datetime | None,
    is_other: bool | None,
) -> HouseRow:
    return HouseRow(house_id, area, address, code, short, count or 0, at, bool(count and is_other))


def _count(uow: UnitOfWork, asked: Any) -> int:
    return int(uow.session.execute(asked).scalar_one())
