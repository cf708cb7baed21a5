"""Keeping views of the map, and how it was left."""

import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from core.browsing.models import LONGEST_ADDRESS, MapChoice, MapView
from core.browsing.queries.of_views import count_of_views, own_choice, own_view
from core.kernel.checking import check
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, command

MOST_VIEWS = 100
LONGEST_CHOICE = 4000


@command("map.view")
def keep_view(uow: UnitOfWork, title: str, address: str) -> int:
    """Keep where one looks under a name and return its number. Raises Invalid."""
    _is_somebody(uow)
    if count_of_views(uow) >= MOST_VIEWS:
        raise Invalid(_("You keep {most} views. Remove one that you do not need.").format(most=MOST_VIEWS))
    wanted = {"account_id": uow.actor.account_id, "title": title, "address": _address(address), "at": uow.now}
    view = check(MapView, wanted)
    uow.session.add(view)
    uow.session.flush()
    return view.id


def _address(text: str) -> str:
    """The address as we write addresses ourselves, without the link of another view in it. Raises Invalid."""
    kept = [(name, value) for name, value in parse_qsl(text.lstrip("?")) if name != "view"]
    found = urlencode(kept)
    if len(found) > LONGEST_ADDRESS or any(not (name + value).isprintable() for name, value in kept):
        raise Invalid(_("This view cannot be kept: its address is too long."))
    return found


def _is_somebody(uow: UnitOfWork) -> None:
    if not uow.actor.account_id:
        raise Refused(_("Only somebody with an account keeps views of the map."))


@command("map.view")
def rename_view(uow: UnitOfWork, view_id: int, title: str) -> None:
    """Call a view otherwise. Raises Missing, Invalid."""
    view = own_view(uow, view_id)
    view.title = check(MapView, {**view.model_dump(), "title": title}).title


@command("map.view")
def share_view(uow: UnitOfWork, view_id: int, is_on: bool) -> str | None:
    """Give a view a link, or make its link lead nowhere; the secret of the link. Raises Missing."""
    view = own_view(uow, view_id)
    if is_on != bool(view.token):
        view.token = secrets.token_urlsafe(15) if is_on else None
    return view.token


@command("map.view")
def remove_view(uow: UnitOfWork, view_id: int) -> None:
    """Keep a view no longer; its link leads nowhere from now on. Raises Missing."""
    uow.session.delete(own_view(uow, view_id))


@command("map.view")
def keep_choice(uow: UnitOfWork, choice: Mapping[str, Any]) -> None:
    """Remember how I left the map. Raises Invalid for more than a map has to say."""
    _is_somebody(uow)
    told = json.loads(json.dumps(dict(choice), default=str))
    if len(json.dumps(told)) > LONGEST_CHOICE:
        raise Invalid(_("This message is too long."))
    found = own_choice(uow)
    if found is None:
        uow.session.add(MapChoice(account_id=uow.actor.account_id, choice=told))
    elif found.choice != told:
        found.choice = told
