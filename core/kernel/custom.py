"""Fields that an office makes for itself, and optional standard fields that it switches on: data, not code.

A definition stands in the area tree: it holds for records at and below its place. Values stand in `extra` of the
record under names that begin with `x_`; forms, lists, search, exports, masks and the audit log treat them like any
declared field.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Index, inspect
from sqlmodel import Field, SQLModel, col, select

from core.kernel.checking import listed
from core.kernel.fields import CUSTOM, Declared, Facts, declared, field
from core.kernel.i18n import N_, _, language
from core.kernel.problems import Clash, Invalid
from core.kernel.records import TreeRecord
from core.kernel.texts import clean_text

if TYPE_CHECKING:
    from core.kernel.unit_of_work import UnitOfWork

KINDS: dict[str, type] = {
    "text": str,
    "long": str,
    "number": float,
    "date": date,
    "choice": str,
    "yes_no": bool,
    "picture": str,
    "place": str,
    "person": int,
    "house": int,
}
LONGEST = {"text": 200, "long": 2000}
POINTS_AT = {"person": "Person", "house": "House"}
"""Fields that hold the number of a record, by the kind of record."""


class FieldDefinition(TreeRecord, table=True):
    """A field of an office's own. `of` is the kind of record ("Person") or a register ("register:123")."""

    __tablename__ = "field_definition"
    __table_args__ = (Index("ix_field_definition_of", "of", "area"),)

    of: str = Field(max_length=60)
    key: str = Field(max_length=40)
    label: str = field(N_("Label"), min_length=1, max_length=40)
    label_en: str = field(N_("Label in English"), default="", max_length=60)
    kind: str = field(N_("Kind of field"), default="text", max_length=12, codes="field_kind")
    options: list[Any] = Field(default_factory=list, sa_type=JSON, nullable=False)
    ended_options: list[Any] = Field(default_factory=list, sa_type=JSON, nullable=False)
    required: bool = field(N_("Must be filled in"), default=False)
    help: str = field(N_("Explanation"), default="", max_length=200)
    listed: bool = field(N_("In the list"), default=False)
    filtered: bool = field(N_("As a filter"), default=False)
    searched: bool = field(N_("Found by the search"), default=False)
    line: str = field(N_("Belongs to the line"), default="", max_length=20)
    position: int = Field(default=0)
    ended_on: date | None = Field(default=None)

    def declared(self, speaks: str = "zh_CN") -> Declared:
        """The field as forms, tables and masks see it."""
        facts = Facts(
            group=N_("Fields of this office"),
            help=self.help,
            long=self.kind == "long",
            options=tuple((str(code), str(name)) for code, name in self.options),
            ended=tuple(map(str, self.ended_options)),
            widget=self.kind if self.kind in ("picture", "place", "person", "house") else "",
            line=self.line,
            listed=self.listed,
            filtered=self.filtered,
            searched=self.searched,
        )
        label = self.label if speaks.startswith("zh") else self.label_en or self.label
        kind = KINDS[self.kind]
        empty: object = False if kind is bool else "" if kind is str else None
        return Declared(self.key, label, kind, facts, self.required, LONGEST.get(self.kind), empty, self.of)


class FieldSwitch(TreeRecord, table=True):
    """Whether an optional standard field is asked for at and below a place; the nearest switch above counts."""

    __tablename__ = "field_switch"
    __table_args__ = (Index("ix_field_switch_of", "of", "name", "area", unique=True),)

    of: str = Field(max_length=60)
    name: str = Field(max_length=60)
    is_on: bool = Field(default=True)
    purpose: str = field(N_("What it is needed for"), default="", max_length=200)


def definitions(
    uow: "UnitOfWork", of: str, area: str = "", *, with_ended: bool = False
) -> list[FieldDefinition]:
    """The fields in force for a kind of record at a place (by default the actor's), inside a query or command."""
    here = area or uow.actor.area
    if of not in uow.known:
        asked = select(FieldDefinition).where(FieldDefinition.of == of)
        ordered = asked.order_by(col(FieldDefinition.position), col(FieldDefinition.id))
        uow.known[of] = list(uow.session.exec(ordered))
    found: list[FieldDefinition] = [one for one in uow.known[of] if with_ended or one.ended_on is None]
    return [one for one in found if here.startswith(one.area) or (not area and one.area.startswith(here))]


def own_fields(
    uow: "UnitOfWork", of: str, area: str = "", *, with_ended: bool = False
) -> dict[str, Declared]:
    """The office's own fields by their names, inside a query or command; ended ones keep what they said."""
    return {
        one.key: one.declared(language.get()) for one in definitions(uow, of, area, with_ended=with_ended)
    }


def searched_text(uow: "UnitOfWork", of: str, area: str, extra: Mapping[str, Any]) -> str:
    """What a record is found by in its own fields, inside a query or command."""
    known = own_fields(uow, of, area) if extra else {}
    return " ".join(
        str(field.said(extra[name]))
        for name, field in known.items()
        if field.facts.searched and name in extra
    )


def switched_on(uow: "UnitOfWork", of: str, area: str = "") -> set[str]:
    """Names of the optional standard fields in use at a place, inside a query or command."""
    here = area or uow.actor.area
    start = f"{of.lower()}."
    names = {n.removeprefix(start) for n in uow.office.settings.optional_fields if n.startswith(start)}
    for one in switches(uow, of):
        if here.startswith(one.area):
            (names.add if one.is_on else names.discard)(one.name)
    return names


def switches(uow: "UnitOfWork", of: str) -> list[FieldSwitch]:
    """The switches of a kind of record, those of higher places first, inside a query or command."""
    key = f"switches:{of}"
    if key not in uow.known:
        asked = select(FieldSwitch).where(FieldSwitch.of == of).order_by(col(FieldSwitch.area))
        uow.known[key] = list(uow.session.exec(asked))
    found: list[FieldSwitch] = uow.known[key]
    return found


def fields_of(uow: "UnitOfWork", model: type[SQLModel], area: str = "") -> dict[str, Declared]:
    """Every field of a record at a place, inside a query or command: declared ones (optional ones only when switched
    on), then the office's own."""
    on = switched_on(uow, model.__name__, area)
    standard = {n: k for n, k in declared(model).items() if not k.facts.optional or n in on}
    return {**standard, **own_fields(uow, model.__name__, area)}


def split(values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Values of declared fields, and those of the office's own."""
    own = {name: value for name, value in values.items() if name.startswith(CUSTOM)}
    return {name: value for name, value in values.items() if name not in own}, own


def checked(
    uow: "UnitOfWork", of: str, area: str, values: Mapping[str, object], before: Mapping[str, Any]
) -> dict[str, Any]:
    """`extra` with the values put in, as JSON has them; inside a command. `before` is what stood there.

    Raises Clash for a field that was taken away while somebody filled it in, Invalid with a sentence at each field.
    """
    known = own_fields(uow, of, area)
    if gone := sorted(set(values) - set(known)):
        said = _("This field was taken away meanwhile. Nothing else is lost: save once more.")
        raise Clash(said, differences=None, **dict.fromkeys(gone, said))
    kept, wrong = dict(before), {}
    for name, declaration in known.items():
        try:
            kept[name] = (
                _value(uow, declaration, values[name], kept.get(name)) if name in values else kept.get(name)
            )
        except ValueError as trouble:
            wrong[name] = str(trouble)
            continue
        if declaration.required and kept[name] in (None, ""):
            wrong[name] = _("This must be filled in.")
    if wrong:
        labels = "、".join(known[name].label for name in wrong)
        raise Invalid(_("Please look again at: {fields}.").format(fields=labels), **wrong)
    return {name: value for name, value in kept.items() if value not in (None, "")}


def _value(uow: "UnitOfWork", known: Declared, value: object, before: object) -> Any:
    """A value as JSON keeps it. Raises ValueError with a sentence."""
    if value is None or value == "":
        return None
    if not listed(known, value, before):
        raise ValueError(_("This is not one of the choices."))
    found = READERS.get(known.kind, _text)(known, value)
    if known.facts.widget in POINTS_AT and found != before and not is_there(uow, known.facts.widget, found):
        raise ValueError(_("Nothing is here by that number, or it is not in your area."))
    return found


def is_there(uow: "UnitOfWork", widget: str, number: int) -> bool:
    """Whether a field points at a person or house in sight, inside a query or command."""
    kinds = {m.class_.__name__: m.class_ for m in inspect(FieldDefinition).registry.mappers}
    return uow.session.get(kinds[POINTS_AT[widget]], number) is not None


def _text(known: Declared, value: object) -> str:
    if known.facts.widget == "place":
        return place(str(value))
    return clean_text(str(value), longest=known.longest or 200) if not known.facts.long else str(value)[:2000]


def place(text: str) -> str:
    """ "116.7,23.3" or "116.7,23.3±12": longitude and latitude in China, perhaps known to so many metres."""
    spot, _sign, metres = text.replace("，", ",").partition("±")
    try:
        lon, lat = (float(part) for part in spot.split(","))
        accuracy = f"±{min(round(float(metres)), 9999)}" if metres else ""
    except ValueError as trouble:
        raise ValueError(_("A place is a longitude and a latitude, such as 116.72,23.28.")) from trouble
    if 73 <= lat <= 136 and 3 <= lon <= 54:
        raise ValueError(
            _("Longitude and latitude are swapped: the longitude comes first, such as 116.72,23.28.")
        )
    if not (73 <= lon <= 136 and 3 <= lat <= 54):
        raise ValueError(_("This place is not in China; write it like 116.72,23.28."))
    return f"{lon:.7f},{lat:.7f}{accuracy}"


def _number(known: Declared, value: object) -> float | int:
    try:
        number = float(str(value))
    except ValueError as trouble:
        raise ValueError(_("This must be a number.")) from trouble
    if number != number or abs(number) > 1e15:
        raise ValueError(_("This must be a number."))
    return int(number) if number == int(number) else number


def _date(known: Declared, value: object) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    except ValueError as trouble:
        raise ValueError(_("This is not a day of the calendar; write it as 2026-01-31.")) from trouble


def _id(known: Declared, value: object) -> int:
    if not str(value).isdecimal() or len(str(value)) > 18:
        raise ValueError(_("This value is not possible here."))
    return int(str(value))


READERS: dict[type, Callable[[Declared, object], Any]] = {
    float: _number,
    date: _date,
    int: _id,
    bool: lambda known, value: bool(value),
}
