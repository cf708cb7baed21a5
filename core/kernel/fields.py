"""Define a field once: label, code list, mask, help and standard stand on the model; form, table, message, export
and mask follow from it. The types here check themselves wherever the word came from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from core.kernel import identifiers
from core.kernel.codes import code_name, codes, ended
from core.kernel.crypto import Sealed
from core.kernel.i18n import N_, _

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Everybody here lives by this time; it knows no summer time, and needs no zone data on any machine."""


CUSTOM = "x_"
"""How the names of fields begin that an office made for itself; their values stand in `extra`."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rest of the product knows about a field. `codes` is the list to choose from; `named` one that only
    says what a free code is called, because the list is long or has gaps. `options` are choices that stand here
    themselves, `ended` those of them that are no longer offered, `widget` what a value points at (picture, place,
    person, house), `line` the department it belongs to. `listed`, `filtered` and `searched` say where it appears.
    """

    codes: str = ""
    named: str = ""
    mask: str = ""
    needs: str = ""
    group: str = ""
    help: str = ""
    standard: str = ""
    optional: bool = False
    long: bool = False
    options: tuple[tuple[str, str], ...] = ()
    ended: tuple[str, ...] = ()
    widget: str = ""
    line: str = ""
    listed: bool = False
    filtered: bool = False
    searched: bool = False


def field(label: str, *, max_length: int | None = None, sealed: str = "", **more: Any) -> Any:
    """A declared field. Facts and plain SQLModel arguments may be mixed; `sealed` names the kind of secret."""
    known = set(Facts.__dataclass_fields__)
    facts = Facts(**{"mask": sealed, **{k: v for k, v in more.items() if k in known}})
    plain = {k: v for k, v in more.items() if k not in known}
    if sealed:
        plain["sa_type"] = SealedText(sealed)
    if max_length:
        plain["max_length"] = max_length
    return Field(title=label, schema_extra={"json_schema_extra": {"facts": facts}}, **plain)


class SealedText(TypeDecorator[Sealed]):
    """A column whose text is sealed in the database and masked outside the kernel."""

    impl = String
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        """Seal on the way in."""
        return value.token() if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Sealed | None:
        """Stay sealed on the way out."""
        return Sealed(self.about, token=str(value)) if value is not None else None


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC and always aware of it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC without a zone, as SQLite and PostgreSQL both keep it."""
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """UTC with its zone."""
        return value.replace(tzinfo=UTC) if value is not None else None


class _AsIs:
    """Let pydantic take a Sealed as it is."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(Sealed)


def _phone(value: object) -> object:
    return (
        value
        if isinstance(value, Sealed) or value is None
        else Sealed("phone", plain=identifiers.mobile(str(value)))
    )


def _document(value: object) -> object:
    return (
        value
        if isinstance(value, Sealed) or value is None
        else Sealed("document", plain=identifiers.tidy(str(value)))
    )


def _not_future(day: date) -> date:
    if day > datetime.now(CHINA).date():
        raise ValueError(_("This day is in the future."))
    if day.year < 1890:
        raise ValueError(_("This day is too long ago; the year must be 1890 or later."))
    return day


Secret = Annotated[Sealed, _AsIs()]
Phone = Annotated[Sealed, _AsIs(), BeforeValidator(_phone)]
DocumentNumber = Annotated[Sealed, _AsIs(), BeforeValidator(_document)]
PastDate = Annotated[date, AfterValidator(_not_future)]
AreaPath = Annotated[str, BeforeValidator(lambda text: identifiers.area_path(str(text)))]
CreditCode = Annotated[str, BeforeValidator(lambda text: identifiers.credit_code(str(text)))]


@dataclass(frozen=True)
class Declared:
    """One declared field as forms, tables and exports see it; `keeper` says in a form who keeps it, when others do."""

    name: str
    label: str
    kind: type
    facts: Facts
    required: bool
    longest: int | None
    default: object
    of: str = ""
    keeper: str = ""

    def said(self, value: Any, language: str = "zh_CN") -> Any:
        """A value with its name instead of its code, or beside a code that was typed."""
        if self.facts.named and value:
            name = code_name(self.facts.named, str(value), lang=language)
            return value if name == value else f"{value} {name}"
        return self.choices(language).get(str(value), value)

    def choices(self, language: str = "zh_CN") -> dict[str, str]:
        """Code and name of each choice; empty when the field is free."""
        if self.facts.options:
            return dict(self.facts.options)
        return codes(self.facts.codes, lang=language) if self.facts.codes else {}

    def offered(self, language: str = "zh_CN", now: object = None) -> dict[str, str]:
        """The choices a form offers: ended ones only where the record carries them `now`."""
        gone = {*self.facts.ended, *(ended(self.facts.codes) if self.facts.codes else ())} - {now}
        return {code: name for code, name in self.choices(language).items() if code not in gone}

    def read(self, value: Any) -> Any:
        """A value as Python has it: days of an office's own field are kept as text."""
        return date.fromisoformat(value) if self.kind is date and isinstance(value, str) and value else value


def _plain_type(annotation: Any) -> type:
    """`Annotated[date, ...] | None` -> date."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation if isinstance(annotation, type) else str


@cache
def declared(model: type[SQLModel]) -> dict[str, Declared]:
    """Every field of a model that carries facts, in the order of its declaration."""
    found: dict[str, Declared] = {}
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and isinstance(facts := extra.get("facts"), Facts):
            longest = next((m.max_length for m in info.metadata if hasattr(m, "max_length")), None)
            found[name] = Declared(
                name,
                info.title or name,
                _plain_type(info.annotation),
                facts,
                info.is_required(),
                longest,
                info.get_default(call_default_factory=True),
                model.__name__,
            )
    return found


MESSAGES = {
    "missing": N_("This must be filled in."),
    "string_too_short": N_("This must be filled in."),
    "string_too_long": N_("This is too long: at most {max_length} characters."),
    "date_from_datetime_parsing": N_("This is not a day of the calendar; write it as 2026-01-31."),
    "date_parsing": N_("This is not a day of the calendar; write it as 2026-01-31."),
    "int_parsing": N_("This must be a whole number."),
    "float_parsing": N_("This must be a number."),
    "greater_than_equal": N_("This must be {ge} or more."),
    "less_than_equal": N_("This must be {le} or less."),
}


def message(error: Any) -> str:
    """A pydantic error as a sentence in the reader's language."""
    context = error.get("ctx") or {}
    if known := MESSAGES.get(error["type"]):
        return _(known).format(**context)
    return str(context["error"]) if "error" in context else _("This value is not possible here.")
