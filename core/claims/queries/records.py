"""Records for the commands and queries on self-reports: only inside one, never for a screen."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import col, func, select

from core.claims.models import ABOUT, OPEN, SOURCE, Claim, ClaimItem, is_own_door
from core.claims.rules import fields_of, read_code
from core.kernel.crypto import Sealed, keyring
from core.kernel.fields import Declared
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.records import Record
from core.kernel.undo import Deed
from core.kernel.unit_of_work import UnitOfWork
from core.labels.models import ACTIVE, DoorLabel
from core.organisations.models import Organisation
from core.organisations.queries.shared import seen_organisations
from core.people.models import Person, Residence
from core.people.queries.shared import seen_people
from core.places.models import CLOSED, House

__all__ = ["ABOUT", "SOURCE"]
MARK = 16


def gone() -> Missing:
    """Not there and not yours look the same."""
    return Missing(_("Nothing is here by that number, or it is not in your area."))


def house_at(uow: UnitOfWork, label_id: int | str) -> House:
    """The house of a label that is in use, for whoever stands at it. Raises Missing."""
    label = uow.get(DoorLabel, label_id)
    if not is_own_door(uow, label.id) or label.state != ACTIVE:
        raise gone()
    house = uow.get(House, label.house_id)
    if house.state == CLOSED:
        raise gone()
    return house


def residents(uow: UnitOfWork, house_id: int) -> list[tuple[Person, Residence]]:
    """Who is registered in a house now, and how; the longest there first."""
    asked = (
        select(Person, Residence)
        .join(Residence, col(Residence.person_id) == col(Person.id))
        .where(Residence.house_id == house_id, col(Residence.to_on).is_(None), Person.state == "here")
    )
    found = uow.session.exec(asked.order_by(col(Residence.id))).all()
    return list({person.id: (person, stay) for person, stay in found}.values())


def firms(uow: UnitOfWork, house_id: int) -> list[Organisation]:
    """The organisations that are open in a house."""
    asked = select(Organisation).where(Organisation.house_id == house_id, Organisation.state == "open")
    return list(uow.session.exec(asked.order_by(col(Organisation.id))))


def mark(label_id: int, record: Record) -> str:
    """What stands for a person or organisation on a page at the door: nobody reads anything from it, and at another
    door it means nobody."""
    return keyring().index(f"{label_id}:{type(record).__name__}/{record.id}", ABOUT)[:MARK]


def by_receipt(uow: UnitOfWork, typed: str) -> Claim:
    """The self-report of a receipt code; for whoever stands at a door only one of that door. Raises Missing."""
    code = read_code(typed)
    index = keyring().index(code, "receipt")
    found = uow.session.exec(select(Claim).where(Claim.receipt_index == index)).first()
    if found is None or not code or not is_own_door(uow, found.label_id):
        raise Missing(
            _("There is no receipt with this number. Please compare it with the one you were given.")
        )
    return found


def by_once(uow: UnitOfWork, label_id: int, once: str) -> Claim | None:
    """The self-report that was handed in with the same mark before."""
    asked = select(Claim).where(Claim.label_id == label_id, Claim.once == once)
    return uow.session.exec(asked).first()


def items_of(uow: UnitOfWork, claim_ids: Iterable[int]) -> list[ClaimItem]:
    """What some self-reports say, in the order in which it was said; corrected statements are left out."""
    asked = select(ClaimItem).where(col(ClaimItem.claim_id).in_(list(claim_ids)))
    return list(
        uow.session.exec(asked.order_by(col(ClaimItem.claim_id), col(ClaimItem.part), col(ClaimItem.id)))
    )


def open_at(uow: UnitOfWork, house_id: int) -> list[Claim]:
    """The open self-reports about a house, oldest first."""
    asked = select(Claim).where(Claim.house_id == house_id, col(Claim.state).in_(OPEN))
    return list(uow.session.exec(asked.order_by(col(Claim.id))))


def count_open(uow: UnitOfWork, label_id: int) -> int:
    """How many self-reports of a door wait."""
    asked = select(func.count()).select_from(Claim)
    return uow.session.exec(asked.where(Claim.label_id == label_id, col(Claim.state).in_(OPEN))).one()


def known_of(item: ClaimItem) -> Declared:
    """The declaration of the field of an item."""
    return fields_of(item.kind)[item.field]


def value_of(item: ClaimItem, side: str = "after") -> Any:
    """What the field says before or after, in its own type; numbers stay sealed."""
    known, secret = known_of(item), getattr(item, f"secret_{side}")
    if secret is not None:
        return Sealed(known.facts.mask, plain=secret.open())
    raw = getattr(item, side)
    return None if raw is None else known.read(json.loads(raw))


def now_of(uow: UnitOfWork, claim: Claim, items: Sequence[ClaimItem]) -> dict[str, Record]:
    """The records that a self-report speaks of, as they stand, by "Person/1"; those out of sight are left out."""
    people = {item.person_id for item in items if item.person_id}
    firms = {item.organisation_id for item in items if item.organisation_id}
    about: list[Record] = [*seen_people(uow, people).values(), *seen_organisations(uow, firms).values()]
    stays = select(Residence).where(col(Residence.person_id).in_(people), col(Residence.to_on).is_(None))
    there = {f"Residence/{one.person_id}": one for one in uow.session.exec(stays)}
    house = uow.session.get(House, claim.house_id)
    return {f"{type(one).__name__}/{one.id}": one for one in [*about, *([house] if house else [])]} | there


def last_deed(uow: UnitOfWork, claim_id: int) -> Deed | None:
    """What accepting a report did, while it can be taken back; inside a query or command."""
    asked = select(Deed).where(Deed.about == f"Claim/{claim_id}", col(Deed.undone_at).is_(None))
    return uow.session.exec(asked.order_by(col(Deed.id).desc())).first()


def stamp(claim: Claim, now: dict[str, Record]) -> str:
    """A mark of the self-report and of everything it speaks of: it changes as soon as any of them does."""
    told = [
        f"{claim.id}.{claim.version}",
        *(f"{key}.{one.id}.{one.version}" for key, one in sorted(now.items())),
    ]
    return hashlib.sha256(" ".join(told).encode()).hexdigest()[:MARK]
