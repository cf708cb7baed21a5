"""One self-report beside the register: field by field, with what others say about the same house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.claims.models import OPEN, Claim, ClaimItem
from core.claims.queries import records
from core.claims.queries.of_candidates import Candidate, Joinable, candidates, heads, households
from core.claims.queries.of_lists import ClaimLine, lines_of
from core.claims.queries.of_receipt import about, parts_of, pictures, said_of, state_of
from core.claims.rules import ADD, FIRM, OUT, SPOTS, TITLES, urgency
from core.kernel.codes import code_name
from core.kernel.i18n import _, language
from core.kernel.masking import value_of
from core.kernel.records import Record
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries.shared import addresses
from core.places.models import CLOSED, House


@dataclass(frozen=True)
class FieldLine:
    """One field: what the register says, what it said when the report came in if that has changed, what is said, and
    what other open reports say instead. `is_same`: the register says so already, `is_told`: it has no such field."""

    id: int
    name: str
    label: str
    register: str
    before: str
    said: str
    others: tuple[str, ...]
    state: str
    is_same: bool
    is_told: bool


@dataclass(frozen=True)
class PartLine:
    """Fields that belong together. `candidates` are people who may be the one that is said to live here or to have
    moved out, `heads` those of whom one must become the head, `households` those that may be joined."""

    part: int
    kind: str
    title: str
    about: str
    state: str
    person_id: int | None
    organisation_id: int | None
    fields: tuple[FieldLine, ...]
    candidates: tuple[Candidate, ...]
    heads: tuple[Candidate, ...]
    households: tuple[Joinable, ...]
    wants_kind: bool


@dataclass(frozen=True)
class ClaimDetail:
    """One self-report in full, masked for the reader. `seen` is the mark of everything on this screen, `others` are the
    other open reports of this house, `is_closed` houses take nothing any more."""

    id: int
    area: str
    house_id: int
    address: str
    who: str
    contact_name: str
    contact_phone: str | None
    note: str
    texts: tuple[str, ...]
    handed_in_at: datetime
    corrected_at: datetime | None
    due_on: date
    is_urgent: bool
    urgency: str
    state: str
    decided_at: datetime | None
    decided_by: str
    why: str
    pictures: int
    parts: tuple[PartLine, ...]
    others: tuple[ClaimLine, ...]
    seen: str
    can_undo: bool
    is_closed: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody may decide about it."""
        return self.state in OPEN


@query("claim.view")
def claim(uow: UnitOfWork, claim_id: int | str) -> ClaimDetail:
    """One self-report. Raises Missing."""
    found = uow.get(Claim, claim_id)
    house = uow.session.get(House, found.house_id)
    parts = parts_of(uow, found)
    items = [item for part in parts for item in part]
    now = records.now_of(uow, found, items)
    others = [one for one in records.open_at(uow, found.house_id) if one.id != found.id]
    told = told_by(uow, others)
    is_open = found.state in OPEN
    return uow.show(
        ClaimDetail,
        found,
        address=addresses(uow, [found.house_id]).get(found.house_id, house.address if house else ""),
        texts=tuple(_text(text["key"], text["version"]) for text in found.texts),
        urgency=urgency(found.due_on, uow.today, is_open=is_open),
        pictures=pictures(uow, found.id),
        parts=tuple(_part(uow, found, part, now, told) for part in parts),
        others=tuple(lines_of(uow, others)),
        seen=records.stamp(found, now),
        can_undo=not is_open and records.last_deed(uow, found.id) is not None,
        is_closed=house is None or house.state == CLOSED,
    )


Key = tuple[str, str]
"""What a field is about, such as ("Person/12", "phone"): two reports that say something of the same key may clash."""


def told_by(uow: UnitOfWork, others: Sequence[Claim]) -> dict[Key, list[ClaimItem]]:
    """What some reports say, by what it is about, inside a query."""
    found: dict[Key, list[ClaimItem]] = {}
    for one in others:
        for part in parts_of(uow, one):
            for item in part:
                found.setdefault(key_of(part, item), []).append(item)
    return found


def apart(words: str, other: str) -> str:
    """The words of another value: two numbers that differ may look the same behind their masks."""
    return words if words != other else _("{value} (another number)").format(value=words)


def key_of(part: Sequence[ClaimItem], item: ClaimItem) -> Key:
    """What a field is about: somebody registered, the house, or somebody new by name and birth."""
    if item.person_id and item.kind != ADD:
        return f"Person/{item.person_id}", item.field
    if item.organisation_id:
        return f"Organisation/{item.organisation_id}", item.field
    said = {each.field: records.value_of(each) for each in part}
    if item.kind in (ADD, FIRM, OUT):
        return f"{item.kind}/{said.get('name')}/{said.get('birth')}", item.field
    return item.kind, item.field


def register_says(now: Mapping[str, Record], claim: Claim, item: ClaimItem) -> Any:
    """The value of a field as it stands in the register; None where there is none."""
    spot = SPOTS[item.kind][item.field]
    number = {"House": claim.house_id, "Organisation": item.organisation_id}.get(
        spot.model.__name__, item.person_id
    )
    record = now.get(f"{spot.model.__name__}/{number}")
    return value_of(record, spot.column) if record is not None and spot.is_registered else None


def _part(
    uow: UnitOfWork,
    found: Claim,
    part: Sequence[ClaimItem],
    now: Mapping[str, Record],
    told: Mapping[Key, Sequence[ClaimItem]],
) -> PartLine:
    first, is_open = part[0], found.state in OPEN
    values = {item.field: records.value_of(item) for item in part}
    return PartLine(
        first.part,
        first.kind,
        _(TITLES[first.kind]),
        about(uow, part),
        state_of(part),
        first.person_id,
        first.organisation_id,
        tuple(_field(uow, found, part, item, now, told) for item in part),
        tuple(candidates(uow, found, first, values)) if is_open else (),
        tuple(heads(uow, first.person_id)) if is_open and first.kind == OUT else (),
        tuple(households(uow, found.house_id)) if is_open and first.kind == ADD else (),
        first.kind == FIRM and not first.organisation_id and not ({"credit_code", "kind"} & values.keys()),
    )


def _field(
    uow: UnitOfWork,
    found: Claim,
    part: Sequence[ClaimItem],
    item: ClaimItem,
    now: Mapping[str, Record],
    told: Mapping[Key, Sequence[ClaimItem]],
) -> FieldLine:
    said, before = records.value_of(item), records.value_of(item, "before")
    there = register_says(now, found, item)
    words = said_of(uow, item, said)
    has_moved = found.state in OPEN and (there or None) not in (before or None, said or None)
    differing = (one for one in told.get(key_of(part, item), ()) if records.value_of(one) != said)
    others = {apart(said_of(uow, one, records.value_of(one)), words) for one in differing}
    return FieldLine(
        item.id,
        item.field,
        _(records.known_of(item).label),
        _register(uow, item, there, said, words),
        said_of(uow, item, before) if has_moved and before is not None else "",
        words,
        tuple(sorted(others)),
        item.state,
        is_same=there is not None and there == said,
        is_told=item.kind != OUT and not SPOTS[item.kind][item.field].is_registered,
    )


def _register(uow: UnitOfWork, item: ClaimItem, there: Any, said: Any, words: str) -> str:
    """What the register says, in words."""
    now = said_of(uow, item, there) if there is not None else ""
    return now if there == said else apart(now, words)


def _text(key: str, version: int) -> str:
    """A consent text and its version as people call it."""
    return f"{code_name('consent_text', key, lang=language.get())} v{version}"
