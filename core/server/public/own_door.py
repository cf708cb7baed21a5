"""The way to the own page of a resident: a one-time code with the number of its slip, with a receipt number, or at the
door of one's home; and a code sent to a registered phone, where the office has a gateway."""

from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.accounts.door import gate
from core.claims.queries import house_of_receipt
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid, Problem
from core.selfservice import commands, sending
from core.selfservice.rules import SLIP, WHOLE, plain
from core.server.public import codes as pictures
from core.server.public import guard
from core.server.public.door import door_of
from core.server.public.guard import DAY, HOUR, Limit, Use, here
from core.server.public.kit import Form, go, keep_cookie, page, public

COOKIE = "lingrid_own"
PATH = "/mine"
TRIES, TRIES_AT = Limit("own-try", HOUR, 5, 40), Limit("own-try-at", DAY, 5, 40)
"""Wrong codes from one address, and for one number or door."""
SENDS, SENDS_AT = Limit("own-send", HOUR, 3, 30), Limit("own-send-at", DAY, 3, 12)
"""Messages asked for from one address, and at one number or door, whether one was sent or not."""
ON_ITS_WAY = N_(
    "If this phone belongs to one person registered at this home, a code is on its way to it, good for ten minutes. "
    "Nothing comes? The community office prints a code for you."
)


@public
def at_door(request: Request, form: Form) -> Response:
    """GET, POST /h/{token}/mine: the way in at the door of one's home, by the code alone."""
    house, path = door_of(request).house_id, f"/h/{request.path_params['token']}/mine"
    if request.method == "POST":
        return enter(request, form, path, f"house/{house}", {"house_id": house})
    return way_in(request, form, path)


def behind(number: str) -> dict[str, Any]:
    """What a number that was typed stands for: a slip of paper, or the home of a receipt; nothing when unknown."""
    if len(plain(number)) <= SLIP:
        return {"slip": number}
    try:
        return {"house_id": house_of_receipt(gate(), number)}
    except Problem:
        return {}


def enter(request: Request, form: Form, path: str, who: str, at: dict[str, Any]) -> Response:
    uses = [here(request, TRIES), Use(TRIES_AT, who)]
    try:
        guard.check(uses, form, counts=False)
        entry = commands.enter(gate(), form.text("key"), **at)
        if entry.refusal:
            guard.failed(uses)
            raise Invalid(entry.refusal, key=entry.refusal)
    except Invalid as trouble:
        return way_in(request, form, path, trouble.fields, uses=uses, status=trouble.status)
    answer = go(PATH)
    keep_cookie(answer, request, COOKIE, entry.token, int(WHOLE.total_seconds()), PATH)
    return answer


@public
def send(request: Request, form: Form) -> Response:
    """POST /mine/code and /h/{token}/mine/code: a code to a registered phone. The answer is the same in any case, and
    comes before anybody looks whose phone it is."""
    is_at_door = "token" in request.path_params
    path = f"/h/{request.path_params['token']}/mine" if is_at_door else PATH
    if request.method == "GET":
        return go(path)
    number = form.text("number")
    who = f"house/{door_of(request).house_id}" if is_at_door else plain(number)
    uses = [here(request, SENDS), Use(SENDS_AT, who)]
    try:
        guard.check(uses, form)
    except Invalid as trouble:
        return way_in(request, form, path, trouble.fields, sends=uses, status=trouble.status)
    house = door_of(request).house_id if is_at_door else behind(number).get("house_id")
    answer = way_in(request, Form({"number": [number]}), path, said=_(ON_ITS_WAY))
    if house is not None:
        answer.background = BackgroundTask(sending.send, gate(), house, form.text("phone"))
    return answer


def way_in(
    request: Request,
    form: Form,
    path: str,
    errors: dict[str, str] | None = None,
    *,
    uses: list[Use] | None = None,
    sends: list[Use] | None = None,
    said: str = "",
    status: int = 200,
) -> Response:
    """The way in, with the picture code where it is wanted."""
    tried = [here(request, TRIES)] if uses is None else uses
    sent = [here(request, SENDS)] if sends is None else sends
    values: dict[str, Any] = {"form": form, "errors": errors or {}, "path": path, "said": said}
    for name, wanted in (("try", guard.challenge(tried)), ("send", guard.challenge(sent))):
        values[f"{name}_challenge"] = wanted
        values[f"{name}_question"] = pictures.question(wanted) if wanted else ""
    return page(
        request, "own_door", status, needs_number=path == PATH, can_send=bool(sending.gateway()), **values
    )


routes = [
    Route("/h/{token}/mine", at_door, methods=["GET", "POST"]),
    Route("/h/{token}/mine/code", send, methods=["GET", "POST"]),
    Route(f"{PATH}/code", send, methods=["GET", "POST"]),
]
