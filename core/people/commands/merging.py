"""Two records of one person become one, and can become two again.

What points at the record that goes is found by the foreign keys themselves, so a domain that is added later is covered.
The record that goes stays with a pointer to the one that keeps everything, and leaves lists, search and counts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.kernel import search
from core.kernel.i18n import _
from core.kernel.problems import Refused
from core.kernel.records import Record
from core.kernel.undo import Deed, deed, take_back
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.filing import carry, file_person
from core.people.commands.reach import both_in_reach, office_above
from core.people.commands.shared import count, leave, refuse, told
from core.people.duplicates import MERGED, common_area
from core.people.models import DeclaredTag, Household, Person, Relation, Residence
from core.people.queries import of_twins, pointers, records
from core.people.queries.told import step_name
from core.people.rules import HEAD, TEMPORARY, Period, contradictions, reconcile

NUMBERS = ("document_no", "phone")
DOCUMENT = ("document_kind", "document_no", "no_document_reason")
"""These go together: a number without its kind says nothing."""
THEIRS = "other"


@command("person.merge")
def merge_people(
    uow: UnitOfWork,
    person_id: int | str,
    other_id: int | str,
    keep: Mapping[str, str] | None = None,
    reason: str = "",
) -> None:
    """The record `person_id` stays and takes over everything of `other_id`. `keep` says "other" for each field (also
    "home" and "household") of which the other's value is right; an empty field is filled in any case.

    Raises Refused with the way to go when something of the two stands outside the actor's branch, Invalid for a value
    that cannot be, Clash for a record that was merged before.
    """
    kept, gone = both_in_reach(uow, person_id, other_id)
    _refuse_what_is_elsewhere(uow, gone)
    uow.because(reason)
    chosen = _Chosen(kept, gone, keep or {})
    with deed(uow, "merge", kept, gone):
        chosen.take(uow)
        _homes(uow, kept, gone, theirs=chosen.theirs("home"))
        _households(uow, kept, gone, theirs=chosen.theirs("household"))
        _repoint(uow, kept, gone)
        _settle_pairs(uow, kept, gone)
        gone.state, gone.merged_into, gone.household_id, gone.relation = "merged", kept.id, None, ""
        search.forget(uow, gone.id)
        file_person(uow, kept)


def undo_deed(uow: UnitOfWork, deed_id: int | str, reason: str = "") -> None:
    """Take back what was done in one go, inside a command; needs what doing it needed. Raises Missing, Clash."""
    done = uow.get(Deed, deed_id)
    uow.require(done.permission)
    uow.because(reason)
    for step in take_back(uow, done, lambda step: step_name(uow, step)):
        if step.kind == "SearchDoc" and (person := uow.session.get(Person, step.id)):
            file_person(uow, person)
    uow.lines.append(
        uow.line("done", about=done.about, area=done.area, changes={"undone": [None, done.kind]})
    )


class _Chosen:
    """Which value of each field stays."""

    def __init__(self, kept: Person, gone: Person, keep: Mapping[str, str]) -> None:
        self.kept, self.gone, self.keep = kept, gone, keep

    def theirs(self, name: str) -> bool:
        """Whether the value of the record that goes is right."""
        name = "document_no" if name in DOCUMENT else name
        if name in self.keep or name in ("home", "household"):
            return self.keep.get(name) == THEIRS
        return not _of(self.kept, name) and bool(_of(self.gone, name))

    def take(self, uow: UnitOfWork) -> None:
        """The record that stays gets what was chosen; numbers leave the other one first, for they must be unique."""
        names = [*of_twins.CHOSEN, *self.gone.extra]
        values = {name: _of(self.gone, name) for name in names if self.theirs(name)}
        wanted = {name: values.get(name, getattr(self.kept, name)) for name in (*DOCUMENT, "birth", "sex")}
        number = wanted["document_no"]
        if number is not None:
            told = (wanted["document_kind"], number.open(), wanted["birth"], wanted["sex"])
            refuse(contradictions(*told))
        uow.change(self.gone, **dict.fromkeys(NUMBERS))
        if values:
            uow.change(self.kept, **values)


def _of(person: Person, name: str) -> Any:
    return person.extra.get(name) if name.startswith("x_") else getattr(person, name)


def _refuse_what_is_elsewhere(uow: UnitOfWork, gone: Person) -> None:
    """Raises Refused when anything that would have to change stands outside the actor's branch."""
    low, high = uow.actor.branch
    outside = [area for area in pointers.areas_pointing(uow, gone) if not low <= area < high]
    if outside:
        said = _(
            "Homes or relations of this person stand outside your area. Ask the office that covers them all: {office}."
        )
        raise Refused(said.format(office=office_above(uow, outside) or _("the office above yours")))


# --- homes and households ---------------------------------------------------------------------------------


def _homes(uow: UnitOfWork, kept: Person, gone: Person, *, theirs: bool) -> None:
    """The homes of the right record stand; of the other's, what speaks against them goes, and what both say of a house
    becomes one stay. The person stands where the home of now is."""
    mine, other = (records.residences(uow, person.id) for person in (kept, gone))
    right, wrong = (other, mine) if theirs else (mine, other)
    standing, left = reconcile([told(stay) for stay in right], [told(stay) for stay in wrong], uow.today)
    for stay in wrong:
        _cut(uow, stay, [part.period for part in left if part.id == stay.id])
    for stay, stands in zip(right, standing, strict=True):
        uow.change(stay, from_on=stands.period.from_on, to_on=stands.period.to_on)
    open_ones = [stay for stay in (*wrong, *right) if stay in uow.session and stay.to_on is None]
    if home := max(open_ones, key=lambda stay: stay.kind != TEMPORARY, default=None):
        carry(uow, kept, home.area)
    if (kept.state, gone.state) == ("away", "here"):
        uow.change(kept, state="here")


def _cut(uow: UnitOfWork, stay: Residence, pieces: Sequence[Period]) -> None:
    """Of a stay only these periods are left, oldest first."""
    if stay.to_on is None and (not pieces or pieces[-1].to_on is not None):
        count(uow, stay.house_id, -1)
    if not pieces:
        uow.remove(stay)
        return
    first, *more = pieces
    uow.change(stay, from_on=first.from_on, to_on=first.to_on)
    for piece in more:
        copied = stay.model_dump(exclude={"id", "version"})
        uow.add(Residence, **{**copied, "from_on": piece.from_on, "to_on": piece.to_on})


def _households(uow: UnitOfWork, kept: Person, gone: Person, *, theirs: bool) -> None:
    """The person belongs to one household; the place of the other record is left, or taken over."""
    if gone.household_id is None:
        return
    if kept.household_id == gone.household_id:
        _take_place(uow, kept, gone, counted=False)
    elif theirs or kept.household_id is None:
        if kept.household_id is not None:
            leave(uow, kept)
        _take_place(uow, kept, gone, counted=True)
    else:
        leave(uow, gone)


def _take_place(uow: UnitOfWork, kept: Person, gone: Person, *, counted: bool) -> None:
    """The record that stays becomes what the other one was in its household."""
    household = uow.get(Household, gone.household_id)
    is_head = household.head_id == gone.id
    relation = gone.relation if counted or is_head else kept.relation
    uow.change(gone, household_id=None, relation="")
    uow.change(kept, household_id=household.id, relation=HEAD if is_head else relation)
    size, head = household.size - (not counted), kept.id if is_head else household.head_id
    uow.change(household, size=size, head_id=head)


# --- whatever points at somebody --------------------------------------------------------------------------


def _repoint(uow: UnitOfWork, kept: Person, gone: Person) -> None:
    """Everything that points at the record that goes points at the one that stays; what is there twice goes."""
    for record, name in pointers.pointers_at(uow, gone):
        if _would_be_twice(uow, record, name, kept.id):
            uow.session.delete(record)
        else:
            setattr(record, name, kept.id)
            if isinstance(record, Relation | DeclaredTag) and name == "person_id":
                record.area = kept.area
        uow.session.flush()
    for extended, key in pointers.own_pointers(uow, gone):
        extended.extra = {**extended.extra, key: kept.id}
    for attached in pointers.attached_to(uow, gone):
        attached.about_id, attached.area = kept.id, kept.area
    uow.session.flush()


def _would_be_twice(uow: UnitOfWork, record: Record, name: str, kept_id: int) -> bool:
    """Whether the record would point at one and the same person twice, or be the twin of another one."""
    others = [each for each in pointers.pointing()[type(record)] if each != name]
    if type(record) is not Person and any(getattr(record, each) == kept_id for each in others):
        return True
    return any(
        pointers.has_twin(uow, record, {each: getattr(record, each) for each in names} | {name: kept_id})
        for names in pointers.unique_with(type(record), name)
    )


def _settle_pairs(uow: UnitOfWork, kept: Person, gone: Person) -> None:
    """The pair of the two is merged; the other pairs of the record that goes are found again or go."""
    for pair in of_twins.pairs_in_sight(uow, gone.id):
        if {pair.person_id, pair.other_id} == {kept.id, gone.id}:
            pair.state, pair.decided_at, pair.decided_by = MERGED, uow.now, uow.actor.login
            pair.why, pair.area = uow.reason, common_area(kept.area, gone.area)
        else:
            uow.session.delete(pair)
    uow.session.flush()
