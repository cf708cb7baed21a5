"""What accepted statements about people do to the register, by its ordinary commands; inside a command."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.claims.commands.parts import Part, point, reason_of
from core.claims.models import SOURCE
from core.claims.queries import records
from core.kernel.i18n import _
from core.kernel.masking import value_of
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands as people
from core.people.commands.life import found_household
from core.people.commands.reach import registered
from core.people.models import Household, Person, Residence
from core.people.queries.of_homes import members_of
from core.people.rules import HEAD

OTHER = "99"
"""What somebody is to the head as long as nobody said it (GB/T 4761)."""


def add(uow: UnitOfWork, part: Part) -> None:
    """Somebody new, or of the register, who moves in, inside a command. Raises Invalid without name or birth."""
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
    point(part, person_id=person_id)


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
    point(part, person_id=person_id)


def _household(uow: UnitOfWork, part: Part, relation: str) -> Household | None:
    """The household that somebody joins; None: one of their own. Raises Missing."""
    if "household_id" in part.more:
        number = part.chosen("household_id")
        return uow.get(Household, number) if number else None
    there = {one.household_id for one, _stay in records.residents(uow, part.house.id) if one.household_id}
    joins = relation not in ("", HEAD) and len(there) == 1
    return uow.get(Household, there.pop()) if joins else None


def change(uow: UnitOfWork, part: Part) -> None:
    """Details of somebody, inside a command: what differs is changed, what is the same is verified."""
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


def move_out(uow: UnitOfWork, part: Part) -> None:
    """Somebody moved away, inside a command. Raises Invalid while nobody said who, or who becomes the head."""
    person_id = part.chosen("person_id") or part.items[0].person_id
    if not person_id:
        raise Invalid(_("Say which of the registered people moved out."))
    day = part.values.get("on") or uow.today
    head = part.chosen("head_id")
    others = _without(uow, person_id, head) if head else {}
    people.move_out(
        uow, [person_id], day, place=str(part.values.get("where") or ""), head_id=head, relations=others
    )
    point(part, person_id=person_id)


def _without(uow: UnitOfWork, person_id: int, head_id: int) -> dict[int, str]:
    """What those who stay are to the new head, as far as it is known: what they were, or else another relative."""
    person = registered(uow, person_id)
    members = members_of(uow, person.household_id or 0)
    return {one.id: one.relation or OTHER for one in members if one.id not in (person_id, head_id)}
