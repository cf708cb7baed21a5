"""Adding, editing, verifying organisations; showing one sealed number in full."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.kernel import freshness
from core.kernel.codes import codes
from core.kernel.crypto import Sealed
from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.identifiers import credit_code
from core.kernel.masking import TWINS
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.organisations.commands.filing import file_organisation, refuse
from core.organisations.commands.spots import rename, settle, spot
from core.organisations.models import Organisation
from core.organisations.queries import records
from core.organisations.rules import as_day, kind_of, kind_problem, period_problems
from core.people.models import Person
from core.places.rules.areas import check_editable

BY_STEPS = ("state", "closed_on")
"""Fields that change by closing, moving and opening again, not in a form."""
EDITABLE = tuple(name for name in declared(Organisation) if name not in BY_STEPS)
CODE = "credit_code"
SEALED = tuple(name for name, known in declared(Organisation).items() if known.kind is Sealed)


@command("organisation.edit")
def add_organisation(
    uow: UnitOfWork,
    /,
    *,
    house_id: int | None = None,
    building_id: int | None = None,
    area: str | None = None,
    legal_person_id: int | None = None,
    **values: object,
) -> int:
    """File an organisation that stands in a house, at a building or in a grid, and return its number.

    The kind comes from the credit code where it is not given. Raises Invalid with a sentence at each field, Clash
    when the code is registered already: with `organisation_id` when that one is in the actor's branch.
    """
    check_editable(values, EDITABLE)
    place = spot(uow, house_id, building_id, area)
    given = {name: value for name, value in values.items() if value not in (None, "")}
    given |= _identity(uow, given, 0) | _representative(uow, legal_person_id)
    _check_days(given)
    found = uow.add(Organisation, **{**given, **place.columns(str(given.get("place") or ""))})
    settle(uow, found, place, found.opened_on)
    file_organisation(uow, found, born=True)
    return found.id


@command("organisation.edit")
def edit_organisation(
    uow: UnitOfWork, /, organisation_id: int | str, *, seen: int | None, **values: object
) -> None:
    """Change an organisation; `seen` is the version the form was filled from, a newer one raises Clash.

    A phone or document left empty stays as it is, for the form never had it; "-" takes it away.
    """
    check_editable(values, EDITABLE)
    found = uow.get(Organisation, organisation_id)
    wanted = _unsealed(values)
    if {"credit_code", "kind", "no_code_reason"} & set(wanted):
        now = {name: getattr(found, name) for name in ("credit_code", "kind", "no_code_reason")}
        wanted |= _identity(uow, {**now, **wanted}, found.id)
    _check_days({"opened_on": found.opened_on, "closed_on": found.closed_on, **wanted})
    if "place" in wanted and wanted["place"] != found.place:
        place = spot(uow, found.house_id, found.building_id, found.area)
        wanted["address"] = place.columns(str(wanted["place"] or ""))["address"]
    if wanted.get("legal_name", found.legal_name) != found.legal_name:
        wanted["legal_person_id"] = None
    uow.change(found, seen=seen, **wanted)
    rename(uow, found)
    file_organisation(uow, found)


@command("organisation.edit")
def name_representative(uow: UnitOfWork, organisation_id: int | str, person_id: int | str) -> None:
    """A registered person is the legal representative: name and phone follow, the two are linked."""
    found = uow.get(Organisation, organisation_id)
    uow.change(found, **_representative(uow, person_id))
    file_organisation(uow, found)


@command("organisation.edit")
def verify_organisation(
    uow: UnitOfWork, organisation_id: int | str, source: str, fields: Sequence[str] = ()
) -> None:
    """Note that what is filed, or only some of the key `fields`, was found true; `source` is a code of `sources`."""
    if source not in codes("sources"):
        refuse({"source": _("Say how you know: choose one of the sources.")})
    found = uow.get(Organisation, organisation_id)
    if fields:
        freshness.confirm(uow, found, fields, source)
        return
    uow.change(found, verified_at=uow.now, verified_by=uow.actor.login, verified_from=source)


@command("organisation.reveal")
def reveal(uow: UnitOfWork, organisation_id: int | str, field: str, reason: str) -> str:
    """A phone or document number in full, for a reason that is written down; "" when there is none."""
    if field not in SEALED:
        said = _("This field cannot be shown in full.")
        raise Invalid(said, field=said)
    return uow.reveal(uow.get(Organisation, organisation_id), field, reason)


def _identity(uow: UnitOfWork, given: Mapping[str, object], but: int) -> dict[str, object]:
    """Code, kind and reason as they fit together. Raises Invalid or Clash when they cannot be."""
    text, kind = str(given.get("credit_code") or ""), str(given.get("kind") or "")
    if not text:
        wrong = {}
        if not given.get("no_code_reason"):
            wrong["no_code_reason"] = _("Enter the credit code, or say why there is none.")
        if not kind:
            wrong["kind"] = _("Without a credit code, choose the kind of organisation.")
        refuse(wrong)
        return {"credit_code": None}
    code = _checked_code(text)
    if said := kind_problem(kind, code) if kind else "":
        raise Invalid(said, kind=said)
    if known := records.twin_of(uow, code, but):
        said = _(TWINS[CODE])
        raise Clash(said, credit_code=said, organisation_id=str(known))
    return {"credit_code": code, "kind": kind or kind_of(code), "no_code_reason": ""}


def _checked_code(text: str) -> str:
    try:
        return credit_code(text)
    except ValueError as trouble:
        raise Invalid(str(trouble), credit_code=str(trouble)) from trouble


def _representative(uow: UnitOfWork, person_id: int | str | None) -> dict[str, Any]:
    """The columns of a registered person as legal representative; {} without one."""
    if not person_id:
        return {}
    person = uow.get(Person, person_id)
    phone = {"legal_phone": Sealed("phone", plain=person.phone.open())} if person.phone else {}
    return {"legal_person_id": person.id, "legal_name": person.name, **phone}


def _check_days(values: Mapping[str, object]) -> None:
    refuse(period_problems(as_day(values.get("opened_on")), as_day(values.get("closed_on")), date.today()))


def _unsealed(values: Mapping[str, object]) -> dict[str, object]:
    kept = {n: v for n, v in values.items() if n not in SEALED or v not in (None, "")}
    return {n: None if n in SEALED and str(v).strip() == "-" else v for n, v in kept.items()}
