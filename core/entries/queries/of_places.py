"""Registers on the map: every register whose entries have a place, or stand at a house, is a layer by itself.

Registers about people are none: nobody is a point on a map.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Select, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.entries.queries import of_registers
from core.entries.queries.books import registers_of
from core.entries.queries.of_entries import entry
from core.kernel.colours import several
from core.kernel.extensions import Choice, Kind, Layer, Link, Register, Section
from core.kernel.fields import declared
from core.kernel.i18n import _, language
from core.kernel.records import Placed
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Building, House

FACTS = 6


def register_layers(uow: UnitOfWork) -> dict[str, Layer]:
    """Name -> layer of every register with a place that the actor may see, inside a query."""
    found = [one for one in registers_of(uow).values() if _has_place(one)]
    return {f"register-{one.name}": _layer(one, place) for place, one in enumerate(found)}


def _has_place(register: Register) -> bool:
    fields = register.only or tuple(register.record.model_fields)
    return not register.is_personal and "person_id" not in fields and bool({"place", "house_id"} & {*fields})


def _is_placed(register: Register) -> bool:
    """Whether its entries have a place of their own, rather than that of their house."""
    return issubclass(register.record, Placed) and (not register.only or "place" in register.only)


def _layer(register: Register, place: int) -> Layer:
    own = _is_placed(register)
    return Layer(
        name=f"register-{register.name}",
        title=register.title,
        about=register.about,
        group="situations",
        icon=register.icon,
        needs=register.view,
        shape="point",
        of=(register.record,) if own else (register.record, House, Building),
        placed=register.record if own else Building,
        rows=partial(_rows, register),
        tally=partial(_tally, register),
        legend=partial(_legend, register, place),
        card=partial(_card, register) if own else None,
        opens=f"entry?register={register.name}&id={{id}}" if own else "building?id={id}",
        from_zoom=15,
        order=50 + place,
    )


# --- rows -------------------------------------------------------------------------------------------------


def _rows(register: Register, _uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    record = register.record
    at: Any = record if _is_placed(register) else Building
    kind = getattr(record, _kind_of(register)) if _kind_of(register) else literal("")
    columns = [record.id, record.area, at.cell, at.lon, at.lat, kind.label("kind")]
    asked = choose(*columns)
    if at is Building:
        asked = choose(*columns, col(Building.id).label("spot")).select_from(record)
        asked = asked.join(House, col(House.id) == record.house_id)
        asked = asked.join(Building, col(Building.id) == House.building_id)
    if register.number:
        asked = asked.where(record.register_id == register.number)
    return asked.where(col(at.cell).is_not(None))


def _tally(register: Register, _uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    record = register.record
    kind = getattr(record, _kind_of(register)) if _kind_of(register) else literal("")
    asked = choose(record.area, kind.label("kind"))
    return asked.where(record.register_id == register.number) if register.number else asked


def _kind_of(register: Register) -> str:
    """The field whose choices are the kinds of the layer: the first filter with a short list; "" for none."""
    record: Any = register.record
    fields = {} if register.number else declared(record)
    listed = (
        n for n in register.filters if n in fields and fields[n].facts.codes and not fields[n].facts.needs
    )
    return next(listed, "")


def _legend(register: Register, place: int, _uow: UnitOfWork) -> Sequence[Kind]:
    name = _kind_of(register)
    if not name:
        return [Kind("", _(register.title), several(place))]
    record: Any = register.record
    choices = declared(record)[name].choices(language.get())
    return [Kind(code, label, several(turn)) for turn, (code, label) in enumerate(choices.items())]


def _card(register: Register, uow: UnitOfWork, entry_id: int) -> Section:
    found, view = entry(uow, register.name, entry_id), of_registers.register(uow, register.name)
    shown = [known for known in view.columns if found.said.get(known.name) not in (None, "")]
    facts = {_(known.label): known.said(found.said[known.name], language.get()) for known in shown[:FACTS]}
    link = Link(label=_(register.title), href=f"register?register={register.name}", icon="menu_book")
    return Section(title=found.title, facts=facts, links=(link,))
