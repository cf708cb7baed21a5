"""What the code at a door opens: a notice in plain words, who speaks, what is registered (masked), and the forms."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.accounts import cookies
from core.accounts import queries as accounts
from core.accounts.door import gate
from core.claims import commands as claims
from core.claims import queries
from core.claims.forms import ClaimForm, Picture, Receipt
from core.claims.queries import Notice
from core.claims.rules import read_code
from core.kernel.codes import code_name
from core.kernel.database import office
from core.kernel.i18n import N_, _, language
from core.kernel.problems import Clash, Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork
from core.labels import queries as labels
from core.labels.door import resident
from core.labels.queries import Door
from core.server.public import guard, reading
from core.server.public.asking import ASKS, MOST_PARTS, WHO, Ask, asked
from core.server.public.cards import readers, values_of
from core.server.public.guard import DAY, HOUR, Limit, Use, here
from core.server.public.kit import Form, go, keep_cookie, page, problem, public
from core.server.public.parts import shown
from core.server.public.reading import Trouble

UNKNOWN = Limit("unknown-door", HOUR, 100, 100)
"""Labels that do not exist, or no longer open a door: nobody has so many of them."""
FROM_HERE, AT_DOOR = Limit("hand-in", HOUR, 30, 300), Limit("hand-in-door", DAY, 12, 60)
"""Reports of one address (a whole street may share it, on a mobile network) and of one door."""
BACK = "lingrid_door"
NO_NOTICE = "0"
"""Agreed to where the office has published no text of its own: the words on the page."""


@dataclass(frozen=True)
class Visit:
    """Somebody at a door: who works for them, the label, and the address of its pages."""

    uow: UnitOfWork
    label_id: int
    token: str

    @property
    def path(self) -> str:
        """Where the pages of this door stand."""
        return f"/h/{self.token}"


def door_of(request: Request) -> Door:
    """The door whose token is asked for. Raises Missing for an unknown one, which is counted, Clash for a dead one."""
    uses = [here(request, UNKNOWN)]
    guard.check(uses, Form(), counts=False)
    try:
        door = labels.opened(gate(), request.path_params["token"])
    except Missing:
        guard.failed(uses)
        raise
    if not door.is_open:
        guard.failed(uses)  # as for an unknown one: neither takes longer
        raise Clash(
            _("This label is no longer in use. Scan the newer one at the door, or ask the community office.")
        )
    return door


def visit(request: Request) -> Visit:
    """Who stands at the door whose token is asked for. Raises as `door_of`."""
    door = door_of(request)
    return Visit(office().uow(resident(door)), door.label_id, request.path_params["token"])


@public
def notice(request: Request, form: Form) -> Response:
    """GET /h/{token}: what this is about, and who is here."""
    try:
        found = visit(request)
    except Missing:
        return problem(request, 404, _(NO_DOOR), heading=_("This label is not known"))
    except Clash as trouble:
        return problem(request, 410, trouble.sentence)
    texts = queries.notices(found.uow)
    return page(
        request,
        "notice",
        notices=texts,
        who=WHO,
        path=found.path,
        carry=_carried(texts),
        staff_link=_staff_link(request, found.token),
    )


NO_DOOR = N_(
    "Scan the code at the door once more. If that does not help, ask the community office for a new label."
)


def _staff_link(request: Request, token: str) -> str:
    """Where somebody of the office goes on who scanned with the camera of their phone."""
    cookie = cookies.read(request.cookies.get(cookies.NAME))
    actor = accounts.current(gate(), cookie) if cookie else None
    return f"/scan?{urlencode({'text': token})}" if actor and actor.may("visit.edit") else ""


def _carried(texts: Sequence[Notice]) -> str:
    """The notice that was agreed to, as a part of the addresses that follow: no cookie is needed for it."""
    told = next((str(one.text_id) for one in texts if one.key == "collection"), NO_NOTICE)
    return f"?agreed={told}"


def _agreed(request: Request, texts: Sequence[Notice]) -> list[int] | None:
    """The numbers of the texts that were agreed to before this page; None when the notice in force was not."""
    told = f"?agreed={request.query_params.get('agreed', '')}"
    if told != _carried(texts):
        return None
    return [one.text_id for one in texts if one.key == "collection"]


@public
def home(request: Request, form: Form) -> Response:
    """GET /h/{token}/{who}: what is registered, masked, and what may be reported."""
    found, who = visit(request), WHO.get(request.path_params["who"])
    texts = queries.notices(found.uow)
    if who is None or _agreed(request, texts) is None:
        return go(found.path)
    door = queries.doorway(found.uow, found.label_id)
    return page(
        request,
        "door",
        door=door,
        state=code_name("house_state", door.state, lang=language.get()),
        who=who,
        asks=ASKS,
        path=f"{found.path}/{request.path_params['who']}",
        carry=_carried(texts),
        once=secrets.token_urlsafe(18),
    )


@public
def report(request: Request, form: Form) -> Response:
    """GET, POST /h/{token}/{who}/{what}: one small form; a receipt when it was handed in."""
    found, who, what = visit(request), request.path_params["who"], request.path_params["what"]
    ask, texts = asked(who, what), queries.notices(found.uow)
    agreed = _agreed(request, texts)
    if agreed is None:
        return go(found.path)
    uses = [here(request, FROM_HERE), Use(AT_DOOR, str(found.label_id))]
    asks = [ask] * reading.parts(form) if ask.several else [ask]
    if request.method == "GET" or form.text("do") == "more":
        return _shown(request, found, asks, form, Trouble(), uses, texts)
    if form.text("do") == "read":
        return _shown(request, found, asks, *values_of(form), uses, texts)
    return _handed_in(request, found, asks, form, uses, texts, agreed)


def _handed_in(
    request: Request,
    found: Visit,
    asks: Sequence[Ask],
    form: Form,
    uses: Sequence[Use],
    texts: Sequence[Notice],
    agreed: Sequence[int],
) -> Response:
    said = None
    try:
        guard.check(uses, form)
        said = reading.read(form, asks, queries.doorway(found.uow, found.label_id).state)
        pictures = reading.pictures(form, asks[0].picture)
        whole = reading.claim_form(form, request.path_params["who"], said, agreed)
        receipt = _filed(found, whole, form.text("once"), pictures)
    except (Invalid, Clash) as trouble:
        told = reading.trouble(trouble, said)
        return _shown(request, found, asks, form, told, uses, texts, status=trouble.status)
    answer = go(f"/r/{read_code(receipt.code)}?new=1")
    keep_cookie(
        answer, request, BACK, f"{found.path}/{request.path_params['who']}{_carried(texts)}", HOUR, "/r"
    )
    return answer


def _filed(found: Visit, whole: ClaimForm, once: str, pictures: Sequence[Picture]) -> Receipt:
    """The receipt. Where another process files the very same form at this moment, asking again finds its receipt."""
    try:
        return claims.hand_in(found.uow, found.label_id, whole, once=once, pictures=pictures)
    except Clash:
        return claims.hand_in(found.uow, found.label_id, whole, once=once, pictures=pictures)


def _shown(
    request: Request,
    found: Visit,
    asks: Sequence[Ask],
    form: Form,
    trouble: Trouble,
    uses: Sequence[Use],
    texts: Sequence[Notice],
    *,
    status: int = 200,
) -> Response:
    ask, who = asks[0], request.path_params["who"]
    own: dict[str, Any] = {
        "title": _(ask.title),
        "lead": _(ask.lead),
        "back": f"{found.path}/{who}{_carried(texts)}",
        "action": f"{request.url.path}?{request.url.query}",
        "draft": request.path_params["what"],
        "can_add": ask.several and len(asks) < MOST_PARTS,
        "can_read": bool(ask.picture == "identity" and readers()),
    }
    door = queries.doorway(found.uow, found.label_id)
    return shown(request, door, asks, form, trouble, guard.challenge(uses), texts, status=status, **own)


routes = [
    Route("/h/{token}", notice, methods=["GET"]),
    Route("/h/{token}/{who}", home, methods=["GET"]),
    Route("/h/{token}/{who}/{what}", report, methods=["GET", "POST"]),
]
