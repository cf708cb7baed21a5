"""What whoever has a receipt code sees: how far it is, and what became of each field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlmodel import col, func, select

from core.attachments.models import Attachment
from core.claims.forms import ClaimForm, Said
from core.claims.models import OPEN, Claim, ClaimItem
from core.claims.queries import records
from core.claims.rules import FIRM, TITLES, grouped
from core.kernel.crypto import Sealed
from core.kernel.i18n import _
from core.kernel.masking import masked, name_for, spoken
from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Organisation
from core.people.models import Person
from core.places.models import House
from core.places.queries.of_houses import detail_of_house


@dataclass(frozen=True)
class LineTold:
    """One field: what was said, masked, and what became of it."""

    name: str
    label: str
    said: str
    state: str


@dataclass(frozen=True)
class PartTold:
    """One thing that was said, such as one person who was added."""

    kind: str
    title: str
    about: str
    state: str
    lines: tuple[LineTold, ...]


@dataclass(frozen=True)
class Told:
    """A self-report for whoever handed it in. `why` is the answer of who verified it."""

    code: str
    label_id: int
    area: str
    address: str
    who: str
    state: str
    handed_in_at: datetime
    due_on: date
    decided_at: datetime | None
    why: str
    note: str
    pictures: int
    can_correct: bool
    can_withdraw: bool
    parts: tuple[PartTold, ...]


@query("claim.follow")
def receipt(uow: UnitOfWork, code: str) -> Told:
    """The self-report of a receipt code. Raises Missing for one that nobody was given."""
    claim = records.by_receipt(uow, code)
    house = uow.get(House, claim.house_id)
    is_open = claim.state in OPEN
    return uow.show(
        Told,
        claim,
        code=grouped(claim.receipt.open()),
        address=detail_of_house(uow, house).title,
        pictures=pictures(uow, claim.id),
        can_correct=is_open,
        can_withdraw=is_open,
        parts=tuple(_part(uow, part) for part in parts_of(uow, claim)),
    )


@query("claim.follow")
def house_of_receipt(uow: UnitOfWork, code: str) -> int:
    """The number of the house that a receipt code speaks of. Raises Missing."""
    return records.by_receipt(uow, code).house_id


@query("claim.follow")
def restate(uow: UnitOfWork, code: str) -> ClaimForm:
    """What was handed in, as a form to correct. Numbers stay empty, and so stay as they were. Raises Missing."""
    claim = records.by_receipt(uow, code)
    said = (_said(uow, claim, part) for part in parts_of(uow, claim))
    return ClaimForm(
        who=claim.who,
        items=tuple(said),
        contact_name=claim.contact_name,
        texts=tuple(text["id"] for text in claim.texts),
        note=claim.note,
        language=claim.language,
    )


def parts_of(uow: UnitOfWork, claim: Claim) -> list[list[ClaimItem]]:
    """The fields of a self-report, those that belong together in one list; inside a query."""
    return [list(part) for _n, part in groupby(records.items_of(uow, [claim.id]), key=lambda item: item.part)]


def pictures(uow: UnitOfWork, claim_id: int) -> int:
    """How many pictures came with it, inside a query."""
    own = (col(Attachment.about_kind) == Claim.__name__) & (col(Attachment.about_id) == claim_id)
    asked = select(func.count()).select_from(Attachment).where(own, col(Attachment.removed_at).is_(None))
    return uow.session.exec(asked).one()


def about(uow: UnitOfWork, part: Sequence[ClaimItem]) -> str:
    """Whom a part is about, as the reader may see it: somebody registered, or a name; inside a query."""
    first = part[0]
    if first.person_id:
        person = uow.session.get(Person, first.person_id)
        return name_for(uow.actor, person.name) if person else ""
    if first.organisation_id:
        firm = uow.session.get(Organisation, first.organisation_id)
        return firm.name if firm else ""
    names = [records.value_of(item) for item in part if item.field == "name"]
    return "".join(name if first.kind == FIRM else name_for(uow.actor, name) for name in names[:1])


def said_of(uow: UnitOfWork, item: ClaimItem, value: object) -> str:
    """A value of the field of an item in words, masked for the reader, inside a query."""
    known = records.known_of(item)
    return spoken(known, masked(uow.actor, value, known))


def state_of(part: Sequence[ClaimItem]) -> str:
    """The state of a part: that of its fields, or "partly"."""
    states = {item.state for item in part}
    return states.pop() if len(states) == 1 else "partly"


def _part(uow: UnitOfWork, part: Sequence[ClaimItem]) -> PartTold:
    lines = tuple(
        LineTold(
            item.field,
            _(records.known_of(item).label),
            said_of(uow, item, records.value_of(item)),
            item.state,
        )
        for item in part
    )
    return PartTold(part[0].kind, _(TITLES[part[0].kind]), about(uow, part), state_of(part), lines)


def _said(uow: UnitOfWork, claim: Claim, part: Sequence[ClaimItem]) -> Said:
    """A part as the form had it."""
    first = part[0]
    known = records.now_of(uow, claim, part)
    key = f"Person/{first.person_id}" if first.person_id else f"Organisation/{first.organisation_id}"
    ref = records.mark(claim.label_id, known[key]) if key in known else ""
    values = {item.field: records.value_of(item) for item in part}
    return Said(first.kind, ref, {n: "" if isinstance(v, Sealed) else v for n, v in values.items()})
