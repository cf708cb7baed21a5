"""Looking at what people keep of the map. It hangs on the account, so every query narrows to it by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from core.browsing.models import MapChoice, MapView
from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query


@dataclass(frozen=True)
class ViewLine:
    """A kept view: its name, the address of the page without "/map?", and the secret of its link while it is shared."""

    id: int
    title: str
    address: str
    token: str | None
    at: datetime


@query("map.view")
def my_views(uow: UnitOfWork) -> list[ViewLine]:
    """My views, the newest first."""
    mine = select(MapView).where(MapView.account_id == uow.actor.account_id).order_by(col(MapView.id).desc())
    return [uow.show(ViewLine, one) for one in uow.session.exec(mine)]


@query("map.view")
def shared_view(uow: UnitOfWork, token: str) -> ViewLine:
    """The view behind a link, whoever keeps it. Raises Missing once it is shared no more."""
    found = uow.session.exec(select(MapView).where(MapView.token == token)).first() if token else None
    if found is None:
        raise Missing(_("This view is not shared any more."))
    return uow.show(ViewLine, found)


@query("map.view")
def my_choice(uow: UnitOfWork) -> dict[str, Any]:
    """How I left the map; empty for the first time."""
    found = own_choice(uow)
    return dict(found.choice) if found else {}


def own_choice(uow: UnitOfWork) -> MapChoice | None:
    """The record of my choice, inside a query or command."""
    return uow.session.exec(select(MapChoice).where(MapChoice.account_id == uow.actor.account_id)).first()


def own_view(uow: UnitOfWork, view_id: int) -> MapView:
    """A view of mine, inside a command. Raises Missing for anybody else's."""
    found = uow.session.get(MapView, view_id)
    if found is None or found.account_id != uow.actor.account_id:
        raise Missing(_("There is no such view among yours."))
    return found


def count_of_views(uow: UnitOfWork) -> int:
    """How many views I keep, inside a command."""
    return len(uow.session.exec(select(MapView.id).where(MapView.account_id == uow.actor.account_id)).all())
