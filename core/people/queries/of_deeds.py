"""What was done in one go to a person, household or house, and can be taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, or_, select

from core.kernel.i18n import _
from core.kernel.records import AreaRecord
from core.kernel.undo import DEEDS, Deed
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Household, Person
from core.places.models import House

MOST = 20
KINDS: dict[str, tuple[type[AreaRecord], str]] = {
    "Person": (Person, "person.view"),
    "Household": (Household, "person.view"),
    "House": (House, "house.view"),
}


@dataclass(frozen=True)
class DeedLine:
    """One deed: `title` in words, `open` whether this reader may still take it back."""

    id: int
    area: str
    title: str
    at: datetime
    who: str
    reason: str
    undone_at: datetime | None
    undone_by: str
    open: bool


@query("record.history")
def deeds_of(uow: UnitOfWork, kind: str, record_id: int | str) -> list[DeedLine]:
    """The deeds about a record ("Person", "Household", "House"), newest first. Raises Missing, Refused."""
    model, needs = KINDS.get(kind, (Person, "person.view"))
    uow.require(needs)
    name = f"{kind}/{uow.get(model, record_id).id}"
    about = or_(col(Deed.about) == name, col(Deed.other) == name)
    found = uow.session.exec(select(Deed).where(about).order_by(col(Deed.id).desc()).limit(MOST))
    return [
        uow.show(
            DeedLine,
            one,
            title=_(DEEDS[one.kind]),
            open=one.undone_at is None and uow.actor.may(one.permission),
        )
        for one in found
    ]
