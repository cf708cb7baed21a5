"""Papers that the office hands out: the slip with a one-time code, and the answer to a request. Pages made for
printing, for whoever is signed in and may have them."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.kernel.codes import code_name
from core.kernel.fields import CHINA
from core.kernel.i18n import N_, _, language
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork
from core.labels.drawing.shapes import runs_of
from core.places import queries as places
from core.rights import queries as rights
from core.selfservice import slips
from core.selfservice.queries import parts_known
from core.selfservice.rules import grouped
from core.server.public.kit import page
from core.server.visiting import checked

QUIET = 4
"""Modules of white around a code."""
HEADINGS = {
    "open": N_("Receipt of your request"),
    "answered": N_("Answer to your request"),
    "refused": N_("Your request is refused"),
    "withdrawn": N_("Your request was taken back"),
}


def _slip(uow: UnitOfWork, request: Request) -> Response:
    uow.require("own.code")
    sheet = slips.opened(request.query_params.get("sheet", ""), uow.actor, uow.now)
    address = f"{settings().origin}/mine"
    return page(
        request,
        "paper_slip",
        sheet=sheet,
        number=grouped(sheet.number),
        code=grouped(sheet.code),
        address=address,
        qr=_qr(f"{address}?number={sheet.number}"),
        office=_office(uow),
    )


def _qr(text: str) -> dict[str, Any]:
    """A QR code as the width of its picture and the path of its dark parts."""
    size, runs = runs_of(text)
    path = "".join(f"M{x + QUIET} {y + QUIET}h{long}v1h-{long}z" for y, x, long in runs)
    return {"size": size + 2 * QUIET, "path": path}


def _office(uow: UnitOfWork) -> str:
    return places.my_root(uow).name


def _answer(uow: UnitOfWork, request: Request) -> Response:
    one, speaks = rights.request(uow, request.path_params["id"]), language.get()
    return page(
        request,
        "paper_answer",
        one=one,
        kind=code_name("request_kind", one.kind, lang=speaks),
        channel=code_name("request_channel", one.channel, lang=speaks),
        state=code_name("request_state", one.state, lang=speaks),
        part=parts_known().get(one.part, ""),
        office=_office(uow),
        dated=one.decided_at.astimezone(CHINA).date() if one.decided_at else uow.today,
        heading=_(HEADINGS.get(one.state, HEADINGS["open"])),
    )


async def slip(request: Request) -> Response:
    """GET /papers/slip?sheet=: the slip with a code that was given a moment ago."""
    return await run_in_threadpool(checked(_slip), request)


async def answer(request: Request) -> Response:
    """GET /papers/answer/{id}: the answer to a request, or the receipt of one that waits, to sign and hand over."""
    return await run_in_threadpool(checked(_answer), request)


routes = [
    Route("/papers/slip", slip, methods=["GET"]),
    Route("/papers/answer/{id:int}", answer, methods=["GET"]),
]
