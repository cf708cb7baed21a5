"""What a worker has before them at a door, and what was done there lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from core.kernel.codes import codes
from core.kernel.freshness import Fresh, freshness
from core.kernel.masking import name_for
from core.kernel.undo import Deed
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person
from core.people.queries.of_homes import OccupantLine, occupants
from core.places.models import House
from core.places.queries.of_houses import HouseDetail, detail_of_house
from core.visits.models import VisitAct
from core.visits.queries.of_list import mark_of, residents
from core.visits.queries.reasons import Why, due_in

DEED = "visit"
LATELY = timedelta(hours=24)
MOST = 30


@dataclass(frozen=True)
class ActLine:
    """One thing done at the door: `kind` is a code of `visit_act`, `deed_id` takes it back while it `is_open`; `about`
    is whom it was about."""

    deed_id: int
    kind: str
    at: datetime
    who: str
    about: str
    is_open: bool
    undone_at: datetime | None


@dataclass(frozen=True)
class NoteLine:
    """What a worker wrote down, and when somebody is to come again."""

    at: datetime
    day: date
    who: str
    kind: str
    note: str
    again_on: date | None


@dataclass(frozen=True)
class HomeVisit:
    """A home as a worker finds it. `seen` is the mark of it all; `looks` are those at the house, `people_looks` at each
    person; `acts` were done within a day, `notes` are the newest ones of any day."""

    house: HouseDetail
    people: list[OccupantLine]
    whys: list[Why]
    seen: str
    looks: Mapping[str, Fresh | None]
    people_looks: dict[int, Mapping[str, Fresh | None]]
    versions: dict[int, int]
    acts: list[ActLine]
    notes: list[NoteLine]


@query("visit.view")
def home(uow: UnitOfWork, house_id: int | str) -> HomeVisit:
    """One home for a visit. Raises Missing for one that is not in the actor's area."""
    uow.require("person.view")
    found = uow.get(House, house_id)
    people = residents(uow, [found.id]).get(found.id, [])
    return HomeVisit(
        house=detail_of_house(uow, found),
        people=occupants(uow, found.id),
        whys=due_in(uow, found.area).get(found.id, []),
        seen=mark_of(found, people),
        looks=freshness(uow, found),
        people_looks={person.id: freshness(uow, person) for person in people},
        versions={person.id: person.version for person in people},
        acts=_acts(uow, found),
        notes=_notes(uow, found),
    )


def _acts(uow: UnitOfWork, house: House) -> list[ActLine]:
    """The deeds of the last day, newest first; also those that were taken back."""
    mine = (Deed.kind == DEED, Deed.about == f"House/{house.id}", col(Deed.at) > uow.now - LATELY)
    found = uow.session.exec(select(Deed).where(*mine).order_by(col(Deed.id).desc()).limit(MOST)).all()
    kinds = {name: code for code, name in codes("visit_act").items()}  # as the deed wrote it down
    return [
        ActLine(
            one.id,
            kinds.get(one.reason, ""),
            one.at,
            one.who,
            _about(uow, one.other),
            one.undone_at is None and uow.actor.may(one.permission),
            one.undone_at,
        )
        for one in found
    ]


def _about(uow: UnitOfWork, other: str) -> str:
    kind, _slash, number = other.partition("/")
    person = uow.session.get(Person, int(number)) if kind == "Person" else None
    return name_for(uow.actor, person.name) if person else ""


def _notes(uow: UnitOfWork, house: House) -> list[NoteLine]:
    """The newest notes and vain visits, with whoever was there."""
    told = (col(VisitAct.note) != "") | col(VisitAct.again_on).is_not(None)
    asked = select(VisitAct).where(VisitAct.house_id == house.id, told)
    found = uow.session.exec(asked.order_by(col(VisitAct.at).desc()).limit(5))
    return [NoteLine(o.at, o.day, o.who_name or o.who, o.kind, o.note, o.again_on) for o in found]
