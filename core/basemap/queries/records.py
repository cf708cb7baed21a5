"""Records of the base map, for commands only."""

from collections.abc import Sequence

from sqlmodel import select

from core.basemap.models import BaseFeature
from core.kernel.unit_of_work import UnitOfWork


def pieces_of(uow: UnitOfWork, origin: str) -> Sequence[BaseFeature]:
    """Everything that came with one file, inside a command."""
    return uow.session.exec(select(BaseFeature).where(BaseFeature.origin == origin)).all()
