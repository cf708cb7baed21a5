"""Lists of applications, and what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func, select

from core.kernel.codes import code_name
from core.kernel.i18n import _, language
from core.kernel.paging import Page, after, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries.of_todo import Todo
from core.places.commands.filing import place_of
from core.places.models import House
from core.places.queries.shared import below
from core.places.rules import short_address
from core.rebuilding.models import HouseChange
from core.rebuilding.queries import records
from core.rebuilding.rules import APPROVES, OPEN, REVIEWS


@dataclass(frozen=True)
class ChangeLine:
    """One application in a list; `title` says what and where."""

    id: int
    area: str
    kind: str
    state: str
    title: str
    reason: str
    applicant: str
    applicant_name: str
    applied_at: datetime


@query("rebuild.view")
def changes(
    uow: UnitOfWork,
    *,
    view: str = "open",
    kind: str = "",
    under: str = "",
    after_key: str | None = None,
    limit: int = 50,
) -> Page[ChangeLine]:
    """A page of applications, newest first: `open`, those that wait for `me`, my own (`mine`), `settled` or `all`."""
    keys = [column(HouseChange.id)]
    where = [below(uow, HouseChange, under), *_view(uow, view)]
    where += [col(HouseChange.kind) == kind] if kind else []
    asked = after(select(HouseChange), keys, after_key, down=True).where(*where)
    found = uow.session.exec(asked.limit(limit + 1)).all()
    shown = list(found[:limit])
    titles = _titles(uow, shown)
    lines = [uow.show(ChangeLine, one, title=titles[one.id]) for one in shown]
    return Page(lines, write_key(shown[-1].id) if len(found) > limit else None)


def _view(uow: UnitOfWork, view: str) -> list[ColumnElement[bool]]:
    state = col(HouseChange.state)
    if view == "me":
        return [_for_me(uow)]
    if view == "mine":
        return [col(HouseChange.applicant) == uow.actor.login]
    if view == "open":
        return [state.in_(OPEN)]
    return [state.not_in(OPEN)] if view == "settled" else []


def _for_me(uow: UnitOfWork) -> ColumnElement[bool]:
    """What waits for this actor: to be reviewed, approved, or corrected."""
    state, applicant = col(HouseChange.state), col(HouseChange.applicant)
    level, me = records.level_of_actor(uow), uow.actor.login
    waits = [(state == "returned") & (applicant == me)]
    if uow.actor.may("rebuild.review") and level in REVIEWS:
        waits.append((state == "applied") & (applicant != me))
    if uow.actor.may("rebuild.approve") and level in APPROVES:
        waits.append((state == "reviewed") & (applicant != me) & (col(HouseChange.reviewer) != me))
    return or_(*waits)


@query("rebuild.view")
def waiting(uow: UnitOfWork) -> int:
    """How many applications wait for this actor."""
    return uow.session.exec(select(func.count()).select_from(HouseChange).where(_for_me(uow))).one()


@query("home.view")
def todo(uow: UnitOfWork) -> list[Todo]:
    """The line on the workbench; none when nothing waits or the role does not see applications."""
    count = waiting(uow) if uow.actor.may("rebuild.view") else 0
    said = _("Applications to build, pull down, split or merge")
    return [Todo("rebuilding", said, count, "rebuildings", "view=me")] if count else []


@query("rebuild.view")
def about_house(uow: UnitOfWork, house_id: int | str) -> list[ChangeLine]:
    """The applications about a house: those that are open, and the one that made or closed it. Raises Missing."""
    house = uow.get(House, house_id)
    asked = select(HouseChange).where(HouseChange.building_id == house.building_id)
    found = [
        one
        for one in uow.session.exec(asked.order_by(column(HouseChange.id).desc()))
        if _is_about(one, house)
    ]
    titles = _titles(uow, found)
    return [uow.show(ChangeLine, one, title=titles[one.id]) for one in found]


def _is_about(one: HouseChange, house: House) -> bool:
    named = {*one.house_ids, *one.made.get("houses", ()), *one.made.get("closed", ())}
    return house.id in named or (one.state in OPEN and one.kind == "demolish" and not one.house_ids)


def _titles(uow: UnitOfWork, found: Iterable[HouseChange]) -> dict[int, str]:
    return {one.id: title_of(uow, one) for one in found}


def title_of(uow: UnitOfWork, one: HouseChange) -> str:
    """What and where, inside a query: 合并 · 和平路 12 号 3幢."""
    building = records.building_of(uow, one)
    where = short_address(place_of(building)) if building else _wanted_place(one)
    return f"{code_name('rebuilding_kind', one.kind, lang=language.get())} · {where}"


def _wanted_place(one: HouseChange) -> str:
    told = one.facts.get("address") or "".join(
        str(one.facts.get(part) or "") for part in ("road", "number", "estate", "name")
    )
    return str(told or one.facts.get("spot") or "")
