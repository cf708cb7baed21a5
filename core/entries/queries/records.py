"""Entries for the commands on registers: only inside a command or query, never for a screen."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from core.kernel.crypto import keyring
from core.kernel.extensions import Register
from core.kernel.identifiers import mobile, tidy
from core.kernel.records import AreaRecord
from core.kernel.undo import Deed
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.places.address import normalise
from core.places.models import House
from core.places.writing import below

MANY = 500


def ids_after(uow: UnitOfWork, register: Register, where: ColumnElement[bool], most: int) -> list[AreaRecord]:
    """Up to `most` entries of a register, by number."""
    record = register.record
    asked = select(record).where(where, *_of(register)).order_by(col(record.id)).limit(most)
    return list(uow.session.exec(asked))


def removal_of(uow: UnitOfWork, about: str, kind: str) -> Deed | None:
    """The newest deed of a kind about a record that has not been taken back."""
    asked = select(Deed).where(Deed.about == about, Deed.kind == kind, col(Deed.undone_at).is_(None))
    return uow.session.exec(asked.order_by(col(Deed.id).desc()).limit(1)).first()


def _of(register: Register) -> list[Any]:
    return [col(register.record.register_id) == register.number] if register.number else []


def by_numbers(uow: UnitOfWork, register: Register, numbers: Iterable[int]) -> dict[int, AreaRecord]:
    """Entries of a register by their numbers."""
    record = register.record
    return {one.id: one for one in _among(uow, register, col(record.id), numbers)}


def by_field(uow: UnitOfWork, register: Register, name: str, values: Iterable[Any]) -> list[AreaRecord]:
    """Entries of a register whose field has one of the values."""
    return list(_among(uow, register, col(getattr(register.record, name)), values))


def _among(uow: UnitOfWork, register: Register, column: Any, values: Iterable[Any]) -> Iterable[Any]:
    wanted = list(values)
    for start in range(0, len(wanted), MANY):
        some = select(register.record).where(column.in_(wanted[start : start + MANY]), *_of(register))
        yield from uow.session.exec(some)


# --- what the cells of a sheet point at -------------------------------------------------------------------


def houses_by_text(uow: UnitOfWork, texts: Iterable[str], names: Sequence[str]) -> dict[str, list[House]]:
    """Text of a cell -> the houses it may mean, by code or address; `names` are those of the areas around."""
    ways = {text: _ways(text, names) for text in dict.fromkeys(texts)}
    found: dict[str, list[House]] = {}
    wanted = list({way for some in ways.values() for way in some})
    for column in (col(House.code), col(House.address)):
        for start in range(0, len(wanted), MANY):
            for house in uow.session.exec(select(House).where(column.in_(wanted[start : start + MANY]))):
                for key in (house.code, house.address):
                    found.setdefault(key, []).append(house)
    return {
        text: list({house.id: house for way in some for house in found.get(way, ())}.values())
        for text, some in ways.items()
    }


def _ways(text: str, names: Sequence[str]) -> set[str]:
    """How the text may stand in the register."""
    whole = normalise(text)
    inside = normalise(below(whole, names))
    return {tidy(text), *(f"{one}{end}" for one in (whole, inside) for end in ("", "室") if one)}


def people_by_text(uow: UnitOfWork, texts: Iterable[str]) -> dict[str, list[Person]]:
    """Text of a cell -> the people it may mean: by name, document number or phone."""
    ring, wanted = keyring(), list(dict.fromkeys(texts))
    marks = {text: _marks(ring, text) for text in wanted}
    every = [mark for some in marks.values() for mark in some]
    found: dict[str, list[Person]] = {}
    for column, keys in (
        (Person.name, wanted),
        (Person.document_no_index, every),
        (Person.phone_index, every),
    ):
        for start in range(0, len(keys), MANY):
            some = select(Person).where(col(column).in_(keys[start : start + MANY]))
            for person in uow.session.exec(some):
                found.setdefault(str(getattr(person, column.key)), []).append(person)  # type: ignore[union-attr]
    return {text: _one_each(found, [text, *marks[text]]) for text in wanted}


def _one_each(found: dict[str, list[Person]], keys: Iterable[str]) -> list[Person]:
    return list({person.id: person for key in keys for person in found.get(key, ())}.values())


def _marks(ring: Any, text: str) -> list[str]:
    """The marks under which a number would be found; none for a name."""
    digits = tidy(text)
    if not any(letter.isdigit() for letter in digits):
        return []
    marks = [ring.index(digits, "document")]
    try:
        marks.append(ring.index(mobile(digits), "phone"))
    except ValueError:
        return marks
    return marks


def living_in(uow: UnitOfWork, house_id: int) -> set[int]:
    """The people who live in a house now."""
    asked = select(Residence.person_id).where(Residence.house_id == house_id, col(Residence.to_on).is_(None))
    return set(uow.session.exec(asked))
