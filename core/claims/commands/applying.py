"""What accepted statements do to the register: the ordinary commands, one after the other, inside one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.claims.models import SOURCE, Claim, ClaimItem
from core.claims.queries import records
from core.claims.rules import ADD, CHANGE, FIRM, HOUSE, NOTHING, OUT, SPOTS
from core.kernel import freshness
from core.kernel.i18n import _
from core.kernel.masking import value_of
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.organisations import commands as firms
from core.organisations.models import Organisation
from core.organisations.rules import kind_of
from core.people import commands as people
from core.people.commands.life import found_household
from core.people.commands.reach import registered
from core.people.models import Household, Person, Residence
from core.people.queries.of_homes import members_of
from core.people.rules import HEAD
from core.places import commands as places
from core.places.models import House

NEEDS = {
    NOTHING: ("house.edit", "person.edit"),
    ADD: ("person.edit", "household.edit"),
    CHANGE: ("person.edit", "household.edit", "residence.edit"),
    OUT: ("household.edit",),
    HOUSE: ("house.edit",),
    FIRM: ("organisation.edit",),
}
"""Whoever accepts a statement must be allowed to do by hand what it does."""
ORDER = (CHANGE, OUT, ADD, HOUSE, FIRM, NOTHING)
"""Who moves out makes room for who moves in; the state of the house comes after its people."""
GONE = ("closed", "moved")
OTHER = "99"
"""What somebody is to the head as long as nobody said it (GB/T 4761)."""


@dataclass
class Part:
    """What is accepted of one statement: values by their fields, and what the decider adds: `person_id` of somebody who
    is registered already, `head_id` of who becomes the head, `household_id` of the household that is joined (0: one of
    their own), `kind` of an organisation without a code."""

    claim: Claim
    house: House
    items: Sequence[ClaimItem]
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kind = self.items[0].kind
        self.values = {item.field: records.value_of(item) for item in self.items}

    def of(self, model: type[Any]) -> dict[str, Any]:
        """The values that belong to a kind of record, by its columns."""
        spots = SPOTS[self.kind]
        return {spots[n].column: value for n, value in self.values.items() if spots[n].model is model}

    def chosen(self, name: str) -> int | None:
        """A number that the decider adds."""
        return int(self.more[name]) if self.more.get(name) else None


def apply(uow: UnitOfWork, parts: Sequence[Part]) -> None:
    """Every accepted statement, in an order in which they fit together; what it is known from stands with each value.

    Raises what the ordinary commands raise.
    """
    for part in sorted(parts, key=lambda one: ORDER.index(one.kind)):
        for permission in NEEDS[part.kind]:
            uow.require(permission)
        uow.known_from(SOURCE)
        uow.because(reason_of(part.claim))
        APPLY[part.kind](uow, part)


def reason_of(claim: Claim) -> str:
    """What stands at every change: the way back to the self-report."""
    return _("Self-report {number}").format(number=claim.id)


def _nothing(uow: UnitOfWork, part: Part) -> None:
    """The house, and that these people live there, is as registered."""
    places.verify_house(uow, part.house.id, SOURCE)
    for person, _stay in records.residents(uow, part.house.id):
        people.verify_person(uow, person.id, SOURCE, ["home"])


def _add(uow: UnitOfWork, part: Part) -> None:
    stay = part.of(Residence)
    kind, day = stay.get("kind") or "family", stay.get("from_on")
    if person_id := part.chosen("person_id"):
        _move_in(uow, part, person_id, kind, day)
        return
    values = part.of(Person)
    if not values.get("name") or not values.get("birth"):
        said = _("Somebody new needs at least a name and a birth date: accept both, or refuse the person.")
        raise Invalid(said)
    relation = values.pop("relation", "")
    household = _household(uow, part, relation)
    person_id = people.add_person(
        uow,
        house_id=part.house.id,
        residence_kind=kind,
        from_on=day,
        household_id=household.id if household else None,
        relation=(relation or OTHER) if household else "",
        **values,
    )
    if household is None and kind != "temporary":
        found_household(uow, [uow.get(Person, person_id)], person_id, {}, part.house, day)
    people.verify_person(uow, person_id, SOURCE)
    _point(part, person_id=person_id)


def _move_in(uow: UnitOfWork, part: Part, person_id: int, kind: str, day: date | None) -> None:
    """Somebody who is registered already moves in, and what was said beside is brought up to date."""
    relation = str(part.of(Person).get("relation") or "")
    household = _household(uow, part, relation)
    joins: dict[str, Any] = {"household_id": household.id, "relation": relation or OTHER} if household else {}
    if all(one.id != person_id for one, _stay in records.residents(uow, part.house.id)):
        people.move_in(uow, person_id, part.house.id, day, kind=kind, **joins)
    uow.because(reason_of(part.claim))
    _edit(uow, person_id, {n: v for n, v in part.of(Person).items() if n in ("phone", "category")})
    people.verify_person(uow, person_id, SOURCE, ["home"])
    _point(part, person_id=person_id)


def _household(uow: UnitOfWork, part: Part, relation: str) -> Household | None:
    """The household that somebody joins; None: one of their own. Raises Missing."""
    if "household_id" in part.more:
        number = part.chosen("household_id")
        return uow.get(Household, number) if number else None
    there = {one.household_id for one, _stay in records.residents(uow, part.house.id) if one.household_id}
    joins = relation not in ("", HEAD) and len(there) == 1
    return uow.get(Household, there.pop()) if joins else None


def _change(uow: UnitOfWork, part: Part) -> None:
    person = registered(uow, part.items[0].person_id or 0)
    values = part.of(Person)
    relation = values.pop("relation", None)
    _edit(uow, person.id, values)
    if kind := part.of(Residence).get("kind"):
        _live_as(uow, part, person, kind)
    if relation and relation != person.relation:
        _relate(uow, person, relation)


def _edit(uow: UnitOfWork, person_id: int, values: Mapping[str, Any]) -> None:
    """Change what differs, and note that the rest was found so."""
    person = registered(uow, person_id)
    news = {name: value for name, value in values.items() if value_of(person, name) != value}
    if news:
        people.edit_person(uow, person.id, seen=None, source=SOURCE, **news)
    same = [name for name in values if name not in news and name in person.key_fields]
    if same:
        people.verify_person(uow, person.id, SOURCE, same)


def _live_as(uow: UnitOfWork, part: Part, person: Person, kind: str) -> None:
    """Somebody lives here as something else than is registered."""
    stay = next(stay for one, stay in records.residents(uow, part.house.id) if one.id == person.id)
    if stay.kind != kind:
        period: dict[str, Any] = {"from_on": stay.from_on, "to_on": stay.to_on}
        reason = reason_of(part.claim)
        people.correct_residence(uow, stay.id, kind=kind, source=SOURCE, reason=reason, **period)


def _relate(uow: UnitOfWork, person: Person, relation: str) -> None:
    """Somebody is something else to the head; the others stay what they are."""
    if person.household_id is None:
        raise Invalid(
            _("{name} belongs to no household; enter the household first.").format(name=person.name)
        )
    household = uow.get(Household, person.household_id)
    members = {one.id: one.relation for one in members_of(uow, household.id)} | {person.id: relation}
    people.change_head(uow, household.id, household.head_id or person.id, members)


def _out(uow: UnitOfWork, part: Part) -> None:
    person_id = part.chosen("person_id") or part.items[0].person_id
    if not person_id:
        raise Invalid(_("Say which of the registered people moved out."))
    day = part.values.get("on") or uow.today
    head = part.chosen("head_id")
    others = _without(uow, person_id, head) if head else {}
    people.move_out(
        uow, [person_id], day, place=str(part.values.get("where") or ""), head_id=head, relations=others
    )
    _point(part, person_id=person_id)


def _without(uow: UnitOfWork, person_id: int, head_id: int) -> dict[int, str]:
    """What those who stay are to the new head, as far as it is known: what they were, or else another relative."""
    person = registered(uow, person_id)
    members = members_of(uow, person.household_id or 0)
    return {one.id: one.relation or OTHER for one in members if one.id not in (person_id, head_id)}


def _house(uow: UnitOfWork, part: Part) -> None:
    house, values = uow.get(House, part.house.id), part.of(House)
    if values.get("state") == "vacant" and house.residents:
        said = _("{n} people are still registered here. Accept that they moved out first.")
        raise Invalid(said.format(n=house.residents))
    news = {name: value for name, value in values.items() if value_of(house, name) != value}
    if news:
        places.edit_house(uow, house.id, None, **news)
    same = [name for name in values if name not in news]
    if same:
        freshness.confirm(uow, house, same, SOURCE)


def _firm(uow: UnitOfWork, part: Part) -> None:
    values = part.of(Organisation)
    state, closed_on = values.pop("state", ""), values.pop("closed_on", None)
    number = part.items[0].organisation_id
    if number is None:
        if not values.get("credit_code") and part.more.get("kind"):
            values["kind"] = part.more["kind"]
        number = firms.add_organisation(uow, house_id=part.house.id, **values)
        _point(part, organisation_id=number)
    elif values:
        now = uow.get(Organisation, number)
        if code := values.get("credit_code"):
            values.setdefault("kind", kind_of(code))
        firms.edit_organisation(
            uow, number, seen=None, **{n: v for n, v in values.items() if value_of(now, n) != v}
        )
    if state in GONE:
        firms.close_organisation(uow, number, closed_on, state)
    firms.verify_organisation(uow, number, SOURCE)


def _point(part: Part, **to: int) -> None:
    """From the statement to the record it became: what is held about somebody knows who said so."""
    for item in part.items:
        for name, number in to.items():
            setattr(item, name, number)


APPLY: Mapping[str, Callable[[UnitOfWork, Part], None]] = {
    NOTHING: _nothing,
    ADD: _add,
    CHANGE: _change,
    OUT: _out,
    HOUSE: _house,
    FIRM: _firm,
}
