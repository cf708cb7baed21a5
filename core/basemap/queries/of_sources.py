"""Sources of pictures: what a map offers, what an administrator keeps, and what the server needs to fetch one."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from core.basemap.models import MapSource
from core.basemap.rasters import Source, files, state
from core.basemap.rasters.files import Dropped
from core.basemap.rasters.state import State
from core.basemap.rules import PLAN
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query


@dataclass(frozen=True)
class Base:
    """A base map as a browser learns of it: never the address or the key behind it. `tiles` is a template of ours."""

    name: str
    title: str
    kind: str
    attribution: str
    approval: str
    max_zoom: int
    tiles: str


@dataclass(frozen=True)
class SourceLine:
    """A source in the list of those who keep them; `state` is how it did last."""

    id: int
    version: int
    title: str
    kind: str
    system: str
    attribution: str
    approval: str
    max_zoom: int
    is_active: bool
    state: State | None


@query("map.view")
def bases(uow: UnitOfWork) -> list[Base]:
    """What can lie under the map: our own plan, then every source that is offered."""
    chosen = select(MapSource).where(col(MapSource.is_active).is_(True)).order_by(col(MapSource.id))
    offered = uow.session.exec(chosen).all()
    told = next(
        (one for one in offered if one.kind == PLAN),
        MapSource(area=uow.actor.area, title=_("Plan"), kind=PLAN),
    )
    return [_plan(told), *(_base(one) for one in offered if one.kind != PLAN)]


def _plan(told: MapSource) -> Base:
    return Base(PLAN, told.title, PLAN, told.attribution, told.approval, 16, "/tiles/base/{z}/{x}/{y}.pbf")


def _base(one: MapSource) -> Base:
    tiles = f"/tiles/raster/{one.id}/{{z}}/{{x}}/{{y}}?v={one.version}"
    return Base(f"s{one.id}", one.title, "raster", one.attribution, one.approval, one.max_zoom, tiles)


@query("map.view")
def picture_source(uow: UnitOfWork, source_id: int) -> Source:
    """A source that is offered, for the server to fetch from; its key stays sealed. Raises Missing."""
    found = uow.get(MapSource, source_id)
    if not found.is_active or found.kind == PLAN:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return _source(found)


def _source(found: MapSource) -> Source:
    facts = {name: getattr(found, name) for name in Source.__dataclass_fields__}
    return Source(**facts)


@query("map.sources")
def source_to_try(uow: UnitOfWork, source_id: int) -> Source:
    """The same for who keeps it, whether it is offered or not. Raises Missing."""
    return _source(uow.get(MapSource, source_id))


@query("map.sources")
def sources(uow: UnitOfWork) -> list[SourceLine]:
    """Every source, with how it did last."""
    data = uow.office.settings.data
    every = uow.session.exec(select(MapSource).order_by(col(MapSource.id)))
    return [uow.show(SourceLine, one, state=state.read(data, one.id)) for one in every]


@query("map.sources")
def source_values(uow: UnitOfWork, source_id: int) -> dict[str, Any]:
    """The fields of a source for its form, with its version; the key is masked. Raises Missing."""
    found = uow.get(MapSource, source_id)
    return {**uow.values(found), "version": found.version}


@query("map.sources")
def dropped_files(uow: UnitOfWork) -> list[Dropped]:
    """Files in the folder `basemap` that no source uses yet."""
    used = set(uow.session.exec(select(MapSource.file)))
    return [one for one in files.dropped(uow.office.settings.data) if one.file not in used]
