"""What a list of components would do, row by row; all of it works inside a query or command.

Whoever may not see positions takes in no coded row of a sensitive class: whether it is "new" or "the same" would tell
that the code is filed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.components.models import Component
from core.components.queries import records
from core.components.queries.making import check_days, division, grid_for
from core.components.queries.shared import class_names
from core.components.rules import is_sensitive, old_code
from core.kernel import cells, sheets
from core.kernel.fields import Declared
from core.kernel.forms import form_fields
from core.kernel.i18n import N_, _
from core.kernel.masking import spoken, value_of
from core.kernel.planning import BAD, CHANGED, NEW, SAME, UNMAPPED
from core.kernel.problems import Invalid, Problem
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries.of_areas import area_names

FIXED = {
    "code": N_("Component code"),
    "class_code": N_("Class code"),
    "class_name": N_("Class name"),
    "grid": N_("Grid"),
}
"""Columns that say what and where; the others are fields as the form has them."""
PLACE = ("lon", "lat")
DIGITS, EXACT = 17, 15
"""Digits of a code, and those that a number in a spreadsheet keeps."""
HIGHEST = 900_000
"""Serials from here on are taken for mistakes: the next number of the class would be given out after them."""


@dataclass
class Taken:
    """A row on its way into the plan: what it says, the component it speaks of, and what would come of it."""

    number: int
    says: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    class_code: str = ""
    class_name: str = ""
    code: str = ""
    former: str = ""
    area: str = ""
    found: Component | None = None
    is_near: bool = False
    is_unmapped: bool = False

    @property
    def state(self) -> str:
        """New, changed, the same, without a class, or bad."""
        if self.problems:
            return UNMAPPED if self.is_unmapped else BAD
        return NEW if self.found is None else CHANGED if self.changes else SAME


def sheet_fields(uow: UnitOfWork) -> dict[str, Declared]:
    """The fields that a sheet may fill in, inside a query or command."""
    known = form_fields(uow, Component)
    return {
        one.name: one for one in known if one.name not in (*FIXED, "former_code") and not one.facts.widget
    }


# --- what a row says --------------------------------------------------------------------------------------


def planned(uow: UnitOfWork, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> list[Taken]:
    """What each row of a list (its number, and its cells by field) would do, inside a query or command."""
    fields = sheet_fields(uow)
    lines = [_read(fields, number, row) for number, row in rows]
    for line in lines:
        _recognise(line)
    names = class_names(uow)
    by_name = {name: code for code, name in names.items()}
    known = records.by_codes(uow, [line.says["code"] for line in lines if line.says["code"]])
    grids, seen = records.grids_by_word(uow), dict[str, int]()
    for line in lines:
        _classify(line, names, by_name)
        _find(uow, line, known, seen)
        if line.class_name and not line.problems:
            _judge(uow, fields, line, grids)
    return lines


def _read(fields: Mapping[str, Declared], number: int, row: Mapping[str, Any]) -> Taken:
    """The cells of a row as values; sentences for those that cannot be read. Empty ones say nothing."""
    line = Taken(number, {name: sheets.text_of(row.get(name)) for name in FIXED})
    for name, known in fields.items():
        try:
            value = cells.value(known, row.get(name))
        except ValueError as trouble:
            line.problems.append(f"{_(known.label)}: {trouble}")
        else:
            line.values |= {} if value is None else {name: value}
    if isinstance(row.get("code"), int | float) and len(line.says["code"]) > EXACT:
        said = _("The code stands there as a number, and so its last digits are lost: write it as text.")
        line.problems.append(said)
    return line


def _recognise(line: Taken) -> None:
    """What the code says of the class, today's or that of an older list."""
    text, given = line.says["code"], line.says["class_code"]
    if len(text) == DIGITS and text.isascii() and text.isdecimal():
        line.code, line.class_code = text, text[6:11]
        if given not in ("", line.class_code):
            line.problems.append(_("The code is one of class {own}.").format(own=line.class_code))
        if int(text[11:]) >= HIGHEST:
            line.problems.append(_("The last six digits of the code are too high; check them."))
        return
    line.class_code = given
    if not text:
        return
    try:
        old = old_code(text)
    except ValueError as trouble:
        line.problems.append(str(trouble))
        return
    line.former, line.class_code = old.code, given or old.class_code
    line.is_near = not given and old.confidence == "near"
    if not given:
        line.says["why"], line.says["was"] = old.why, old.old_name


def _classify(line: Taken, names: Mapping[str, str], by_name: Mapping[str, str]) -> None:
    """The class by its name where no code says it; a sentence when there is none."""
    line.class_code = line.class_code or by_name.get(line.says["class_name"], "")
    line.class_name = names.get(line.class_code, "")
    if line.class_name or line.problems:
        return
    line.is_unmapped = True
    said = _("There is no class {name} in the component classes.")
    word = line.class_code or line.says["class_name"] or "—"
    line.problems.append(line.says.get("why") or said.format(name=word))


def _find(uow: UnitOfWork, line: Taken, known: Mapping[str, Component], seen: dict[str, int]) -> None:
    """The component that the row speaks of; a sentence when another row does, or when the actor may not know."""
    text = line.says["code"]
    if not text:
        return
    if is_sensitive(line.class_code) and not uow.actor.may(Component.guard):
        line.problems.append(_("The position of this component is withheld from your role."))
        return
    line.found = known.get(text)
    if text in seen:
        line.problems.append(_("Row {row} has the same code.").format(row=seen[text]))
    seen.setdefault(text, line.number)


# --- what would come of it --------------------------------------------------------------------------------


def _judge(
    uow: UnitOfWork, fields: Mapping[str, Declared], line: Taken, grids: Mapping[str, Sequence[str]]
) -> None:
    """Try the row by the rules of components, without filing anything."""
    try:
        line.area = _grid(uow, line, grids)
        if line.found is None and not line.says["code"]:
            line.found = records.standing_at(uow, line.class_code, line.area, line.values)
        if line.found is None:
            _try_new(uow, line)
        else:
            _try_change(uow, fields, line, line.found)
    except Problem as trouble:
        line.problems += list(dict.fromkeys(trouble.fields.values())) or [trouble.sentence]


def _grid(uow: UnitOfWork, line: Taken, grids: Mapping[str, Sequence[str]]) -> str:
    """The grid that is named, else that of the component, else the one around the position. Raises Invalid."""
    word, was = line.says["grid"], line.found
    named = grids.get(word, ()) if word else ()
    lon, lat = (line.values.get(name, getattr(was, name, None)) for name in PLACE)
    if word and len(named) != 1 and not (line.former and lon and lat):
        raise Invalid(_("There is no grid {code} in your area, or there are several.").format(code=word))
    area = named[0] if len(named) == 1 else was.area if was else ""
    moves = (
        was is None
        or area != was.area
        or any(_differs(getattr(was, n), line.values.get(n)) for n in PLACE if n in line.values)
    )
    found = grid_for(uow, area, lon, lat) if moves else area
    if word and not named:
        line.changes.append((_("Grid"), word, area_names(uow, [found]).get(found, "")))
    return found


def _try_new(uow: UnitOfWork, line: Taken) -> None:
    if line.class_code not in records.open_classes(uow, line.area):
        raise Invalid(_("The class {name} has ended.").format(name=line.class_name))
    county = division(uow, line.area)
    if line.code and line.code[:6] != county:
        raise Invalid(_("The code begins with another county than the grid ({here}).").format(here=county))
    line.values = {"initial_on": date.today(), **line.values}
    check_days(line.values)
    uow.checked(Component, new_facts(line, "0" * DIGITS))
    if line.is_near:
        line.changes.append((_("Class"), line.says["was"], line.class_name))


def new_facts(line: Taken, code: str) -> dict[str, object]:
    """The values of a new component under a code."""
    facts = {"code": code, "class_code": line.class_code, "area": line.area, "former_code": line.former}
    return {**line.values, **facts}


def _try_change(uow: UnitOfWork, fields: Mapping[str, Declared], line: Taken, was: Component) -> None:
    told: dict[str, tuple[str, str, str]] = {}
    for name, value in line.values.items():
        known = fields[name]
        before = known.read(value_of(was, name))
        if _differs(before, value):
            told[name] = (_(known.label), spoken(known, before), spoken(known, value))
    line.values = {name: line.values[name] for name in told}
    if "state" in told and "changed_on" not in told:
        line.values["changed_on"] = date.today()
    if line.area != was.area:
        names = area_names(uow, [was.area, line.area])
        told["area"] = (_("Grid"), names.get(was.area, ""), names.get(line.area, ""))
        line.values["area"] = line.area
    check_days({"initial_on": was.initial_on, "changed_on": was.changed_on, **line.values})
    uow.checked(Component, {**was.model_dump(), **line.values}, was)
    line.changes = list(told.values())


def _differs(before: Any, value: Any) -> bool:
    if isinstance(before, float):
        return abs(before - float(value)) > records.CLOSE
    return bool((before or None) != (value or None))
