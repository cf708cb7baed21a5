"""From what stands on a label to the house behind it: for whoever scans it at the door, and for the office."""

from dataclasses import dataclass

from sqlmodel import col, select

from core.kernel.crypto import keyring
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.labels.models import ABOUT, ACTIVE, DoorLabel
from core.labels.rules import LENGTH, read_short_code, read_token, typed_code
from core.places.models import House
from core.places.queries import by_code


@dataclass(frozen=True)
class Door:
    """The door a scanned label belongs to; `state` says whether the label still opens it."""

    label_id: int
    house_id: int
    area: str
    state: str

    @property
    def is_open(self) -> bool:
        """Whether the label is in use."""
        return self.state == ACTIVE


@dataclass(frozen=True)
class FoundHouse:
    """A house found by its label or code. `is_current`: neither the label nor the code nor the house has ended."""

    house_id: int
    is_current: bool


@query("label.open")
def opened(uow: UnitOfWork, token: str) -> Door:
    """The door of a scanned label, for the public pages. Raises Missing for a token that was never given out.

    It is looked up by a keyed mark, never compared: how long that takes tells nothing about tokens that are close.
    """
    mark = keyring().index(token[:64], ABOUT)
    found = uow.session.exec(select(DoorLabel).where(DoorLabel.token_index == mark)).first()
    if found is None:
        raise Missing(_("There is no such label."))
    return Door(found.id, found.house_id, found.area, found.state)


@query("house.view")
def found(uow: UnitOfWork, text: str) -> FoundHouse:
    """The house of a label's address, token, short code or house code. An old code leads to the house that carries on.

    Raises Missing for what is unknown or in another area, Invalid for a house code that cannot be right.
    """
    label = _label(uow, text)
    if label is not None:
        closed = uow.get(House, label.house_id).closed_on is not None
        return FoundHouse(label.house_id, is_current=label.state == ACTIVE and not closed)
    told = by_code(uow, text)
    if told.house_id is None:
        raise Missing(_("No house in your area was ever given this code."))
    return FoundHouse(told.house_id, told.is_current)


def _label(uow: UnitOfWork, text: str) -> DoorLabel | None:
    """The label that a text names, None when it may be the code of a house. Raises Missing, Invalid."""
    if token := read_token(text):
        where = col(DoorLabel.token_index) == keyring().index(token, ABOUT)
    elif code := read_short_code(text):
        where = col(DoorLabel.short_code) == code
    elif len(typed_code(text)) == LENGTH:
        said = _("This short code cannot be right. It has no 0, 1, I, L or O; look at each sign once more.")
        raise Invalid(said, text=said)
    else:
        return None
    label = uow.session.exec(select(DoorLabel).where(where)).first()
    if label is None:
        raise Missing(_("This label is not known here, or its house is not in your area."))
    return label
