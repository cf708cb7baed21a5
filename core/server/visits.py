"""What a worker taps on the visit list: sent at once or, without a net, as soon as there is one again."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Missing, Problem
from core.kernel.unit_of_work import UnitOfWork
from core.server.api import posted
from core.server.visiting import told, visitor
from core.visits import commands

SIGNED_OUT = 401
"""The phone keeps what it has to tell until somebody has signed in again."""


def _act(uow: UnitOfWork, body: dict[str, Any]) -> None:
    """Do one act. Raises Invalid for one that is not known, and what the act raises."""
    house_id, act = str(body.get("house", "")), body.get("act")
    if act == "confirmed":
        commands.confirm_home(uow, house_id, str(body.get("seen", "")), "list")
    elif act == "nobody":
        commands.nobody_home(uow, house_id, None, "list")
    else:
        raise Invalid(_("This message cannot be read."))


def _take(request: Request, body: dict[str, Any]) -> Response:
    try:
        uow = visitor(request)
    except Missing as trouble:
        return told({"ok": False, "message": trouble.sentence}, SIGNED_OUT)
    try:
        _act(uow, body)
    except Problem as trouble:
        return told({"ok": False, "message": trouble.sentence}, trouble.status)
    return told({"ok": True})


@posted
async def take(request: Request, body: dict[str, Any]) -> Response:
    """POST /api/visits {"house", "act": confirmed|nobody, "seen"}: what happened at a door; twice is as once."""
    return await run_in_threadpool(_take, request, body)


routes = [Route("/api/visits", take, methods=["POST"])]
