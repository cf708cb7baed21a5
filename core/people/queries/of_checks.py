"""What is left behind in the register: how much of each kind and where, the rows behind it, and what one record has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as choose
from sqlmodel import col, func, select

from core.kernel.i18n import _
from core.kernel.masking import name_for
from core.kernel.paging import Page, after, column, write_key
from core.kernel.problems import Invalid
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.checks import ALL, CHECKS, NUMBER, Check
from core.people.counts import CheckCount
from core.people.models import DeclaredTag, Household, Person, Relation, Residence
from core.people.queries.shared import addresses, below, rows, seen_people
from core.people.rules import age_on, contradictions
from core.people.tags import DECLARED, declarable
from core.places.models import House
from core.places.queries.of_areas import area_names

SMALL, TINY = 3, 4
"""Levels of an area that is counted while somebody waits, a community, and in which every number may be opened, a grid;
for larger ones the counts of the night are good enough."""


@dataclass(frozen=True)
class CheckLine:
    """One rule: how many records break it, and how many in each area (path, name, count), the fullest first;
    `counted_at` is None when that was just now.
    """

    key: str
    title: str
    help: str
    count: int
    places: list[tuple[str, str, int]]
    counted_at: datetime | None


@dataclass(frozen=True)
class Finding:
    """One record that breaks a rule: whom or what it is about, what helps to know, and the page that puts it right."""

    id: int
    area: str
    title: str
    about: str
    detail: str
    href: str


@query("check.view")
def checks(uow: UnitOfWork, under: str = "") -> list[CheckLine]:
    """Every rule that the actor may see, with its counts at and below a path; those without findings last."""
    keys = [key for key, check in ALL.items() if _sees(uow, check)]
    kept = _kept(uow, under)
    counts = {key: kept[key] if key in kept else _counted(uow, key, under) for key in keys}
    names = area_names(uow, {area for count in counts.values() for area in count})
    at = max((one.at for one in stored(uow, under)), default=None) if kept else None
    lines = [_line(key, count, names, at if key in kept else None) for key, count in counts.items()]
    return sorted(lines, key=lambda line: not line.count)


@query("check.count")
def count_rule(uow: UnitOfWork, key: str) -> Counter[str]:
    """Area -> how many records of the actor's branch break a rule, counted now; some seconds in a district."""
    return _counted(uow, key, "", at_any_price=True)


def stored(uow: UnitOfWork, under: str) -> Sequence[CheckCount]:
    """What was counted in the night, inside a query or command."""
    return uow.session.exec(select(CheckCount).where(below(uow, CheckCount, under))).all()


def _kept(uow: UnitOfWork, under: str) -> dict[str, Counter[str]]:
    """Rule -> counts of the night, for the rules that take too long in this area; empty before the first night."""
    level = max(under, uow.actor.area, key=len).count("/")
    rules = [] if level >= TINY else [NUMBER] if level >= SMALL else list(ALL)
    counted = [one for one in stored(uow, under) if one.rule in rules] if rules else []
    found = {rule: Counter[str]() for rule in rules} if counted else {}
    for one in counted:
        if one.count:
            found[one.rule][one.area] = one.count
    return found


@query("check.view")
def findings(
    uow: UnitOfWork, key: str, under: str = "", after_key: str | None = None, limit: int = 50
) -> Page[Finding]:
    """A page of the records that break a rule, by area. Raises Invalid for a rule there is not, Refused."""
    check = ALL.get(key)
    if check is None:
        raise Invalid(_("There is no such check."))
    if not _sees(uow, check):
        uow.require(check.needs)
    keys = [column(check.of.area), column(check.of.id)]
    asked = after(select(check.of), keys, after_key).where(*_where(uow, key, under))
    found = uow.session.exec(asked.limit(limit + 1)).all()
    shown = list(found[:limit])
    more = write_key(shown[-1].area, shown[-1].id) if len(found) > limit else None
    return Page(list(_told(uow, check, shown)), more)


@query("check.view")
def findings_of(uow: UnitOfWork, kind: str, record_id: int | str) -> list[Finding]:
    """What one person, household or house has; for the strip on its page. Raises Missing."""
    models: dict[str, type[AreaRecord]] = {"Household": Household, "House": House}
    record = uow.get(models.get(kind, Person), record_id)
    found: list[Finding] = []
    for check in CHECKS.values():
        own = _belongs(check.of, record)
        if own is not None and _sees(uow, check):
            asked = select(check.of).where(own, check.where(date.today())).limit(5)
            found += _told(uow, check, uow.session.exec(asked).all())
    if isinstance(record, Person) and _is_wrong(record):
        found += _told(uow, ALL[NUMBER], [record])
    return list({(one.title, one.about): one for one in found}.values())


def _sees(uow: UnitOfWork, check: Check) -> bool:
    """Tags and houses need what seeing them needs."""
    return not check.needs or uow.actor.may(check.needs)


def _belongs(of: type[AreaRecord], record: AreaRecord) -> Any:
    """The records of a kind that stand on the page of this one; None when none do."""
    if isinstance(record, Person):
        home = record.household_id or 0
        known: dict[type[AreaRecord], Any] = {Person: Person.id == record.id, Household: Household.id == home}
        known |= {kind: kind.person_id == record.id for kind in (Residence, Relation, DeclaredTag)}
    elif isinstance(record, House):
        here = Residence.house_id == record.id
        known = {House: House.id == record.id, Household: Household.house_id == record.id, Residence: here}
    else:
        known = {Household: Household.id == record.id, Person: Person.household_id == record.id}
    return known.get(of)


# --- counting ---------------------------------------------------------------------------------------------


def _counted(uow: UnitOfWork, key: str, under: str, *, at_any_price: bool = False) -> Counter[str]:
    """Area -> how many records break a rule."""
    check = ALL[key]
    if key == NUMBER:
        is_fine = at_any_price or _is_tiny(uow, under)
        return Counter(person.area for person in _wrong_numbers(uow, under)) if is_fine else Counter()
    columns: list[Any] = [check.of.area, func.count()]
    asked = choose(*columns).where(*_where(uow, key, under)).group_by(col(check.of.area))
    return Counter(dict(rows(uow, asked)))


def _line(key: str, count: Counter[str], names: dict[str, str], at: datetime | None) -> CheckLine:
    check = ALL[key]
    places = [(area, names.get(area, area), number) for area, number in count.most_common()]
    return CheckLine(key, _(check.title), _(check.help), count.total(), places, at)


def _where(uow: UnitOfWork, key: str, under: str) -> list[ColumnElement[bool]]:
    check = ALL[key]
    here = below(uow, check.of, under)
    if key == NUMBER:
        found = [person.id for person in _wrong_numbers(uow, under)] if _is_tiny(uow, under) else []
        return [here, col(Person.id).in_(found)]
    mine = [col(DeclaredTag.tag).in_(declarable(uow.actor))] if check.of is DeclaredTag else []
    return [here, check.where(date.today()), *mine]


def _is_tiny(uow: UnitOfWork, under: str) -> bool:
    return max(under, uow.actor.area, key=len).count("/") >= TINY


def _wrong_numbers(uow: UnitOfWork, under: str) -> Iterator[Person]:
    """The people whose identity number says something else, each number opened."""
    asked = select(Person).where(below(uow, Person, under), col(Person.document_no).is_not(None))
    read = uow.session.exec(asked.execution_options(yield_per=2000))
    return (person for person in read if _is_wrong(person))


def _is_wrong(person: Person) -> bool:
    number = person.document_no
    if number is None or person.state == "merged":
        return False
    return bool(contradictions(person.document_kind, number.open(), person.birth, person.sex))


# --- telling ----------------------------------------------------------------------------------------------


def _told(uow: UnitOfWork, check: Check, records: Iterable[Any]) -> Iterator[Finding]:
    found = list(records)
    people = seen_people(uow, {number for one in found for number in _people(one)})
    houses = addresses(uow, {_house(one) for one in found} - {0})
    for one in found:
        names = [name_for(uow.actor, people[each].name) for each in _people(one) if each in people]
        about = "、".join(names) or houses.get(_house(one), "") or _("outside your area")
        target = getattr(one, check.about) or 0
        detail = _detail(one, people) or (houses.get(_house(one), "") if names else "")
        yield Finding(
            one.id, one.area, _(check.title), about, detail, f"{check.fix}?{check.parameter}={target}"
        )


def _people(record: Any) -> list[int]:
    """Whom a record is about."""
    if isinstance(record, Person):
        return [record.id]
    numbers = (getattr(record, name, None) for name in ("head_id", "person_id", "other_id"))
    return [number for number in numbers if number]


def _house(record: Any) -> int:
    return record.id if isinstance(record, House) else getattr(record, "house_id", None) or 0


def _detail(record: Any, people: dict[int, Person]) -> str:
    """What helps to see why."""
    if isinstance(record, Person):
        return _("born {day}, {age} years").format(day=record.birth, age=age_on(record.birth, date.today()))
    if isinstance(record, DeclaredTag):
        title = DECLARED[record.tag].title if record.tag in DECLARED else record.tag
        return _("{tag}, expired on {day}").format(tag=title, day=record.expires_on)
    if isinstance(record, House):
        return _("{n} residents").format(n=record.residents)
    return ""
