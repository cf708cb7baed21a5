"""What every act at a door shares, inside a command: the deed, the line of the visit, and what the role must have."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from core.kernel.codes import code_name
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.undo import Doing, deed
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import House
from core.places.rules.closing import check_standing
from core.visits.models import VisitAct

SOURCE = "visit"
"""How a worker at the door knows: a code of the list `sources`."""
WAYS = ("", "scan", "list", "search")


def door(uow: UnitOfWork, house_id: int | str) -> House:
    """The house of a visit, inside a command. Raises Missing for another area's, Invalid for one that is no more."""
    uow.require("house.edit")
    uow.require("person.edit")
    house = uow.get(House, house_id)
    check_standing(house)
    return house


@contextmanager
def act(
    uow: UnitOfWork,
    house: House,
    kind: str,
    *,
    way: str = "",
    seen: str = "",
    note: str = "",
    again_on: date | None = None,
) -> Iterator[Doing]:
    """One deed at the door, inside a command: the line of the visit and whatever is done in the block."""
    if way not in WAYS:
        raise Invalid(_("This value is not possible here."))
    uow.because(code_name("visit_act", kind))
    uow.known_from(SOURCE)
    with deed(uow, "visit", house) as doing:
        yield doing
        told = {"way": way, "seen": seen[:16], "note": note, "again_on": again_on}
        who = {"who": uow.actor.login, "who_name": uow.actor.name, "at": uow.now, "day": uow.today}
        uow.add(VisitAct, area=house.area, house_id=house.id, kind=kind, **who, **told)
