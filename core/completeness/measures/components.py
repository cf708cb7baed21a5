"""Measures of components."""

from functools import partial
from typing import Any

from sqlalchemy import and_
from sqlmodel import col

from core.completeness.declaring import Ask, Measure
from core.completeness.queries.positions import outside
from core.components.models import Component
from core.kernel.i18n import N_


def _standing(_ask: Ask) -> Any:
    return col(Component.state) != "removed"


def _positioned(ask: Ask) -> Any:
    placed = and_(col(Component.lon).is_not(None), col(Component.lat).is_not(None))
    return and_(placed, col(Component.id).not_in(outside(ask.uow, Component, ask.under)))


_component = partial(Measure, of=Component, needs="component.count", opens="component.view", among=_standing)

MEASURES = (
    _component(
        key="component_position",
        item="map",
        title=N_("Components with a position inside their grid"),
        missing=N_("Components without a position inside their grid"),
        good=_positioned,
    ),
    _component(
        key="component_checked",
        item="facilities",
        title=N_("Components checked lately"),
        missing=N_("Components not checked lately"),
        good=lambda ask: col(Component.verified_at) >= ask.since(ask.limits.component_days),
    ),
    _component(
        key="component_intact",
        item="facilities",
        title=N_("Components that are intact"),
        missing=N_("Components that are broken, lost or abandoned"),
        good=lambda _ask: col(Component.state) == "intact",
    ),
    _component(
        key="component_units",
        item="facilities",
        title=N_("Components with the unit in charge"),
        missing=N_("Components without the unit in charge"),
        good=lambda _ask: col(Component.authority_name) != "",
    ),
)
