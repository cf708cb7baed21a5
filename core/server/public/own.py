"""The own page of a resident: what is held about them and why, who looked, and the way to ask, correct, object and have
deleted. Its cookie is its own: it lives shortly and goes to these pages only."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.accounts.door import gate
from core.kernel.codes import codes
from core.kernel.database import office
from core.kernel.i18n import N_, _, language
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.selfservice import commands, queries
from core.selfservice.rules import ASKS, plain
from core.server.public import own_door
from core.server.public.kit import Form, go, page, public
from core.server.public.own_door import COOKIE, PATH, way_in

TOUCH_EVERY = timedelta(minutes=1)
KINDS = {
    "correct": N_("Something is wrong: correct it"),
    "supplement": N_("Something is missing: add it"),
    "object": N_("I object: do not use it, or use it for less"),
    "delete": N_("Delete it"),
    "copy": N_("Give me a copy of everything"),
    "explain": N_("Explain to me how you handle it"),
}
SAID = {
    "ask": N_("Handed in. The office must answer within 30 days; the answer will stand here."),
    "back": N_("Taken back."),
    "consent": N_("Withdrawn. From now on it counts no more."),
}
Give = Callable[[Request, Form, UnitOfWork, queries.Guest], Response]


def own(give: Give) -> Callable[[Request], Awaitable[Response]]:
    """A route for whoever is at their own page; everybody else is shown the way in."""

    @public
    def handler(request: Request, form: Form) -> Response:
        if request.method == "GET" and request.url.path != PATH:
            return go(PATH)  # the other language was chosen on the answer to a form
        guest = _guest(request)
        if guest is None:
            said = _("Your visit has ended. Come in again with a code.") if request.method == "POST" else ""
            return way_in(
                request, Form({"number": [request.query_params.get("number", "")]}), PATH, said=said
            )
        return give(request, form, office().uow(guest.actor), guest)

    return handler


def _guest(request: Request) -> queries.Guest | None:
    """Who the cookie stands for; being here keeps the visit awake."""
    token = request.cookies.get(COOKIE, "")
    found = queries.guest(gate(), token) if token else None
    if found is not None and found.seen_at + TOUCH_EVERY <= gate().now:
        commands.touch(gate(), token)
    return found


@own
def mine(request: Request, form: Form, uow: UnitOfWork, guest: queries.Guest) -> Response:
    """GET /mine: the own page."""
    return _shown(request, uow, guest, Form(), {})


@public
def enter(request: Request, form: Form) -> Response:
    """POST /mine: come in by the number of a slip or receipt, and a code."""
    number = form.text("number")
    return own_door.enter(request, form, PATH, plain(number), own_door.behind(number))


def _shown(
    request: Request,
    uow: UnitOfWork,
    guest: queries.Guest,
    form: Form,
    errors: dict[str, str],
    *,
    said: str = "",
    status: int = 200,
) -> Response:
    """The own page, with what was typed into its form."""
    kinds = {kind: _(KINDS[kind]) for kind in ASKS}
    values: dict[str, Any] = {
        "mine": queries.mine(uow),
        "looks": queries.looks(uow),
        "consents": queries.own_consents(uow),
        "requests": queries.own_requests(uow),
        "guardian": guest.guardian,
        "kinds": kinds,
        "parts": queries.parts_known(),
        "states": codes("request_state", lang=language.get()),
        "asked": codes("request_kind", lang=language.get()),
        "said": said or _(SAID.get(request.query_params.get("done", ""), "")),
    }
    return page(request, "own", status, form=form, errors=errors, **values)


@own
def ask(request: Request, form: Form, uow: UnitOfWork, guest: queries.Guest) -> Response:
    """POST /mine/ask: a request about one's own data."""
    try:
        commands.ask(uow, form.text("kind"), part=form.text("part"), wish=form.text("wish"))
    except (Invalid, Clash) as trouble:
        errors = trouble.fields or {"wish": trouble.sentence}
        return _shown(request, uow, guest, form, errors, status=trouble.status)
    return go(f"{PATH}?done=ask#requests")


@own
def take_back(request: Request, form: Form, uow: UnitOfWork, guest: queries.Guest) -> Response:
    """POST /mine/back: a request is taken back."""
    commands.take_back(uow, _number(form))
    return go(f"{PATH}?done=back#requests")


@own
def no_longer_agree(request: Request, form: Form, uow: UnitOfWork, guest: queries.Guest) -> Response:
    """POST /mine/consent: a consent ends."""
    commands.no_longer_agree(uow, _number(form))
    return go(f"{PATH}?done=consent#consents")


def _number(form: Form) -> int:
    typed = form.text("id")
    return int(typed) if typed.isdecimal() and len(typed) <= 18 else 0


@own
def compare(request: Request, form: Form, uow: UnitOfWork, guest: queries.Guest) -> Response:
    """POST /mine/compare: whether the number that was typed is the one that is held."""
    typed = form.text("typed")
    found = commands.compare(uow, typed)
    if not found:
        said = _("This is not the number that is held, neither as document number nor as phone.")
        return _shown(request, uow, guest, form, {"typed": said}, status=422)
    names = {"document_no": _("Document number"), "phone": _("Phone")}
    said = _("{field} {number}: exactly this is held.").format(field=names[found], number=typed)
    return _shown(request, uow, guest, Form(), {}, said=said)


@public
def leave(request: Request, form: Form) -> Response:
    """POST /mine/leave: the visit ends."""
    if request.method == "GET":
        return go(PATH)
    commands.leave(gate(), request.cookies.get(COOKIE, ""))
    answer = way_in(
        request, Form(), PATH, said=_("You have left. Nobody who takes this phone sees your page.")
    )
    answer.delete_cookie(COOKIE, PATH, httponly=True, samesite="strict")
    return answer


routes = [
    *own_door.routes,
    Route(PATH, mine, methods=["GET"]),
    Route(PATH, enter, methods=["POST"]),
    Route(f"{PATH}/ask", ask, methods=["GET", "POST"]),
    Route(f"{PATH}/back", take_back, methods=["GET", "POST"]),
    Route(f"{PATH}/compare", compare, methods=["GET", "POST"]),
    Route(f"{PATH}/consent", no_longer_agree, methods=["GET", "POST"]),
    Route(f"{PATH}/leave", leave, methods=["GET", "POST"]),
]
