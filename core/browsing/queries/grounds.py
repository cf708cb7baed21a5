"""A shape as ground to look at: its outline, the cells it covers, or the branch of an area; inside a query."""

from dataclasses import dataclass

import shapely
from sqlmodel import col, select

from core.basemap.models import BaseFeature
from core.browsing.shapes import FORMS, GRID, ROAD, Shape, outline, read_shape
from core.geo.cover import Cover, cover
from core.geo.shapes import area_m2, grown, shapes_of
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.queries.shared import area_at

LARGEST_M2 = 5e9
"""A district has some hundred square kilometres: who asks for more than 5,000 slipped."""


@dataclass(frozen=True)
class Ground:
    """Where to look. `under` is the path of an area: what stands there says the record itself, also without a position;
    else `cover` are the cells of the `outline`. `outline` is None for an area that has no boundary yet."""

    title: str
    outline: shapely.Geometry | None
    cover: Cover | None
    under: str = ""

    @property
    def m2(self) -> float | None:
        """Square metres."""
        return area_m2(self.outline) if self.outline is not None else None


def ground_of(uow: UnitOfWork, text: str) -> Ground:
    """The ground of a shape in an address, inside a query. Raises Invalid for one that cannot be, Missing for what is
    not in sight."""
    shape = read_shape(text)
    if shape.kind == GRID:
        return _of_area(uow, shape.name)
    drawn = _along(uow, shape) if shape.kind == ROAD else outline(shape)
    if area_m2(drawn) > LARGEST_M2:
        raise Invalid(_("This area is larger than a district. Draw a smaller one."))
    return Ground(said(shape), drawn, cover(drawn))


def said(shape: Shape) -> str:
    """A shape in words."""
    return _(FORMS[shape.kind]).format(name=shape.name, metres=f"{shape.metres:g}")


def _of_area(uow: UnitOfWork, path: str) -> Ground:
    area = area_at(uow, path)
    if not path.startswith(uow.actor.area):
        raise Missing(_("There is no such area, or it is not yours."))
    return Ground(area.name, shapes_of([area.polygon])[0] if area.polygon else None, None, path)


def _along(uow: UnitOfWork, shape: Shape) -> shapely.Geometry:
    """The corridor along a road of the base map."""
    asked = select(BaseFeature.shape).where(BaseFeature.name == shape.name, BaseFeature.kind == ROAD)
    parts = [shapely.geometry.shape(dict(one)) for one in uow.session.exec(asked)]
    if not parts:
        raise Missing(_("The base map has no road called {name}.").format(name=shape.name))
    return grown(shapely.union_all(parts), shape.metres)


@query("map.view")
def roads(uow: UnitOfWork) -> list[str]:
    """The names of the roads of the base map."""
    road = col(BaseFeature.kind) == ROAD
    return sorted(uow.session.exec(select(BaseFeature.name).where(road, BaseFeature.name != "").distinct()))
