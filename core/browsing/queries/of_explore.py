"""Counts over the map for analysis: how many in each cell or grid, never who or which one.

What is about people comes without the cells that hold fewer than five of them: of those it is only said how many there
are. The others come in whole fives: else the few would follow from two counts, such as all and all but one kind, or a
cell and the smaller ones in it.

Cells are hexagons of H3; at resolution 8 one is some 0.7 km² large, at 11 some 2,000 m².
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import h3
from sqlmodel import col, select

from core.basemap.models import BaseFeature
from core.browsing.queries import of_people
from core.browsing.queries.tallying import Places, places_of
from core.kernel.extensions import Choice, Layer
from core.kernel.i18n import N_, _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import layers_of, people, sees
from core.mapping.queries.counting import numbers_at
from core.mapping.queries.narrowing import ALL
from core.places.models import Level

FEWEST = 5
"""Fewer people than that in one place might be told apart."""
RESOLUTIONS = (8, 9, 10, 11)
UNDER = ("land", "green", "water", "road", "rail")
"""Kinds of the base map that help to find one's way below counts, in the order they are drawn."""


@dataclass(frozen=True)
class Subject:
    """Something to be counted, and its kinds by their keys."""

    name: str
    title: str
    kinds: Mapping[str, str]


@dataclass(frozen=True)
class CellCount:
    """How many stand in one cell or area: the cell's H3 name, or the name of the area, and its middle in degrees."""

    name: str
    lon: float
    lat: float
    count: int


@dataclass(frozen=True)
class Explored:
    """The counts, largest first, and in how many places there are too few people to be told; counts are whole
    multiples of `step`, rounded down."""

    counts: tuple[CellCount, ...]
    withheld: int
    step: int


@dataclass(frozen=True)
class BasePart:
    """A piece of the base map: its kind and its GeoJSON geometry."""

    kind: str
    shape: Mapping[str, Any]


# --- what there is to count -------------------------------------------------------------------------------


PEOPLE = {
    one.name: one
    for one in (
        replace(people.layer, name="people-kinds", title=N_("People by category")),
        replace(
            people.layer,
            name="people-ages",
            title=N_("People by age"),
            rows=of_people.by_age,
            legend=of_people.age_groups,
            tally=None,
        ),
    )
}


def _subjects(uow: UnitOfWork) -> dict[str, Layer]:
    """People, and whatever of the layers stands in single places and may be seen by the actor."""
    seen = {name: one for name, one in layers_of(uow).items() if one.placed is not None and sees(uow, one)}
    return {**PEOPLE, **{name: one for name, one in seen.items() if not of_people.is_about_people(one)}}


@query("map.explore")
def subjects(uow: UnitOfWork) -> list[Subject]:
    """What can be counted."""
    return [
        Subject(name, _(one.title), {kind.key: kind.label for kind in one.legend(uow)})
        for name, one in _subjects(uow).items()
    ]


def _subject(uow: UnitOfWork, name: str) -> Layer:
    found = _subjects(uow).get(name)
    if found is None:
        raise Missing(_("There is no such layer, or it is not for your role."))
    return found


# --- counting ---------------------------------------------------------------------------------------------


@query("map.explore")
def explore_cells(uow: UnitOfWork, what: str, resolution: int = 10, choice: Choice = ALL) -> Explored:
    """Counts by cells of H3. Raises Missing for what there is not to count."""
    layer = _subject(uow, what)
    fineness = min(max(resolution, RESOLUTIONS[0]), RESOLUTIONS[-1])
    counts = _in_cells(places_of(uow, layer, choice), fineness)
    middles = {cell: h3.cell_to_latlng(cell) for cell in counts}
    return _told(layer, [CellCount(cell, lon, lat, counts[cell]) for cell, (lat, lon) in middles.items()])


def _in_cells(places: Places, resolution: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for lon, lat, number in zip(
        places.lon.tolist(), places.lat.tolist(), places.number.tolist(), strict=True
    ):
        found[h3.latlng_to_cell(lat, lon, resolution)] += int(number)
    return +found


@query("map.explore")
def explore_grids(uow: UnitOfWork, what: str, choice: Choice = ALL) -> Explored:
    """Counts by general grids, as the records stand in the tree. Raises Missing for what there is not to count."""
    layer = _subject(uow, what)
    areas = numbers_at(uow, layer, choice, Level.GRID)
    return _told(
        layer, [CellCount(one.name, one.lon or 0, one.lat or 0, one.count) for one in areas if one.lon]
    )


def _told(layer: Layer, counts: Sequence[CellCount]) -> Explored:
    """People in whole fives, without the places where there are fewer."""
    step = FEWEST if layer.group == "people" else 1
    whole = (replace(one, count=one.count - one.count % step) for one in counts)
    told = sorted((one for one in whole if one.count), key=lambda one: (-one.count, one.name))
    return Explored(tuple(told), len(counts) - len(told), step)


@query("map.explore")
def base_parts(uow: UnitOfWork) -> list[BasePart]:
    """The base map in its large features, to be drawn below the counts."""
    return parts_of_base(uow)


def parts_of_base(uow: UnitOfWork) -> list[BasePart]:
    """The large features of the base map in the order they are drawn, inside a query."""
    asked = select(BaseFeature).where(col(BaseFeature.kind).in_(UNDER), BaseFeature.rank <= 2)
    found = sorted(uow.session.exec(asked), key=lambda one: (UNDER.index(one.kind), one.rank))
    return [BasePart(one.kind, dict(one.shape)) for one in found]
