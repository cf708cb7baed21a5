"""What a design must be before it is published, and what may no longer change once it has data."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from core.kernel.codes import rows
from core.kernel.custom import KINDS, FieldDefinition
from core.kernel.fields import Declared
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid

STANDS_AT = {"house": N_("House"), "person": N_("Person"), "place": N_("Place")}
SHARED = {
    "Person": N_("Person"),
    "Household": N_("Household"),
    "House": N_("House"),
    "Building": N_("Building"),
    "Organisation": N_("Organisation"),
    "Component": N_("Component"),
}
"""Records of all domains that an office may extend; shipped registers come on top."""
OF_PEOPLE = ("Person", "Household")
MOST_FIELDS = 60
WIDER = {("text", "long")}
"""Changes of kind that lose nothing."""
WHY_UNWANTED = {
    "belief": N_("religious belief"),
    "ethnic": N_("ethnic group"),
    "petition": N_("petitions"),
    "criminal": N_("criminal records"),
    "medical": N_("medical records"),
    "flag": N_("marks on people"),
    "biometric": N_("biometric data"),
}


class Plain(BaseModel):
    """A part of a design that does not change; it is kept as JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class FieldPlan(Plain):
    """One field. `options` are code and name of each choice; `ended_options` are no longer offered."""

    key: str
    label: str = ""
    label_en: str = ""
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    ended_options: tuple[str, ...] = ()
    required: bool = False
    listed: bool = True
    filtered: bool = False
    searched: bool = False
    help: str = ""
    line: str = ""
    ended: bool = False

    def declared(self, of: str, speaks: str = "zh_CN") -> Declared:
        """The field as a form shows it."""
        return FieldDefinition(**{**self.columns(), "of": of, "area": ""}).declared(speaks)

    def columns(self) -> dict[str, Any]:
        """The columns of its definition."""
        return self.model_dump(mode="json", exclude={"ended"})


class Body(Plain):
    """The whole definition of a register; of shared records only `fields` counts."""

    title: str = ""
    icon: str = "list_alt"
    about: str = ""
    title_label: str = ""
    at: tuple[str, ...] = ()
    due: str = ""
    view: tuple[str, ...] = ()
    edit: tuple[str, ...] = ()
    fields: tuple[FieldPlan, ...] = ()

    @property
    def open_fields(self) -> list[FieldPlan]:
        """The fields that have not ended, in their order."""
        return [one for one in self.fields if not one.ended]

    def field(self, key: str) -> FieldPlan | None:
        """A field by its key."""
        return next((one for one in self.fields if one.key == key), None)


@dataclass(frozen=True)
class Use:
    """Which fields hold data, and which choices (field and code) stand somewhere."""

    fields: Collection[str] = field(default_factory=set)
    choices: Collection[tuple[str, str]] = field(default_factory=set)


def read(draft: dict[str, Any]) -> Body:
    """A draft as its definition."""
    return Body.model_validate(draft or {})


def check(body: Body, before: Body, use: Use, *, is_register: bool) -> None:
    """Raises Invalid with a sentence for each thing that keeps a design from being published."""
    wrong: dict[str, str] = dict(_whole(body)) if is_register else {}
    wrong |= dict(_fields(body.open_fields))
    wrong |= {key: said for plan in body.fields for key, said in _kept(plan, before.field(plan.key), use)}
    if len(body.open_fields) > MOST_FIELDS:
        wrong["fields"] = _("More than {n} fields: split the register.").format(n=MOST_FIELDS)
    if wrong:
        raise Invalid(
            _("This cannot be published yet:") + " " + " ".join(dict.fromkeys(wrong.values())), **wrong
        )


def _whole(body: Body) -> Iterator[tuple[str, str]]:
    if not body.title.strip():
        yield "title", _("Give the register a name.")
    if not body.view or not body.edit:
        yield "view", _("Say which roles may see the register and which may write in it.")
    if body.due and not any(one.key == body.due and one.kind == "date" for one in body.open_fields):
        yield "due", _("The day of the next look must be one of the date fields.")
    if not body.open_fields and not body.at:
        yield "fields", _("A register needs at least one field.")


def _fields(plans: Iterable[FieldPlan]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for plan in plans:
        label = plan.label.strip()
        if not label:
            yield plan.key, _("A field has no name yet.")
        elif label in seen:
            yield plan.key, _("Two fields are called {label}.").format(label=label)
        elif plan.kind not in KINDS:
            yield plan.key, _("{label} has no kind that is known.").format(label=label)
        elif plan.kind == "choice" and not set(dict(plan.options)) - set(plan.ended_options):
            yield plan.key, _("{label} has no choices yet.").format(label=label)
        seen.add(label)


def _kept(plan: FieldPlan, was: FieldPlan | None, use: Use) -> Iterator[tuple[str, str]]:
    """What published fields with data must keep."""
    if was is None or plan.key not in use.fields:
        return
    if plan.kind != was.kind and (was.kind, plan.kind) not in WIDER:
        said = _("{label} holds data already, so its kind stays. End it and add a new field instead.")
        yield plan.key, said.format(label=was.label)
    gone = [
        name
        for code, name in was.options
        if code not in dict(plan.options) and (plan.key, code) in use.choices
    ]
    if gone:
        said = _("{names} of {label} is in use: end the choice instead of deleting it.")
        yield plan.key, said.format(names="、".join(gone), label=plan.label)


def completed(body: Body, before: Body) -> Body:
    """The design with every field that was ever published: those left out have ended."""
    missing = [one.model_copy(update={"ended": True}) for one in before.fields if body.field(one.key) is None]
    return body.model_copy(update={"fields": (*body.fields, *missing)})


def changes(body: Body, before: Body) -> list[str]:
    """What is new in a design against the version before, a sentence each."""
    told: list[str] = []
    for plan in body.fields:
        was = before.field(plan.key)
        if was is None or (was.ended and not plan.ended):
            told += [] if plan.ended else [_("New field: {label}").format(label=plan.label)]
        elif plan.ended and not was.ended:
            told.append(_("Field ended: {label}").format(label=plan.label))
        elif plan != was:
            told.append(_("Field changed: {label}").format(label=plan.label))
    kept = [[one.key for one in each.open_fields if before.field(one.key)] for each in (body, before)]
    if [key for key in kept[0] if key in kept[1]] != [key for key in kept[1] if key in kept[0]]:
        told.append(_("Order of the fields changed"))
    plain = {"fields"}
    if body.title and not before.title:
        told.append(_("First version"))
    elif body.model_dump(exclude=plain) != before.model_dump(exclude=plain):
        told.append(_("Name, place, roles or explanation changed"))
    return told


def unwanted(body: Body) -> dict[str, str]:
    """Label -> what it looks like, for fields that an office should not keep of people."""
    found: dict[str, str] = {}
    for plan in body.open_fields:
        said = f"{plan.label} {plan.label_en} {plan.help} {' '.join(name for _code, name in plan.options)}".lower()
        for row in rows("unwanted_field_words"):
            if row["code"].lower() in said or f" {row['name_en'].lower()} " in f" {said} ":
                what = WHY_UNWANTED[row["why"]]
                found[plan.label] = _(what)
    return found


def is_of_people(of: str, body: Body) -> bool:
    """Whether the fields speak of persons."""
    return of in OF_PEOPLE or "person" in body.at or any(one.kind == "person" for one in body.open_fields)


def digest(body: Body) -> str:
    """A mark of the fields that somebody agreed to; it changes with any of them."""
    told = [(one.key, one.label, one.kind, one.options, one.help) for one in body.open_fields]
    return hashlib.sha256(json.dumps([told, body.at], ensure_ascii=False).encode()).hexdigest()[:24]
