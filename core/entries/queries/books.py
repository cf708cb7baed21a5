"""Which registers somebody has, shipped and designed, and the fields of each; everything here works inside a query or
command."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import col, select

from core.designs.models import Design
from core.designs.queries import records
from core.designs.rules import Body
from core.entries.models import RegisterEntry
from core.entries.rules import doc_kind
from core.kernel import lines, search
from core.kernel.custom import POINTS_AT, own_fields
from core.kernel.extensions import Register
from core.kernel.fields import Declared, declared
from core.kernel.i18n import N_, _
from core.kernel.kinds import know
from core.kernel.masking import SEES_NAMES, name_for
from core.kernel.problems import Missing, Refused
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.people.queries.shared import addresses
from core.registers import shipped

PLACES = {"person": "person_id", "house": "house_id", "place": "place"}
"""What a register stands at -> the field of an entry."""


def registers_of(uow: UnitOfWork, *, with_ended: bool = False) -> dict[str, Register]:
    """The registers that the actor may see by their names, shipped ones first; inside a query or command."""
    own = (designed(uow, design, body) for design, body in records.registers(uow, with_ended=with_ended))
    found = {**shipped(), **{one.name: one for one in own}}
    return {name: one for name, one in found.items() if may(uow, one)}


def may(uow: UnitOfWork, register: Register, *, write: bool = False) -> bool:
    """Whether the actor may see a register, or write in it; inside a query or command."""
    roles = register.written_by if write else register.seen_by
    posted = not register.number or uow.actor.role in roles or uow.actor.role == "job"
    is_open = not (write and register.is_ended)
    return is_open and posted and uow.actor.may(register.edit if write else register.view)


def opened(uow: UnitOfWork, name: str, *, write: bool = False) -> Register:
    """The register of that name, inside a query or command. Raises Missing, Refused."""
    found = registers_of(uow, with_ended=True).get(name)
    if found is None:
        raise Missing(_("There is no such register, or it is not for your role."))
    if write and found.is_ended:
        raise Refused(_("This register has ended; it can only be read."))
    if write and not may(uow, found, write=True):
        raise Refused(_("Your role does not include this."))
    return found


def designed(uow: UnitOfWork, design: Design, body: Body) -> Register:
    """A register as an office designed it; inside a query or command."""
    at = tuple(PLACES[one] for one in body.at if one in PLACES)
    title = ("title",) if body.title_label or not set(body.at) & {"person", "house"} else ()
    fields = [one for one in body.open_fields]
    return Register(
        title=body.title,
        about=body.about,
        icon=body.icon,
        record=RegisterEntry,
        title_of=lambda entry: str(entry.title),
        listed=(*at[:2], *(one.key for one in fields if one.listed)),
        filters=tuple(one.key for one in fields if one.filtered),
        key=(*title, *(name for name in at if name != "place")),
        due=body.due,
        is_personal="person" in body.at and not title,
        of=design.fields_of,
        number=design.id,
        name=str(design.id),
        only=(*title, *at),
        labels={"title": body.title_label or N_("Title")},
        seen_by=frozenset((*body.view, *body.edit)),
        written_by=frozenset(body.edit),
        is_ended=design.ended_on is not None,
    )


def fields_of(
    uow: UnitOfWork, register: Register, area: str = "", *, with_ended: bool = False
) -> dict[str, Declared]:
    """The fields of a register that this actor may see, inside a query or command."""
    if register.number:
        record: Any = register.record
        known = declared(record)
        standard = {n: _labelled(known[n], register.labels.get(n, ""), n == "title") for n in register.only}
    else:
        own = own_fields(uow, register.of, area)
        standard = {n: k for n, k in uow.fields(register.record, area).items() if n not in own}
    found = {**standard, **own_fields(uow, register.of, area, with_ended=with_ended)}
    return {name: known for name, known in found.items() if _seen(uow, register, known)}


def _labelled(known: Declared, label: str, required: bool) -> Declared:
    return replace(known, label=label or known.label, required=required)


def _seen(uow: UnitOfWork, register: Register, known: Declared) -> bool:
    needs = known.facts.needs
    return (not needs or uow.actor.may(needs)) and lines.sees(uow.actor, register.of, known.name, known)


# --- what entries point at --------------------------------------------------------------------------------


def pointed(
    uow: UnitOfWork,
    fields: Mapping[str, Declared],
    rows: Sequence[Mapping[str, Any]],
    *,
    in_full: bool = False,
) -> dict[tuple[str, int], str]:
    """(widget, number) -> name of the person or short address of the house, as far as in sight; inside a query.

    Names are masked for the actor, unless `in_full` for the search, which masks them itself.
    """
    ids: dict[str, set[int]] = {widget: set() for widget in POINTS_AT}
    for name, known in fields.items():
        if known.facts.widget in ids:
            ids[known.facts.widget].update(int(row[name]) for row in rows if row.get(name))
    people = _names(uow, ids["person"], in_full)
    named = {("person", number): name for number, name in people.items()}
    return {**named, **{("house", number): text for number, text in addresses(uow, ids["house"]).items()}}


def _names(uow: UnitOfWork, ids: set[int], in_full: bool) -> dict[int, str]:
    found = uow.session.exec(select(Person).where(col(Person.id).in_(ids))) if ids else ()
    return {person.id: person.name if in_full else name_for(uow.actor, person.name) for person in found}


def title_of(register: Register, record: AreaRecord, points: Mapping[tuple[str, int], str]) -> str:
    """What an entry is called: by itself, or by the person or house it points at."""
    own = register.title_of(record)
    if own:
        return own
    for widget, name in (("person", "person_id"), ("house", "house_id")):
        if (number := getattr(record, name, None)) and (widget, number) in points:
            return points[widget, number]
    return _("Entry {number}").format(number=record.id)


# --- search -----------------------------------------------------------------------------------------------


def _findable(uow: UnitOfWork) -> list[str]:
    """The kinds of document that the actor's registers have; those titled by people only for who sees names."""
    named = uow.actor.may(SEES_NAMES)
    if not uow.actor.may("register.view"):
        return []
    return [doc_kind(one) for one in registers_of(uow).values() if named or not one.is_personal]


search.MORE_KINDS.append(_findable)


def _check(uow: UnitOfWork, entry: RegisterEntry, to_change: bool) -> None:
    """Pictures of a designed register are for its roles only."""
    opened(uow, str(entry.register_id), write=to_change)


know(RegisterEntry, view="register.view", edit="register.edit", is_sensitive=True, check=_check)
