"""How often tenants change, place by place."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Residence
from core.people.queries.shared import below, rows
from core.places.models import House
from core.places.queries.of_areas import area_names
from core.tenancies.queries.of_tenants import LATELY
from core.tenancies.queries.shared import IS_TENANT, YEAR

Places = dict[str, set[tuple[int, date]]]


@dataclass(frozen=True)
class Turnover:
    """One place over the last twelve months: homes that are let, tenancies that began and ended, how many of a hundred
    homes got new tenants, how long those that ended lasted (days on average), and new tenants nobody has verified."""

    area: str
    name: str
    homes: int
    began: int
    ended: int
    rate: int | None
    days: int | None
    waiting: int


@query("person.view")
def turnover(uow: UnitOfWork, under: str = "", days: int = LATELY) -> list[Turnover]:
    """The places right below `under` (a grid itself), in the order of the tree; those without lets are left out."""
    top = under if under.startswith(uow.actor.area) else uow.actor.area
    homes = _homes(uow, under, top)
    began, ended, lasted, waiting = _moves(uow, under, top, days)
    places = sorted({*homes, *began, *ended, *waiting})
    names = area_names(uow, places)
    return [
        Turnover(
            area=place,
            name=names.get(place, place),
            homes=homes[place],
            began=len(began[place]),
            ended=len(ended[place]),
            rate=round(100 * len(began[place]) / homes[place]) if homes[place] else None,
            days=round(mean(lasted[place])) if lasted[place] else None,
            waiting=waiting[place],
        )
        for place in places
    ]


def _below(area: str, top: str) -> str:
    """The place right below the top in which an area stands."""
    return "/".join(area.split("/")[: top.count("/") + 1]).rstrip("/") + "/"


def _homes(uow: UnitOfWork, under: str, top: str) -> Counter[str]:
    columns: list[Any] = [House.area, func.count()]
    asked = choose(*columns).where(below(uow, House, under), col(House.state) == "rented")
    found: Counter[str] = Counter()
    for area, number in rows(uow, asked.group_by(col(House.area))):
        found[_below(area, top)] += number
    return found


def _moves(
    uow: UnitOfWork, under: str, top: str, days: int
) -> tuple[Places, Places, dict[str, list[int]], Counter[str]]:
    """Place -> homes and days on which tenants came and left, how long they stayed, and who waits for a look."""
    since, new = uow.today - YEAR, uow.today - timedelta(days=days)
    came, left = col(Residence.from_on), col(Residence.to_on)
    columns: list[Any] = [Residence.area, Residence.house_id, came, left, Residence.verified_at]
    mine = (below(uow, Residence, under), IS_TENANT)
    began: Places = defaultdict(set)
    ended: Places = defaultdict(set)
    lasted: dict[str, list[int]] = defaultdict(list)
    waiting: Counter[str] = Counter()
    for area, house, first, last, seen in rows(
        uow, choose(*columns).where(*mine, or_(came >= since, left >= since))
    ):
        place = _below(area, top)
        if first and first >= since:
            began[place].add((house, first))
        if last and last >= since:
            ended[place].add((house, last))
            lasted[place] += [(last - first).days] if first else []
        if first and first >= new and last is None and seen is None:
            waiting[place] += 1
    return began, ended, lasted, waiting
