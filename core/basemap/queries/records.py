"""Records of the base map, for commands only."""

from collections.abc import Sequence

from sqlmodel import select

from core.basemap.models import BaseFeature, MapSource
from core.basemap.rules import PLAN
from core.kernel.unit_of_work import UnitOfWork


def pieces_of(uow: UnitOfWork, origin: str) -> Sequence[BaseFeature]:
    """Everything that came with one file, inside a command."""
    return uow.session.exec(select(BaseFeature).where(BaseFeature.origin == origin)).all()


def has_plan(uow: UnitOfWork) -> bool:
    """Whether it is said already whose our own plan is, inside a command."""
    return uow.session.exec(select(MapSource.id).where(MapSource.kind == PLAN)).first() is not None
