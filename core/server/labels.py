"""Labels to be printed, for whoever may print them: one as a drawing, a printing file by file or as a whole."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from core.attachments.taking import Served
from core.kernel.unit_of_work import UnitOfWork
from core.labels import printing
from core.server.files import fetched
from core.server.visiting import checked


@fetched
def _single(uow: UnitOfWork, request: Request) -> Served:
    return printing.single(uow, request.path_params["id"], request.path_params["form"])


async def single(request: Request) -> Response:
    """GET /api/labels/house/{id}.{form}: the label of one house as svg, png or pdf."""
    return await run_in_threadpool(_single, request)


@fetched
def _part(uow: UnitOfWork, request: Request) -> Served:
    return printing.part(uow, request.path_params["id"], request.path_params["number"])


async def part(request: Request) -> Response:
    """GET /api/labels/run/{id}/{number}.pdf: one file of my printing."""
    return await run_in_threadpool(_part, request)


@checked
def _archive(uow: UnitOfWork, request: Request) -> Response:
    number = request.path_params["id"]
    headers = {
        "content-disposition": f"attachment; filename=labels-{number}.zip",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
    }
    return StreamingResponse(printing.archive(uow, number), headers=headers, media_type="application/zip")


async def archive(request: Request) -> Response:
    """GET /api/labels/run/{id}.zip: all files of my printing."""
    return await run_in_threadpool(_archive, request)


routes = [
    Route("/api/labels/house/{id:int}.{form}", single, methods=["GET"]),
    Route("/api/labels/run/{id:int}/{number:int}.pdf", part, methods=["GET"]),
    Route("/api/labels/run/{id:int}.zip", archive, methods=["GET"]),
]
