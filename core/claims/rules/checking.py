"""Whether what is said can be right: every field by its own declaration, and the fields among each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.claims.forms import Said
from core.claims.models import SaidMore
from core.claims.rules.kinds import ADD, CHANGE, FIRM, NOTHING, OUT, SPOTS, fields_of
from core.kernel.checking import check
from core.kernel.crypto import Sealed
from core.kernel.i18n import _
from core.kernel.masking import sealed_of, value_of
from core.kernel.problems import Invalid
from core.kernel.records import Record
from core.organisations.models import Organisation
from core.organisations.rules import GONE
from core.people.models import Person, Residence
from core.people.rules import contradictions, derived
from core.places.models import House

GIVEN: Mapping[type[Record], dict[str, object]] = {
    Person: {"area": "0/", "name": "—", "birth": "1900-01-01"},
    Residence: {"area": "0/", "person_id": 0, "house_id": 0},
    Organisation: {"area": "0/", "name": "—"},
    House: dict.fromkeys(("area", "code", "address", "address_key"), "0/") | {"building_id": 0},
    SaidMore: {},
}
"""What a record needs to be checked field by field; the fields that must be said are looked at before."""


@dataclass
class Checked:
    """One thing that is said, with values as the register takes them; `wrong` has a sentence a field. `about` is whom
    or what it is about, `now` the records as they stand, by their kinds."""

    said: Said
    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    about: Record | None = None
    now: Mapping[type[Record], Record] = field(default_factory=dict)

    def before(self) -> dict[str, Any]:
        """What the register says in the fields that are said."""
        spots = SPOTS[self.said.kind]
        there = ((name, self.now.get(spots[name].model), spots[name].column) for name in self.values)
        return {name: value_of(record, column) for name, record, column in there if record is not None}


def checked(said: Said, now: Mapping[type[Record], Record]) -> Checked:
    """The values of one thing that is said; `now` are the records as they stand, by their kinds. Raises Invalid for a
    kind that is none."""
    known = fields_of(said.kind)
    given = {name: value for name, value in said.values.items() if name in known and value not in (None, "")}
    if said.kind == NOTHING:
        return Checked(said, {"unchanged": True}, now=now)
    given |= _from_number(said.kind, given)
    found = Checked(said, wrong=_missing(said, given), now=now)
    for model in dict.fromkeys(spot.model for spot in SPOTS[said.kind].values()):
        _take(found, model, given, now.get(model))
    if not found.wrong:
        found.wrong |= _together(found, now.get(Person))
    if "document_no" in found.wrong and "birth" not in given:
        found.wrong.pop("birth", None)  # a right number will tell it
    return found


def _from_number(kind: str, given: Mapping[str, object]) -> dict[str, object]:
    """Birth and sex as a citizen number tells them, for somebody who is new."""
    return derived(given) if kind == ADD else {}


def _missing(said: Said, given: Mapping[str, object]) -> dict[str, str]:
    must = _("This must be filled in.")
    wrong = {name: must for name, spot in SPOTS[said.kind].items() if spot.required and name not in given}
    if said.about and said.kind == FIRM:
        wrong.pop("name", None)
    if said.kind == OUT and not said.about and "name" not in given:
        wrong["name"] = _("Say who moved out.")
    if said.kind == CHANGE and not given:
        wrong[""] = _("Say what is to be changed.")
    if said.kind == FIRM and not said.about and not given.keys() & {"credit_code", "no_code_reason"}:
        wrong["credit_code"] = _("Enter the credit code, or say why there is none.")
    if said.kind == FIRM and given.get("state") in GONE and "closed_on" not in given:
        wrong["closed_on"] = must
    return wrong


def _take(found: Checked, model: type[Record], given: Mapping[str, object], now: Record | None) -> None:
    """The values of one kind of record, each checked as a change of the record as it stands."""
    spots = {name: spot for name, spot in SPOTS[found.said.kind].items() if spot.model is model}
    mine = {spots[name].column: value for name, value in given.items() if name in spots}
    if not mine:
        return
    base = {**now.model_dump(), **sealed_of(now)} if now is not None else GIVEN[model]
    names = {spot.column: name for name, spot in spots.items()}
    try:
        record = check(model, {**base, **mine}, now)
    except Invalid as trouble:
        found.wrong |= {names[at]: sentence for at, sentence in trouble.fields.items() if at in names}
        return
    found.values |= {names[at]: getattr(record, at) for at in mine}


def _together(found: Checked, now: Record | None) -> dict[str, str]:
    """Birth and sex as the number says them; days in their order."""
    values, number = found.values, found.values.get("document_no")
    kind = str(values.get("document_kind") or getattr(now, "document_kind", "111"))
    wrong: dict[str, str] = {}
    if isinstance(number, Sealed):
        wrong |= contradictions(kind, number.open(), values.get("birth"), values.get("sex") or "")
    first, last = values.get("from_on"), values.get("until_on")
    if first and last and last < first:
        wrong["until_on"] = _("The last day is before the first one ({day}).").format(day=first)
    return wrong
