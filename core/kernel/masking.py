"""What a person may see of a record: plain values, masked by the facts on the field's declaration."""

from collections.abc import Mapping
from dataclasses import fields as parts_of
from dataclasses import is_dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from core.kernel import lines
from core.kernel.access import Actor
from core.kernel.crypto import Sealed
from core.kernel.fields import CUSTOM, Declared, declared
from core.kernel.i18n import N_, _, language
from core.kernel.identifiers import mask_name, mask_other
from core.kernel.problems import Clash, Difference, Problem
from core.kernel.records import Record

T = TypeVar("T")
SEES_NAMES = "person.names"


def masked(actor: Actor, value: object, known: Declared | None) -> Any:
    """One value for one reader: sealed ones always masked, names and restricted fields by permission and line."""
    if known is not None and not lines.reads(actor, known):
        return None
    if isinstance(value, Sealed):
        return str(value)
    if known is None or value in (None, ""):
        return value
    if known.facts.mask == "name" and not actor.may(SEES_NAMES):
        return mask_name(str(value))
    return mask_other(str(value)) if known.facts.mask == "other" and not actor.may(SEES_NAMES) else value


def name_for(actor: Actor, name: str) -> str:
    """A person's name as this actor may see it."""
    return name if actor.may(SEES_NAMES) else mask_name(name)


def hidden(actor: Actor, record: SQLModel) -> frozenset[str]:
    """The fields of this very record that are withheld from the actor: guarded ones, and what a line does not share."""
    if not isinstance(record, Record):
        return frozenset()
    guarded = record.guarded() if record.guard and not actor.may(record.guard) else frozenset()
    return guarded | (_unshared(actor.side, type(record)) if actor.side else frozenset())


@lru_cache(maxsize=1000)
def _unshared(side: str, kind: type[SQLModel]) -> frozenset[str]:
    """The columns, declared or not, that a line is not shown."""
    return frozenset(name for name in kind.model_fields if not lines.shows(side, kind.__name__, name))


@cache
def _names(form: type) -> tuple[str, ...]:
    return tuple(f.name for f in parts_of(form)) if is_dataclass(form) else ()


def show(actor: Actor, form: type[T], record: SQLModel, more: Mapping[str, object]) -> T:
    """A frozen dataclass `form` from the record's fields of the same names and `more`."""
    known, withheld = declared(type(record)), hidden(actor, record)
    values = {
        name: None if name in withheld else masked(actor, getattr(record, name), known.get(name))
        for name in _names(form)  # type: ignore[arg-type]
        if name not in more and hasattr(record, name)
    }
    return form(**{**values, **more})


def plain(result: T) -> T:
    """The result of a query, or RuntimeError when a record would leave its session unmasked."""
    first = next(iter(result), None) if isinstance(result, list | tuple) else result
    if isinstance(first, Record | Sealed):
        raise RuntimeError(f"a query returns plain values, not {type(first).__name__}")
    return result


def sealed_of(record: SQLModel) -> dict[str, object]:
    """The sealed fields as they are: a dump would mask them."""
    return {n: getattr(record, n) for n, d in declared(type(record)).items() if d.kind is Sealed}


def value_of(record: SQLModel, name: str) -> Any:
    """A field's value as it stands, also of a field that the office made for itself."""
    return (
        (getattr(record, "extra", None) or {}).get(name) if name.startswith(CUSTOM) else getattr(record, name)
    )


def values_of(actor: Actor, record: SQLModel, fields: Mapping[str, Declared]) -> dict[str, Any]:
    """Field -> value for one reader."""
    withheld = hidden(actor, record)
    return {
        name: None if name in withheld else known.read(masked(actor, value_of(record, name), known))
        for name, known in fields.items()
    }


def differences(
    actor: Actor, theirs: SQLModel, yours: SQLModel, fields: Mapping[str, Declared]
) -> dict[str, Difference]:
    """Those of the fields that differ between what stands there now and what the person wants."""
    found: dict[str, Difference] = {}
    withheld = hidden(actor, theirs)
    for name, known in fields.items():
        is_shown = name not in withheld and lines.reads(actor, known)
        if is_shown and value_of(theirs, name) != value_of(yours, name):
            mine, other = (spoken(known, masked(actor, value_of(r, name), known)) for r in (yours, theirs))
            found[name] = Difference(_(known.label), mine, other)
    return found


def spoken(known: Declared, value: object) -> str:
    """A value as a person says it: the name of a code, yes or no, a day."""
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return known.choices(language.get()).get(str(value), str(value))


TWINS = {
    "residence_apart": N_(
        "At that time this person's usual home was elsewhere. Correct that period first, or enter a temporary stay."
    ),
    "residence_once": N_("This person is registered in this house at that time already."),
    "document_no_index": N_(
        "This document number is registered already. If you cannot find the person, ask your street office."
    ),
    "address_key": N_("This address exists already. If you cannot find it, ask your community office."),
    "login": N_("This sign-in name is taken."),
    "credit_code": N_(
        "This credit code is registered already. If you cannot find the organisation, ask your street office."
    ),
    "ix_door_label_active": N_("Somebody gave this house a label a moment ago. Look again."),
    "code": N_("This code exists already."),
}


def twin(trouble: IntegrityError) -> Problem:
    """A broken UNIQUE as a Clash that names the field and tells nothing about the other record."""
    told = getattr(trouble.orig, "diag", None)
    text = f"{told.message_primary}:" if told else str(trouble.orig)
    for column, sentence in TWINS.items():
        if column in text:
            fields = {column.removesuffix("_index"): _(sentence)}
            return Clash(_(sentence), differences=None, **fields)
    return Clash(_("This does not fit the other records: {detail}").format(detail=text.rpartition(":")[0]))
