"""The drawn picture of the town, offered on the map as a base of its own."""

from collections.abc import Iterator

from sqlmodel import select

from core.basemap.commands import add_source
from core.basemap.rasters.files import folder
from core.demo import outskirts
from core.demo.aerial import Shape, draw_aerial
from core.demo.ground import Ground
from core.demo.plan import Plan
from core.geo.mercator import Box
from core.kernel.access import Actor
from core.kernel.database import Office
from core.places.models import Building

FILE, TITLE = "demo-aerial.mbtiles", "示例航拍影像"
WHOSE = "程序绘制的示例影像，非真实航拍"
BEYOND = 0.35
"""How far the picture reaches beyond the town, as a share of its size."""


def picture_town(office: Office, plan: Plan) -> int:
    """Draw the picture into the folder for base maps and offer it; its deepest zoom."""
    rect, ground = plan.root.rect, Ground(plan)
    west, south = ground.place(-BEYOND * rect.width, -BEYOND * rect.height)
    east, north = ground.place((1 + BEYOND) * rect.width, (1 + BEYOND) * rect.height)
    shapes = [*_ground(plan), *_buildings(office)]
    path = folder(office.settings.data) / FILE
    deepest = draw_aerial(path, Box(west, south, east, north), shapes, title=TITLE, attribution=WHOSE)
    uow = office.uow(Actor("xitong", "system_admin", plan.root.path))
    add_source(uow, title=TITLE, kind="mbtiles", file=FILE, attribution=WHOSE, max_zoom=deepest)
    return deepest


def _ground(plan: Plan) -> Iterator[Shape]:
    """Land, water and green, then the roads over them."""
    found = sorted(outskirts.pieces(plan), key=lambda piece: piece[0] in ("road", "rail"))
    for kind, _name, rank, shape in found:
        if shape["type"] == "Polygon":
            yield kind, rank, shape["coordinates"][0]
        elif shape["type"] == "LineString":
            yield kind, rank, shape["coordinates"]


def _buildings(office: Office) -> Iterator[Shape]:
    """Every building, the lowest first so that high ones throw their shadows over them."""
    chosen = select(Building.floors, Building.polygon).order_by(Building.floors, Building.id)  # type: ignore[arg-type]
    with office.reader.connect() as connection:
        for floors, rings in connection.execute(chosen):
            if rings:
                yield "building", floors, rings[0]
