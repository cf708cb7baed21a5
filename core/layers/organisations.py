"""Organisations by type: each building with the companies, shops, schools and the like that are open in it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.codes import code_name
from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.layers import kinds_of
from core.organisations.models import Organisation
from core.places import queries
from core.places.models import Building

KIND = "organisation_kind"
OPEN = "open"


def rows(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each open organisation, at its building, inside a query."""
    columns: list[Any] = [
        Organisation.id,
        Organisation.area,
        Building.cell,
        Building.lon,
        Building.lat,
        Organisation.kind,
        Organisation.name,
        col(Organisation.building_id).label("spot"),
    ]
    here = choose(*columns).join(Building, col(Building.id) == Organisation.building_id)
    return here.where(col(Organisation.state) == OPEN, col(Building.cell).is_not(None))


def tally(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """The same with area and kind alone, inside a query."""
    columns: list[Any] = [Organisation.area, Organisation.kind]
    return choose(*columns).where(col(Organisation.state) == OPEN)


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """The kinds of organisation, inside a query."""
    return kinds_of(KIND)


def card(uow: UnitOfWork, building_id: int) -> Section:
    """The organisations of a building by kind. Raises Missing."""
    found = queries.building(uow, building_id)
    columns: list[Any] = [Organisation.kind, func.count()]
    here = (col(Organisation.building_id) == building_id, col(Organisation.state) == OPEN)
    asked = choose(*columns).where(*here).group_by(col(Organisation.kind))
    counts = {kind: int(number) for kind, number in uow.session.execute(asked)}
    named = {code_name(KIND, kind, lang=language.get()): number for kind, number in counts.items()}
    return Section(title=found.title, facts={_("Organisations"): sum(counts.values()), **named})


layer = Layer(
    title=N_("Organisations by type"),
    about=N_("Companies, shops, schools and the like that are open, at their building."),
    group="organisations",
    icon="storefront",
    needs="organisation.view",
    counts="organisation.count",
    shape="point",
    of=(Organisation, Building),
    placed=Building,
    rows=rows,
    legend=legend,
    card=card,
    tally=tally,
    opens="building?id={id}",
    from_zoom=15,
    order=10,
)
