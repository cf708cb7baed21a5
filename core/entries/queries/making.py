"""What every command on entries does: check the values, find where an entry stands, and let the search follow. All of
it works inside a query or command."""

from collections.abc import Mapping
from typing import Any

from core.entries import rules
from core.entries.queries.books import fields_of, pointed, title_of
from core.kernel import search
from core.kernel.crypto import Sealed
from core.kernel.custom import POINTS_AT, is_there, place
from core.kernel.extensions import Register
from core.kernel.fields import CUSTOM, Declared, declared
from core.kernel.i18n import _
from core.kernel.masking import sealed_of, value_of
from core.kernel.problems import Invalid
from core.kernel.records import AreaRecord, Placed
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.people.queries.shared import addresses
from core.places.models import Building, House
from core.places.queries.records import names_along, own_grid
from core.places.rules.areas import check_editable

CLEARED = "-"
"""Typed into a sealed field, it takes the number away."""


def new_record(uow: UnitOfWork, register: Register, area: str, values: Mapping[str, Any]) -> AreaRecord:
    """An entry from values, not yet filed, inside a query or command. Raises Invalid, Clash."""
    fields = fields_of(uow, register)
    check_editable(values, fields)
    given = {name: value for name, value in values.items() if value not in (None, "", CLEARED)}
    facts = _facts(uow, register, fields, given)
    facts |= _position(uow, register, facts, {})
    grid = _grid(uow, register, facts, area)
    hidden = {"register_id": register.number} if register.number else {}
    return _checked(uow, register, {**facts, **hidden, "area": grid})


def new_values(
    uow: UnitOfWork, register: Register, record: AreaRecord, values: Mapping[str, Any]
) -> dict[str, Any]:
    """What a change writes: every value that was given, as its field takes it, and what follows from them; inside a
    query or command. Raises Invalid, Clash."""
    fields = fields_of(uow, register, record.area)
    check_editable(values, fields)
    wanted = {name: _emptied(fields.get(name), value) for name, value in values.items()}
    wanted = {n: v for n, v in wanted.items() if not (_is_sealed(fields.get(n)) and v == "")}
    facts = _facts(uow, register, fields, wanted)
    now = {**record.model_dump(), **sealed_of(record)}
    facts |= _position(uow, register, facts, now)
    area = _grid(uow, register, {**now, **facts}, record.area) if _moves(record, facts) else record.area
    fresh = _checked(uow, register, {**now, **facts, "area": area}, record)
    due = {register.due: getattr(fresh, register.due)} if register.due and not register.number else {}
    return {**facts, **due, "area": area}


def _emptied(known: Declared | None, value: Any) -> Any:
    """An emptied field as it stands when nothing was ever written; "-" clears a sealed one, "" leaves it."""
    if known is None or known.name.startswith(CUSTOM):
        return value
    if known.kind is Sealed:
        return None if value == CLEARED else value or ""
    return known.default if value in (None, "") and not known.required else value


def _is_sealed(known: Declared | None) -> bool:
    return known is not None and known.kind is Sealed


def _facts(
    uow: UnitOfWork, register: Register, fields: Mapping[str, Declared], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Values with what follows from them. Raises Invalid for people and houses that are not in sight."""
    wrong: dict[str, str] = {}
    facts = dict(values)
    for name, known in fields.items():
        value = facts.get(name)
        if name.startswith(CUSTOM) or not known.facts.widget or value in (None, ""):
            continue
        try:
            if known.facts.widget == "place":
                facts[name] = place(str(value))
            elif known.facts.widget in POINTS_AT and not is_there(uow, known.facts.widget, int(str(value))):
                wrong[name] = _("Nothing is here by that number, or it is not in your area.")
        except ValueError as trouble:
            wrong[name] = str(trouble)
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), **wrong)
    return facts


def _position(
    uow: UnitOfWork, register: Register, facts: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, float | None]:
    """Where a map shows the entry, when that may have changed: at its position, else at the building of its house."""
    if not issubclass(register.record, Placed) or not {"place", "house_id"} & facts.keys():
        return {}
    here = {**now, **facts}
    if here.get("place") or not here.get("house_id"):
        return rules.where(str(here.get("place") or ""))
    house = uow.session.get_one(House, int(here["house_id"]))
    around = uow.session.get_one(Building, house.building_id)
    return {"lon": around.lon, "lat": around.lat}


def _checked(
    uow: UnitOfWork, register: Register, facts: Mapping[str, Any], before: AreaRecord | None = None
) -> AreaRecord:
    """The entry as it would be filed. Raises Invalid with the sentences of fields, register and rules."""
    record: AreaRecord = uow.checked(register.record, facts, before)
    values = {name: getattr(record, name) for name in declared(type(record))}
    if register.due and not register.number:
        values = rules.with_due(register, values)
        setattr(record, register.due, values[register.due])
    wrong = rules.contradictions(register, values)
    if register.number and not any(values.get(name) for name in register.only):
        first = register.only[0] if register.only else ""
        wrong[first] = _("This must be filled in.")
    if "title" in register.only and not values.get("title"):
        wrong["title"] = _("This must be filled in.")
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), **wrong)
    return record


# --- where it stands --------------------------------------------------------------------------------------


def _moves(record: AreaRecord, facts: Mapping[str, Any]) -> bool:
    """Whether a change lets the entry point at another house or person."""
    names = ("house_id", "person_id")
    return any(name in facts and facts[name] != getattr(record, name, None) for name in names)


def _grid(uow: UnitOfWork, register: Register, facts: Mapping[str, Any], area: str) -> str:
    """The grid of the house, else of the person, else the one that was chosen. Raises Invalid, Missing."""
    if facts.get("house_id"):
        return uow.session.get_one(House, int(facts["house_id"])).area
    if facts.get("person_id"):
        return uow.session.get_one(Person, int(facts["person_id"])).area
    if not area:
        said = _("Choose the house, or at least the grid.")
        raise Invalid(said, area=said)
    return own_grid(uow, area).area


# --- search -----------------------------------------------------------------------------------------------


def file_entry(uow: UnitOfWork, register: Register, record: AreaRecord, *, born: bool = False) -> None:
    """Let the search box find an entry by title, place and what is searched, inside the command that writes it."""
    fields = fields_of(uow, register, record.area)
    row = {name: value_of(record, name) for name in fields}
    points = pointed(uow, fields, [row], in_full=True)
    words = [str(row[name] or "") for name in register.searched if name in row]
    words += [text for (widget, _number), text in points.items() if widget == "person"]
    at = addresses(uow, [house]) if (house := getattr(record, "house_id", None)) else {}
    where = " ".join([*at.values(), *names_along(uow, record.area)[-2:]])
    numbers = [value for value in sealed_of(record).values() if isinstance(value, Sealed)]
    title = title_of(register, record, points)[:120]
    body = f"{_(register.title)} · {where}"[:300]
    also = " ".join(words)
    search.file(uow, rules.doc_kind(register), record, title, body, numbers, also=also, born=born)
