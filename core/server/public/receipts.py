"""What became of a report: its state, the result of each field, and the ways to correct or withdraw it."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.accounts.door import gate
from core.claims import commands as claims
from core.claims import queries
from core.claims.forms import ClaimForm
from core.claims.queries import Told
from core.claims.rules import NOTE, read_code
from core.kernel.codes import code_name
from core.kernel.database import office
from core.kernel.i18n import N_, _, language
from core.kernel.problems import Clash, Invalid, Missing
from core.labels.door import resident
from core.labels.queries import Door
from core.server.public import codes, guard, reading
from core.server.public.asking import Ask, of_kind
from core.server.public.door import BACK
from core.server.public.guard import HOUR, Limit, here
from core.server.public.kit import Form, go, page, public
from core.server.public.parts import shown
from core.server.public.reading import Trouble

UNKNOWN = Limit("unknown-receipt", HOUR, 5, 60)
"""Receipt numbers that do not exist: a few typing errors are free."""
NO_RECEIPT = N_("There is no such receipt number. It has 12 letters and digits, never 0, 1, I, L or O.")
TONES = {
    "accepted": "ok",
    "partly": "ok",
    "refused": "bad",
    "outdated": "warn",
    "withdrawn": "warn",
    "visit": "warn",
}


@public
def ask(request: Request, form: Form) -> Response:
    """GET, POST /r: type the receipt number."""
    uses, trouble = [here(request, UNKNOWN)], Trouble()
    if request.method == "POST":
        try:
            guard.check(uses, form, counts=False)
            return go(f"/r/{_code(uses, form.text('receipt'))}")
        except (Invalid, Missing) as problem:
            fields = problem.fields or {"receipt": problem.sentence}
            trouble = Trouble(problem.sentence, fields)
    challenge = guard.challenge(uses)
    question = codes.question(challenge) if challenge else ""
    values = {"form": form, "errors": trouble.fields, "challenge": challenge, "question": question}
    return page(request, "receipt_ask", 200 if not trouble.sentence else 422, **values)


def _code(uses: Sequence[guard.Use], typed: str) -> str:
    """The receipt number as it is kept. Raises Missing for one that nobody was given; that is counted."""
    try:
        return read_code(queries.receipt(gate(), typed).code)
    except Missing as trouble:
        guard.failed(uses)
        raise Missing(_(NO_RECEIPT)) from trouble


def _told(request: Request) -> Told:
    """The report whose number stands in the address. Raises Missing, Limited."""
    uses = [here(request, Limit(UNKNOWN.purpose, UNKNOWN.seconds, UNKNOWN.most, UNKNOWN.most))]
    guard.check(uses, Form(), counts=False)
    return queries.receipt(gate(), _code(uses, request.path_params["code"]))


@public
def receipt(request: Request, form: Form) -> Response:
    """GET /r/{code}: how far the report is, and what became of each field."""
    told = _told(request)
    state = code_name("claim_state", told.state, lang=language.get())
    return page(
        request,
        "receipt",
        told=told,
        state=state,
        tones=TONES,
        states=lambda one: code_name("claim_state", one, lang=language.get()),
        who=code_name("claim_reporter", told.who, lang=language.get()),
        is_new=request.query_params.get("new") == "1",
        back=_back(request),
        path=f"/r/{read_code(told.code)}",
    )


def _back(request: Request) -> str:
    """The door that this browser came from, as far as it still knows: only an address of our own pages."""
    known = request.cookies.get(BACK, "")
    return known if known.startswith("/h/") else ""


@public
def withdraw(request: Request, form: Form) -> Response:
    """POST /r/{code}/withdraw: the report counts no more."""
    told = _told(request)
    claims.withdraw(gate(), told.code, form.text("reason"))
    return go(f"/r/{read_code(told.code)}")


@public
def correct(request: Request, form: Form) -> Response:
    """GET, POST /r/{code}/correct: the same form again, as it was filled in; numbers stay unless typed anew."""
    told = _told(request)
    if not told.can_correct:
        raise Clash(_("This report is decided already. Hand in a new one at the door."))
    was = queries.restate(gate(), told.code)
    asks = [of_kind(one.kind) for one in was.items] or [of_kind(NOTE)]
    if request.method == "GET":
        return _shown(request, told, was, asks, _filled(was), Trouble())
    said = reading.read(form, asks)
    try:
        pictures = reading.pictures(form, asks[0].picture if asks else "other")
        whole = reading.claim_form(form, was.who, said, was.texts)
        claims.correct(gate(), told.code, whole, pictures=pictures)
    except (Invalid, Clash) as trouble:
        found = reading.trouble(trouble, said)
        return _shown(request, told, was, asks, form, found, status=trouble.status)
    return go(f"/r/{read_code(told.code)}?new=1")


def _filled(was: ClaimForm) -> Form:
    """The form as it was handed in."""
    values = {
        f"{place}.{name}": [str(value)]
        for place, one in enumerate(was.items)
        for name, value in one.values.items()
        if value not in (None, "")
    }
    return Form({**values, "contact_name": [was.contact_name], "note": [was.note]})


def _shown(
    request: Request,
    told: Told,
    was: ClaimForm,
    asks: Sequence[Ask],
    form: Form,
    trouble: Trouble,
    *,
    status: int = 200,
) -> Response:
    actor = resident(Door(told.label_id, 0, told.area, "active"))
    texts = [one for one in queries.notices(office().uow(actor)) if one.text_id not in was.texts]
    path = f"/r/{read_code(told.code)}"
    own: dict[str, Any] = {
        "title": _("Correct my report"),
        "lead": _(
            "Numbers of documents and phones are not shown. Left empty they stay as you handed them in."
        ),
        "back": path,
        "action": f"{path}/correct",
        "draft": "correct",
        "can_add": False,
        "can_read": False,
        "headings": [part.title for part in told.parts],
        "fixed_about": [one.about for one in was.items],
    }
    return shown(request, None, asks, form, trouble, "", texts, status=status, **own)


routes = [
    Route("/r", ask, methods=["GET", "POST"]),
    Route("/r/{code}", receipt, methods=["GET"]),
    Route("/r/{code}/withdraw", withdraw, methods=["POST"]),
    Route("/r/{code}/correct", correct, methods=["GET", "POST"]),
]
