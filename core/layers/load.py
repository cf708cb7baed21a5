"""Load: what there is to do in each grid against the average of the grids in sight, by the weights of the office."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Integer, Select, String, Subquery, case, cast, func, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.extensions import Choice, Kind, Section
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.layers import coverage, grids
from core.organisations.models import Organisation
from core.people.models import Household
from core.places.models import Area, House, Level

STEPS = {
    150: (N_("half as much again and more"), "#b8382f"),
    110: (N_("above the average"), "#e8995c"),
    90: (N_("about the average"), "#d9c98a"),
    60: (N_("below the average"), "#8fb9d8"),
    0: (N_("far below the average"), "#3f7fb5"),
}
"""Per cent of the average from which on a step holds."""


def rows(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each grid with a boundary, its load beside its name, inside a query. A row counts as one grid."""
    each = per_grid(uow)
    loads = choose(each, func.avg(each.c.load).over().label("average")).subquery()
    steps = [(loads.c.load * 100 >= loads.c.average * low, literal(str(low))) for low in STEPS]
    name = col(Area.name) + " " + cast(cast(func.round(loads.c.load), Integer), String)
    return coverage.grid_rows(case(*steps, else_=literal("0")), name).join(loads, loads.c.area == Area.area)


def per_grid(uow: UnitOfWork) -> Subquery:
    """Path of each grid -> households, residents, organisations and the load they make, inside a query."""
    chosen = uow.office.settings
    lived_in = _counted(House, func.sum(col(House.residents)))
    homes = _counted(Household, func.count(), col(Household.closed_on).is_(None))
    firms = _counted(Organisation, func.count(), col(Organisation.state) == "open")
    people, households, organisations = (func.coalesce(one.c.n, 0) for one in (lived_in, homes, firms))
    load = (
        households * chosen.weight_household
        + people * chosen.weight_person
        + organisations * chosen.weight_organisation
    )
    columns: list[Any] = [
        Area.area,
        households.label("households"),
        people.label("people"),
        organisations.label("organisations"),
        load.label("load"),
    ]
    asked = choose(*columns)
    for one in (lived_in, homes, firms):
        asked = asked.outerjoin(one, one.c.area == Area.area)
    there = (col(Area.valid_to).is_(None), col(Area.kind) == "general", col(Area.level) == Level.GRID)
    return asked.where(*there).subquery()


def _counted(kind: Any, number: Any, *where: Any) -> Subquery:
    return choose(col(kind.area), number.label("n")).where(*where).group_by(col(kind.area)).subquery()


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """Five steps around the average, most first, inside a query."""
    return [Kind(str(low), _(said), tint) for low, (said, tint) in STEPS.items()]


def card(uow: UnitOfWork, area_id: int) -> Section:
    """A grid with what there is to do in it. Raises Missing."""
    about = grids.card(uow, area_id)
    loads = per_grid(uow)
    asked = choose(loads).join(Area, col(Area.area) == loads.c.area).where(col(Area.id) == area_id)
    found = uow.session.execute(asked).first()
    if found is None:
        return about
    average = uow.session.execute(choose(func.avg(loads.c.load))).scalar() or 0
    told = {
        _("Households"): found.households,
        _("Residents"): int(found.people),
        _("Organisations"): found.organisations,
        _("Load"): _("{load}, on average {average}").format(load=round(found.load), average=round(average)),
    }
    return replace(about, facts={**about.facts, **told})


layer = replace(
    coverage.layer,
    title=N_("Load of grids"),
    about=N_(
        "Households, residents and organisations by their weights, against the average of the grids you see."
    ),
    icon="balance",
    of=(House, Household, Organisation, Area),
    rows=rows,
    legend=legend,
    card=card,
    order=40,
)
