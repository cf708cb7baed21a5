"""Adding, editing, verifying people; showing one sealed number in full."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.exc import IntegrityError

from core.kernel import freshness, lines
from core.kernel.checking import check
from core.kernel.codes import codes
from core.kernel.crypto import Sealed
from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.masking import TWINS, sealed_of, twin
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.filing import file_person
from core.people.commands.reach import office_above, registered
from core.people.commands.shared import confirm, end_homes, join, leave, refuse, settle
from core.people.models import Household, Person
from core.people.queries import records
from core.people.rules import contradictions, derived
from core.places.models import House
from core.places.queries.records import own_grid
from core.places.rules.areas import check_editable

EDITABLE = tuple(name for name in declared(Person) if name != "relation")
SEALED = ("document_no", "phone")
SAYS_WHO = ("document_kind", "document_no", "birth", "sex")


@command("person.edit")
def add_person(
    uow: UnitOfWork,
    /,
    *,
    house_id: int | None = None,
    area: str | None = None,
    residence_kind: str = "owner",
    from_on: date | None = None,
    household_id: int | None = None,
    relation: str = "",
    **values: object,
) -> int:
    """File a person who lives in a house, or at least in a grid, and return the number.

    Birth and sex come from a citizen number where they are not given. Raises Invalid with a sentence at
    each field, Clash when the document is registered already: with `person_id` when that person is in the
    actor's branch.
    """
    household = uow.get(Household, household_id) if household_id else None
    house = uow.get(House, house_id) if house_id else None
    if house is None and household is not None and household.house_id:
        house = uow.get(House, household.house_id)
    person = _new(uow, house.area if house else _grid(uow, area), values)
    if house:
        settle(uow, person, house, residence_kind, from_on)
    if household:
        join(uow, household, person, relation)
    file_person(uow, person, born=True)
    return person.id


@command("person.edit")
def edit_person(
    uow: UnitOfWork, /, person_id: int | str, *, seen: int | None, source: str = "", **values: object
) -> None:
    """Change a person; `seen` is the version the form was filled from, a newer one raises Clash with the
    differences. `source` says how the changed facts are known, a code of the list `sources`.

    A number left empty stays as it is, for the form never had it; "-" takes it away. Who dies or moves
    away leaves house and household.
    """
    check_editable(values, EDITABLE)
    person = registered(uow, person_id)
    uow.known_from(source if source in codes("sources") else "")
    wanted = _permitted(uow, _unsealed(values))
    fresh = check(Person, {**person.model_dump(), **sealed_of(person), **wanted})
    if any(getattr(fresh, name) != getattr(person, name) for name in SAYS_WHO):
        wanted |= _checked_identity(uow, fresh, person.id)
    before = person.state
    uow.change(person, seen=seen, **wanted)
    if person.state != before and person.state != "here":
        _gone(uow, person)
    file_person(uow, person)


@command("person.edit")
def verify_person(uow: UnitOfWork, person_id: int | str, source: str, fields: Sequence[str] = ()) -> None:
    """Note that a person, or only some of the key `fields`, was found as filed, and with "home" the period of the home;
    `source` is a code of `sources`."""
    if source not in codes("sources"):
        refuse({"source": _("Say how you know: choose one of the sources.")})
    person = registered(uow, person_id)
    home = records.home(uow, person.id)
    if home and (not fields or "home" in fields):
        confirm(uow, home, source)
    if fields:
        freshness.confirm(uow, person, fields, source)
        return
    uow.change(person, verified_at=uow.now, verified_by=uow.actor.login, verified_from=source)


@command("person.reveal")
def reveal(uow: UnitOfWork, person_id: int | str, field: str, reason: str) -> str:
    """The document or phone number in full, for a reason that is written down; "" when there is none."""
    if field not in SEALED:
        raise Invalid(
            _("This field cannot be shown in full."), field=_("This field cannot be shown in full.")
        )
    return uow.reveal(uow.get(Person, person_id), field, reason)


def _grid(uow: UnitOfWork, area: str | None) -> str:
    if not area:
        said = _("Choose the house or the grid where this person lives.")
        raise Invalid(said, area=said)
    return own_grid(uow, area).area


def _new(uow: UnitOfWork, area: str, values: Mapping[str, object]) -> Person:
    """A person filed in a grid, not yet in a house."""
    check_editable(values, EDITABLE)
    given = _permitted(uow, {name: value for name, value in values.items() if value not in (None, "")})
    facts = {"registered_on": date.today(), **given, **derived(given), "area": area}
    person = uow.checked(Person, facts)
    _checked_identity(uow, person)
    uow.session.add(person)
    try:
        uow.session.flush()
    except IntegrityError as trouble:
        raise twin(trouble) from trouble
    return person


def _permitted(uow: UnitOfWork, values: Mapping[str, object]) -> dict[str, object]:
    """Without the fields the actor may not see: an empty one must not wipe out what somebody else filled
    in.
    """
    withheld = {name for name, known in declared(Person).items() if not lines.reads(uow.actor, known)}
    return {name: value for name, value in values.items() if name not in withheld}


def _unsealed(values: Mapping[str, object]) -> dict[str, object]:
    kept = {n: v for n, v in values.items() if n not in SEALED or v not in (None, "")}
    return {n: None if n in SEALED and str(v).strip() == "-" else v for n, v in kept.items()}


def _checked_identity(uow: UnitOfWork, person: Person, but: int = 0) -> dict[str, object]:
    """What the number adds (the sex, where it is not known). Raises Invalid or Clash when it cannot be."""
    number = person.document_no
    if not isinstance(number, Sealed):
        return {}
    facts = {
        "document_kind": person.document_kind,
        "document_no": number.open(),
        "birth": person.birth,
        "sex": person.sex,
    }
    refuse(contradictions(person.document_kind, number.open(), person.birth, person.sex))
    if known := records.twin_of(uow, number, but):
        said = _(TWINS["document_no_index"])
        raise Clash(said, document_no=said, person_id=str(known))
    if (area := records.twin_elsewhere(uow, number, but)) and (office := office_above(uow, [area])):
        way = _(
            "This document number is registered in another area. Ask the office that covers both: {office}."
        )
        raise Clash(way.format(office=office), document_no=way.format(office=office))
    return derived(facts)


def _gone(uow: UnitOfWork, person: Person) -> None:
    end_homes(uow, person, date.today())
    if person.household_id:
        leave(uow, person)
