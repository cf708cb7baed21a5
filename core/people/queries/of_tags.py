"""Which service tags somebody has, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_
from sqlalchemy import select as choose
from sqlmodel import col, select

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import DeclaredTag, Person
from core.people.queries.shared import AnySelect, HomeLine, homes, rows
from core.people.tags import DECLARED, DERIVED, Kind, Known, Tag


@dataclass(frozen=True)
class TagLine:
    """One tag of one person with its why; `declared_id` and what follows only for declared ones."""

    key: str
    title: str
    why: str
    basis: str
    sensitive: bool
    declared_id: int | None = None
    source: str = ""
    verified_on: date | None = None
    expires_on: date | None = None
    expired: bool = False


@dataclass(frozen=True)
class Facts:
    """What the reasons of tags are made of, as far as the actor sees it."""

    birth: date
    category: str
    political: str
    hukou_address: str
    hukou_division: str

    def known(self, home: HomeLine | None, day: date) -> Known:
        """The same, with the home and the day."""
        since = home.from_on if home else None
        place = self.hukou_address or self.hukou_division or ""
        return Known(self.birth, day, self.category, place, self.political, since)


@query("person.view")
def tags_of(uow: UnitOfWork, person_id: int | str) -> list[TagLine]:
    """The tags of a person that the actor may see, declared ones last, expired ones among them. Raises
    Missing.
    """
    person = uow.get(Person, person_id)
    home = homes(uow, [person.id]).get(person.id)
    known = uow.show(Facts, person).known(home, date.today())
    derived = [
        _derived_line(tag, known) for tag in _derived_of(uow, [person.id], covered=True).get(person.id, [])
    ]
    return derived + _declared_lines(uow, person.id)


def tag_titles(uow: UnitOfWork, person_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Person -> the names of the tags for a list, inside a query; broader ones give way to narrower ones."""
    derived, declared = _derived_of(uow, person_ids), _declared_of(uow, person_ids)
    return {
        person_id: tuple(kind.title for kind in (*derived.get(person_id, []), *declared.get(person_id, [])))
        for person_id in person_ids
    }


def tagged(uow: UnitOfWork, key: str) -> ColumnElement[bool]:
    """The people of a tag as a condition on Person, inside a query.

    Raises Refused when the actor may not see the tag, Invalid when there is none.
    """
    kind = DERIVED.get(key) or DECLARED.get(key)
    if kind is None:
        raise Invalid(_("There is no such tag."), tag=_("There is no such tag."))
    if not kind.shown_to(uow.actor):
        raise Refused(_("Your role does not include this."))
    day = date.today()
    if isinstance(kind, Tag):
        return kind.rule(day)
    given = select(DeclaredTag.person_id).where(DeclaredTag.tag == key, _valid(day))
    return col(Person.id).in_(given)


def _valid(day: date) -> ColumnElement[bool]:
    return or_(col(DeclaredTag.expires_on).is_(None), col(DeclaredTag.expires_on) >= day)


def _derived_of(uow: UnitOfWork, person_ids: Iterable[int], *, covered: bool = False) -> dict[int, list[Tag]]:
    """Person -> the derived tags the actor may see, in one query; `covered` keeps the broader ones too."""
    tags = [tag for tag in DERIVED.values() if tag.shown_to(uow.actor)]
    asked = _asked(tuple(tag.key for tag in tags), date.today())
    found: dict[int, list[Tag]] = {}
    for row in rows(uow, asked, people=list(person_ids)):
        applies = [tag for tag, yes in zip(tags, row[1:], strict=True) if yes]
        hidden = {key for tag in applies for key in tag.covers if not covered}
        found[row[0]] = [tag for tag in applies if tag.key not in hidden]
    return found


@lru_cache(maxsize=32)
def _asked(keys: tuple[str, ...], day: date) -> AnySelect:
    """Person number and one yes or no for each tag; kept for the day."""
    columns: list[Any] = [Person.id, *(DERIVED[key].rule(day).label(key) for key in keys)]
    return choose(*columns).where(col(Person.id).in_(bindparam("people", expanding=True)))


def _declared_of(uow: UnitOfWork, person_ids: Iterable[int]) -> dict[int, list[Kind]]:
    asked = select(DeclaredTag).where(col(DeclaredTag.person_id).in_(set(person_ids)), _valid(date.today()))
    found: dict[int, list[Kind]] = {}
    for given in uow.session.exec(asked.order_by(col(DeclaredTag.id))):
        if (kind := DECLARED.get(given.tag)) and kind.shown_to(uow.actor):
            found.setdefault(given.person_id, []).append(kind)
    return found


def _derived_line(tag: Tag, known: Known) -> TagLine:
    return TagLine(tag.key, tag.title, tag.why(known), tag.basis, tag.sensitive)


def _declared_lines(uow: UnitOfWork, person_id: int) -> list[TagLine]:
    asked = select(DeclaredTag).where(DeclaredTag.person_id == person_id).order_by(col(DeclaredTag.id))
    found, day = [], date.today()
    for given in uow.session.exec(asked):
        kind = DECLARED.get(given.tag)
        if kind and kind.shown_to(uow.actor):
            found.append(_declared_line(kind, given, day))
    return found


def _declared_line(kind: Kind, given: DeclaredTag, day: date) -> TagLine:
    why = _("{source}, verified on {day}").format(source=given.source, day=given.verified_on)
    return TagLine(
        kind.key,
        kind.title,
        why,
        kind.basis,
        kind.sensitive,
        given.id,
        source=given.source,
        verified_on=given.verified_on,
        expires_on=given.expires_on,
        expired=given.expires_on is not None and given.expires_on < day,
    )
