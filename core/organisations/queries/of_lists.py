"""Pages of organisations by whatever filter, and how many there are of which kind and state."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as choose
from sqlmodel import col, func

from core.kernel.forms import own_values
from core.kernel.paging import Page
from core.kernel.search import matching
from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Organisation
from core.organisations.queries.shared import OrganisationLine, line_of
from core.places.queries.shared import below, page_of

SOON = 60
"""Days before its end in which a licence counts as ending."""
TODO = ("inspection", "licence", "contact", "place")


@dataclass(frozen=True, kw_only=True)
class OrganisationFilter:
    """Which organisations; everything empty means all that are open in sight.

    `state` a code, "" for all; `words` as in the search box; `stale_days`: not verified for so many days, or never;
    `todo` what is open: inspection (overdue), licence (ended or about to), contact (no phone), place (no building);
    `industry_grid` the path of one.
    """

    under: str = ""
    kind: str = ""
    trade: str = ""
    state: str = "open"
    words: str = ""
    todo: str = ""
    stale_days: int | None = None
    industry_grid: str = ""
    building_id: int | None = None


@dataclass(frozen=True)
class Numbers:
    """The counts of an area: open organisations, those by kind and by trade, and all by state."""

    open: int
    by_kind: dict[str, int]
    by_trade: dict[str, int]
    by_state: dict[str, int]


@query("organisation.view")
def organisations(
    uow: UnitOfWork, wanted: OrganisationFilter, after: str | None = None, limit: int = 50
) -> Page[OrganisationLine]:
    """A page of organisations by grid and age; `after` is the key that came with the page before."""
    where = _conditions(uow, wanted)
    page = page_of(uow, Organisation, after, limit, lambda found: found, *where)
    own = own_values(uow, page.items)
    return Page([line_of(uow, one, own[one.id]) for one in page.items], page.after)


@query("organisation.count")
def numbers(uow: UnitOfWork, under: str = "") -> Numbers:
    """The counts at and below a path."""
    parts: list[Any] = [Organisation.state, Organisation.kind, Organisation.trade]
    asked = choose(*parts, func.count()).where(below(uow, Organisation, under)).group_by(*parts)
    kinds, trades, states = dict[str, int](), dict[str, int](), dict[str, int]()
    for state, kind, trade, count in uow.session.execute(asked):
        states[state] = states.get(state, 0) + count
        if state == "open":
            kinds[kind] = kinds.get(kind, 0) + count
            trades[trade] = trades.get(trade, 0) + count
    return Numbers(states.get("open", 0), kinds, trades, states)


@query("organisation.count")
def open_work(uow: UnitOfWork, under: str = "", stale_days: int = 180) -> dict[str, int]:
    """What is to be done among the open organisations, each with a filter behind it: the codes of `todo`, and
    "stale" for those not verified in so many days."""
    here = [below(uow, Organisation, under), col(Organisation.state) == "open"]
    parts = {todo: todo_condition(todo) for todo in TODO} | {"stale": stale(uow, stale_days)}
    counts: list[Any] = [func.count().filter(condition) for condition in parts.values()]
    row = uow.session.execute(choose(*counts).select_from(Organisation).where(*here)).one()
    return dict(zip(parts, row, strict=True))


def todo_condition(todo: str) -> ColumnElement[bool]:
    """One kind of open work as a condition on organisations."""
    kept = Organisation
    conditions: dict[str, ColumnElement[bool]] = {
        "inspection": col(kept.inspection_due) < date.today(),
        "licence": col(kept.licence_until) < date.today() + timedelta(days=SOON),
        "contact": col(kept.contact_phone_index).is_(None) & col(kept.legal_phone_index).is_(None),
        "place": col(kept.building_id).is_(None),
    }
    return conditions[todo]


def stale(uow: UnitOfWork, days: int) -> ColumnElement[bool]:
    """Not verified for so many days, or never; inside a query."""
    seen = col(Organisation.verified_at)
    return or_(seen.is_(None), seen < uow.now - timedelta(days=days))


def _conditions(uow: UnitOfWork, wanted: OrganisationFilter) -> list[ColumnElement[bool]]:
    kept = Organisation
    plain = {
        "state": wanted.state,
        "kind": wanted.kind,
        "trade": wanted.trade,
        "industry_grid": wanted.industry_grid,
    }
    found: list[Any] = [below(uow, kept, wanted.under)]
    found += [getattr(kept, name) == value for name, value in plain.items() if value]
    found += [col(kept.building_id) == wanted.building_id] if wanted.building_id is not None else []
    found += [todo_condition(wanted.todo)] if wanted.todo in TODO else []
    found += [stale(uow, wanted.stale_days)] if wanted.stale_days is not None else []
    if wanted.words.strip():
        found.append(matching(uow, wanted.words, "organisation", "organisation.id"))
    return found
