"""A record from values: every field checked by its own declaration, every trouble a sentence at its field."""

from typing import TypeVar

from pydantic import ValidationError

from core.kernel.fields import Declared, declared, message
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.records import Record

Kept = TypeVar("Kept", bound=Record)


def name_of(record: Record) -> str:
    """How the log calls a record, such as "Person/1234"."""
    return f"{type(record).__name__}/{record.id}"


def check(kind: type[Kept], values: dict[str, object], before: Kept | None = None) -> Kept:
    """A record from values, checked against its own fields; `before` is what stands there and may keep an ended code.

    Raises Invalid with a sentence a field.
    """
    try:
        record = kind.model_validate(values)
    except ValidationError as trouble:
        wrong = {str(e["loc"][0]) if e["loc"] else "": message(e) for e in trouble.errors()}
        raise _look_again(kind, wrong) from trouble
    said = _("This is not one of the choices.")
    unlisted = {
        name: said
        for name, known in declared(kind).items()
        if not listed(known, getattr(record, name), getattr(before, name, None))
    }
    if unlisted:
        raise _look_again(kind, unlisted)
    return record


def listed(known: Declared, value: object, before: object = None) -> bool:
    """Whether a value is on offer in its field; empty ones and free fields are, and what stood there `before`."""
    is_free = not known.facts.codes and not known.facts.options
    return is_free or value in (None, "") or str(value) in known.offered(now=before)


def _look_again(kind: type[Record], wrong: dict[str, str]) -> Invalid:
    labels = declared(kind)
    named = "、".join(_(labels[n].label) for n in wrong if n in labels)
    return Invalid(_("Please look again at: {fields}.").format(fields=named), **wrong)
