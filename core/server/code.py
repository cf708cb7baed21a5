"""Modules of `static/` that import each other, kept by the browser for good: the version stands in their path."""

import mimetypes

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from core.ui import assets

mimetypes.add_type("text/javascript", ".mjs")
"""Windows may know it as something else, which a browser then refuses to run."""
FILES = StaticFiles(directory=assets.STATIC)


async def code(request: Request) -> Response:
    """GET /code/{version}/{path}: a file of `static/`; only one asked for by its present version is kept."""
    answer = await FILES.get_response(request.path_params["path"], request.scope)
    is_present = request.path_params["version"] == assets.code_version()
    answer.headers["cache-control"] = "public, max-age=31536000, immutable" if is_present else "no-cache"
    return answer


routes = [Route("/code/{version}/{path:path}", code, methods=["GET"])]
