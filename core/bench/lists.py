"""Pages of people and houses as the lists ask for them, beside the plain way: ORDER BY … LIMIT … OFFSET."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from core.bench.ground import Ground
from core.bench.measuring import Timed, taken
from core.kernel.access import Actor
from core.kernel.paging import write_key
from core.kernel.unit_of_work import UnitOfWork
from core.people import queries as people
from core.people.models import Person
from core.people.queries.keyset import chosen, key_of
from core.people.rules import born_by
from core.places import queries as places
from core.places.models import House

PAGE = 50
DEEP = 0.6
"""How far down the deep pages lie, as a share of the list."""
STALE = 180
TENANT = "EXISTS (SELECT 1 FROM residence WHERE person_id = person.id AND to_on IS NULL AND kind = 'tenant')"
ALONE = (
    "birth <= ? AND 1 = (SELECT count(DISTINCT other.person_id) FROM residence mine JOIN residence other "
    "ON other.house_id = mine.house_id AND other.to_on IS NULL "
    "WHERE mine.person_id = person.id AND mine.to_on IS NULL)"
)
DISABLED = "EXISTS (SELECT 1 FROM declaredtag WHERE person_id = person.id AND tag = '残疾人')"
MIGRANT_WOMEN = "category = 'migrant' AND sex = '2'"
OLD_CHEN = "name LIKE '%陈%' AND birth <= ?"
UNSEEN = "(verified_at IS NULL OR verified_at < ?)"


@dataclass(frozen=True)
class Asked:
    """One list: our filter, and the same in plain SQL."""

    wanted: dict[str, Any]
    order: str = "id DESC"
    where: str = "true"
    value: object = None


def _aged(years: int) -> str:
    return born_by(date.today(), years).isoformat()


def _since() -> datetime:
    return datetime.now(UTC) - timedelta(days=STALE)


def of_people() -> list[Asked]:
    """Every order, and filters that many, few and hardly any people pass."""
    since = f"{_since():%Y-%m-%d %H:%M:%S}"
    return [
        Asked({}),
        Asked({"down": True}, "id"),
        Asked({"sort": "name"}, "name, id"),
        Asked({"sort": "name", "down": True}, "name DESC, id DESC"),
        Asked({"sort": "birth"}, "birth, id"),
        Asked({"sort": "verified"}, "verified_at, id"),
        Asked({"category": "migrant"}, where="category = 'migrant'"),
        Asked({"category": "migrant", "sex": "2", "sort": "birth"}, "birth, id", MIGRANT_WOMEN),
        Asked({"age_from": 80}, where="birth <= ?", value=_aged(80)),
        Asked({"age_to": 2, "sort": "name"}, "name, id", "birth > ?", _aged(3)),
        Asked({"stale_days": STALE, "sort": "verified"}, "verified_at, id", UNSEEN, since),
        Asked({"tag": "老年人"}, where="birth <= ?", value=_aged(60)),
        Asked({"tag": "租户", "sort": "name"}, "name, id", TENANT),
        Asked({"tag": "独居老人"}, where=ALONE, value=_aged(60)),
        Asked({"tag": "残疾人"}, where=DISABLED),
        Asked({"words": "陈"}, where="name LIKE '%陈%'"),
        Asked({"words": "陈", "age_from": 60, "sort": "name"}, "name, id", OLD_CHEN, _aged(60)),
    ]


def of_houses() -> list[Asked]:
    """The one order, and each filter."""
    since = _since()
    return [
        Asked({}, "area, id"),
        Asked({"state": "rented"}, "area, id", "state = 'rented'"),
        Asked({"state": "unknown"}, "area, id", "state = 'unknown'"),
        Asked({"state": "owned", "use": "11"}, "area, id", "state = 'owned' AND use = '11'"),
        Asked({"fresh_before": since}, "area, id", UNSEEN, f"{since:%Y-%m-%d %H:%M:%S}"),
    ]


def ask_people(uow: UnitOfWork, asked: Asked, after: str | None) -> object:
    """A page of people."""
    return people.people(uow, people.PeopleFilter(**asked.wanted), after, PAGE)


def ask_houses(uow: UnitOfWork, asked: Asked, after: str | None) -> object:
    """A page of houses."""
    return places.houses(uow, places.HouseFilter(**asked.wanted), after, PAGE)


@dataclass(frozen=True)
class Kind:
    """A list: how we ask for a page of it, and its table in plain SQL."""

    ask: Callable[[UnitOfWork, Asked, str | None], object]
    table: str
    known: str = "true"


PEOPLE, HOUSES = Kind(ask_people, "person", "state = 'here'"), Kind(ask_houses, "house")


def pages(
    ground: Ground, actor: Actor, kind: Kind, asked: Sequence[Asked], rounds: int, deep: float = 0
) -> Iterator[Timed]:
    """Each list so many times: our milliseconds and the plain way's; `deep` is how far down the page lies."""
    for one in asked:
        skipped = int(deep * _plain(ground, actor, kind, one, "count(*)")[0][0])
        after = _key(ground, actor, kind, one, skipped) if skipped else None
        rest = f" ORDER BY {one.order} LIMIT {PAGE} OFFSET {skipped}"
        plain = partial(_plain, ground, actor, kind, one, "*", rest)
        for _round in range(rounds):
            yield taken(partial(kind.ask, ground.office.uow(actor), one, after)), taken(plain)


def _plain(
    ground: Ground, actor: Actor, kind: Kind, one: Asked, columns: str, rest: str = ""
) -> Sequence[Any]:
    """The same list in plain SQL."""
    where = f"area >= ? AND area < ? AND {kind.known} AND {one.where}"
    values = [one.value] if one.value is not None else []
    return ground.rows(f"SELECT {columns} FROM {kind.table} WHERE {where}{rest}", *actor.branch, *values)


def _key(ground: Ground, actor: Actor, kind: Kind, one: Asked, skipped: int) -> str:
    """The key of the page that starts after so many rows."""
    found = _plain(ground, actor, kind, one, "id", f" ORDER BY {one.order} LIMIT 1 OFFSET {skipped - 1}")
    with Session(ground.office.reader) as session:
        if kind is HOUSES:
            house = session.get_one(House, found[0][0])
            return write_key(house.area, house.id)
        order = chosen(one.wanted.get("sort", "recent"), one.wanted.get("down", False))
        return key_of(order, session.get_one(Person, found[0][0]))
