"""The pages for everybody: what the code at a door opens, and what became of a report. No account, no Streamlit."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.server.public import codes, door, own, receipts
from core.server.public.kit import HEADERS, Form, public


@public
def code_picture(request: Request, form: Form) -> Response:
    """GET /public/code/{challenge}: the picture of a picture code."""
    return Response(codes.picture(request.path_params["challenge"]), headers=HEADERS, media_type="image/png")


routes = [
    Route("/public/code/{challenge}", code_picture, methods=["GET"]),
    *own.routes,  # the door's own /h/{token}/{who} would take /h/{token}/mine
    *door.routes,
    *receipts.routes,
]
