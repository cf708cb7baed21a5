"""Routes for whoever is signed in: the cookie says who asks, and a refusal looks like nothing there."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.accounts import cookies, door
from core.accounts import queries as accounts
from core.kernel.database import office
from core.kernel.i18n import _, speak
from core.kernel.problems import Missing, Problem, Refused
from core.kernel.unit_of_work import UnitOfWork

Give = Callable[[UnitOfWork, Request], Response]


def visitor(request: Request, *, is_polled: bool = False) -> UnitOfWork:
    """Whoever sends the request, ready to work and in their language. What a page asks for by itself (`is_polled`)
    does not count as being awake, or an open map would keep somebody signed in for ever. Raises Missing for strangers.
    """
    token = cookies.read(request.cookies.get(cookies.NAME))
    known = accounts.current if is_polled else door.actor_of
    actor = known(door.gate(), token) if token else None
    if actor is None or actor.must_change:
        raise Missing(_("Sign in first."))
    speak(actor.language)
    return office().uow(actor)


def checked(give: Give, *, is_polled: bool = False) -> Callable[[Request], Response]:
    """A route for whoever is signed in; every refusal looks like nothing there, a wrong question gets its sentence."""

    def answer(request: Request) -> Response:
        try:
            return give(visitor(request, is_polled=is_polled), request)
        except (Missing, Refused):
            return told({"message": "not found"}, 404)
        except Problem as trouble:
            return told({"message": trouble.sentence}, trouble.status)

    return answer


def told(data: Any, status: int = 200) -> Response:
    """An answer in JSON that nobody keeps."""
    return JSONResponse(data, status, {"cache-control": "no-store"})
