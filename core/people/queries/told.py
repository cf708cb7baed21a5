"""How columns that are no declared fields are told of people, households and houses; everything inside a query."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.kernel.i18n import N_, _
from core.kernel.masking import name_for
from core.kernel.past import Teller, Way
from core.kernel.records import AreaRecord
from core.kernel.undo import Step
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import DeclaredTag, Household, Person, Relation, Residence
from core.people.queries.shared import addresses, seen_people
from core.people.tags import DECLARED
from core.places.models import House
from core.places.queries.of_areas import area_names


def _area(uow: UnitOfWork, path: str | None) -> str:
    return area_names(uow, [path]).get(path, _("outside your area")) if path else "—"


def person_name(uow: UnitOfWork, number: int | None) -> str:
    """Somebody's name as the reader may see it, inside a query; of people of another area only that they are."""
    found = seen_people(uow, [number]).get(number) if number else None
    return name_for(uow.actor, found.name) if found else _("somebody outside your area") if number else "—"


def household_name(uow: UnitOfWork, number: int | None) -> str:
    """A household by the name of its head, inside a query."""
    found = uow.session.get(Household, number) if number else None
    if found is None:
        return _("a household outside your area") if number else "—"
    head = person_name(uow, found.head_id) if found.head_id else found.number or str(found.id)
    return _("household of {name}").format(name=head)


def house_name(uow: UnitOfWork, number: int | None) -> str:
    """A house by its short address, inside a query."""
    return addresses(uow, [number]).get(number, _("a house outside your area")) if number else "—"


AREA = Way(N_("Area"), _area)
PERSON = {
    "area": AREA,
    "household_id": Way(N_("Household"), household_name),
    "merged_into": Way(N_("Merged into"), person_name),
}
HOUSEHOLD = {
    "area": AREA,
    "house_id": Way(N_("Home"), house_name),
    "head_id": Way(N_("Head of household"), person_name),
    "size": Way(N_("Members")),
}
HOUSE = {"area": AREA, "residents": Way(N_("Residents"))}
STAY = {"person_id": Way(N_("Person"), person_name), "house_id": Way(N_("House"), house_name)}
TIE = {"other_id": Way(N_("The other"), person_name)}
TAG = {"tag": Way(N_("Tag"), lambda _uow, key: DECLARED[key].title if key in DECLARED else str(key))}


# --- steps of a deed --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepLine:
    """One thing that a command changes: of what kind, of whom or what, which field, before and after."""

    kind: str
    about: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class _Kind:
    title: str
    model: type[AreaRecord]
    ways: dict[str, Way]
    name: Callable[[UnitOfWork, AreaRecord], str]


def _name_of(kind: str) -> Callable[[UnitOfWork, AreaRecord], str]:
    """The record by the person or house it belongs to."""

    def said(uow: UnitOfWork, record: AreaRecord) -> str:
        return person_name(uow, getattr(record, kind))

    return said


TOLD = {
    "Person": _Kind(N_("Person"), Person, PERSON, lambda uow, one: person_name(uow, one.id)),
    "Household": _Kind(N_("Household"), Household, HOUSEHOLD, lambda uow, one: household_name(uow, one.id)),
    "House": _Kind(N_("House"), House, HOUSE, lambda uow, one: house_name(uow, one.id)),
    "Residence": _Kind(N_("Residence"), Residence, STAY, _name_of("person_id")),
    "Relation": _Kind(N_("Relation"), Relation, TIE, _name_of("person_id")),
    "DeclaredTag": _Kind(N_("Service tag"), DeclaredTag, TAG, _name_of("person_id")),
}
LEFT_OUT = {"id", "area"}


def step_name(uow: UnitOfWork, step: Step) -> str:
    """The record of a step as people call it, inside a query or command."""
    known = TOLD.get(step.kind)
    if known is None:
        return _("another entry")
    record = uow.session.get(known.model, step.id) or known.model(**(step.before or step.after))
    return f"{_(known.title)} {known.name(uow, record)}"


def tell(uow: UnitOfWork, steps: Sequence[Step]) -> list[StepLine]:
    """What the steps amount to, in the order in which records come up, inside a command: a field that goes forth and
    back is no news."""
    found: list[StepLine] = []
    for key in dict.fromkeys((step.kind, step.id) for step in steps):
        mine = [step for step in steps if (step.kind, step.id) == key]
        if key[0] in TOLD:
            found += _lines(uow, TOLD[key[0]], mine)
    return found


def _lines(uow: UnitOfWork, known: _Kind, mine: Sequence[Step]) -> Iterable[StepLine]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for step in mine:
        before = {**step.before, **before}
        after.update(step.after)
    record = uow.session.get(known.model, mine[0].id) or known.model(**before)
    about = (_(known.title), known.name(uow, record))
    teller = Teller(uow, known.model, getattr(record, "fields_of", ""), known.ways)
    names = [n for n in {**after, **before} if n not in LEFT_OUT and teller.label(n)]
    for name in names:
        was, now = before.get(name), after.get(name)
        if (was or None) != (now or None):
            yield StepLine(*about, teller.label(name), teller.say(name, was), teller.say(name, now))
