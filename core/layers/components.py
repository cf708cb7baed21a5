"""Components by class, with their state. Of sensitive ones only those see anything who may know where they stand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as choose
from sqlmodel import col

from core.components import queries
from core.components.models import Component
from core.components.queries.of_lists import GONE
from core.components.queries.shared import placed
from core.components.rules import MAJORS
from core.kernel.codes import code_name
from core.kernel.extensions import Choice, Kind, Layer, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.layers import kinds_of


def rows(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each component that still stands somewhere, inside a query."""
    columns: list[Any] = [
        Component.id,
        Component.area,
        Component.cell,
        Component.lon,
        Component.lat,
        func.substr(Component.class_code, 1, 2).label("kind"),
        col(Component.class_code).label("class"),
        Component.state,
    ]
    return choose(*columns).where(col(Component.cell).is_not(None), col(Component.state) != GONE, placed(uow))


def tally(uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """How many by area and class, in the order of an index of components, inside a query."""
    parts = (col(Component.area), col(Component.class_code))
    kind, number = func.substr(parts[1], 1, 2).label("kind"), func.count().label("number")
    return choose(parts[0], kind, number).where(col(Component.state) != GONE, placed(uow)).group_by(*parts)


def legend(_uow: UnitOfWork) -> Sequence[Kind]:
    """The major classes, inside a query."""
    return kinds_of(MAJORS)


def card(uow: UnitOfWork, component_id: int) -> Section:
    """A component at a glance. Raises Missing."""
    found = queries.component(uow, component_id)
    facts: dict[str, object] = {
        _("Class"): found.major,
        _("State"): code_name("component_state", found.state, lang=language.get()),
        _("Place in words"): found.values.get("place"),
        _("Owner"): found.values.get("owner_name"),
        _("Maintained by"): found.values.get("maintainer_name"),
        _("Verified at"): found.verified_at,
    }
    return Section(title=found.class_name, facts=facts)


layer = Layer(
    title=N_("Components by class"),
    about=N_("Lamps, manholes, trees and whatever else stands in the street, with its state."),
    group="things",
    icon="signpost",
    needs="component.view",
    shape="point",
    of=(Component,),
    placed=Component,
    rows=rows,
    legend=legend,
    card=card,
    tally=tally,
    opens="component?id={id}",
    from_zoom=16,
    order=10,
)
