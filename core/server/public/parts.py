"""The page of a form: its parts, what was typed, what is wrong, the consents it needs and the picture code."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from core.claims.queries import Doorway, Notice
from core.kernel.fields import CHINA
from core.kernel.i18n import N_, _
from core.server.public import codes
from core.server.public.asking import Ask, choices
from core.server.public.kit import Form, page
from core.server.public.reading import Trouble

HELPS = {
    "document_no": N_(
        "Needed only where it must be certain who is meant. It is kept sealed and never shown in full."
    ),
    "birth": N_("Not needed when the identity number is filled in."),
    "credit_code": N_("18 places, on the business licence."),
}
LABELS = {
    "from_on": N_("Lives here since"),
    "until_on": N_("Stays until"),
    "residence": N_("Lives here as"),
    "since": N_("Like this since"),
}
TICKS = {
    "sensitive": N_("I agree to this separately: to the number or picture of the document that I hand in."),
    "identity_picture": N_(
        "I agree that the photo of the document is used to check what I report, and then deleted."
    ),
    "under14": N_("I am a parent or guardian of the child and agree for it."),
}
PICTURES = {
    "identity": N_("Photo of the identity document"),
    "licence": N_("Photo of the business licence"),
    "house": N_("Photo of the door or the shop"),
    "other": N_("Photo"),
}


def shown(
    request: Request,
    door: Doorway | None,
    asks: Sequence[Ask],
    form: Form,
    trouble: Trouble,
    challenge: str,
    texts: Sequence[Notice],
    *,
    status: int = 200,
    **own: Any,
) -> Response:
    """The page of a form with what was typed so far; `own` are its title, lead, draft, action and ways back."""
    asks = [_lawful(ask, texts) for ask in asks]
    values: dict[str, Any] = {
        "door": door,
        "asks": asks,
        "form": form,
        "errors": trouble.fields,
        "sentence": trouble.sentence,
        "once": form.text("once") or secrets.token_urlsafe(18),
        "consents": _consents(asks, texts),
        "challenge": challenge,
        "question": codes.question(challenge) if challenge else "",
        "choices": choices,
        "helps": HELPS,
        "labels": LABELS,
        "ticks": TICKS,
        "picture_label": _(PICTURES.get(asks[0].picture, "")) if asks else "",
        "today": _today(),
        "opened": _opened(form, trouble),
        "headings": (),
        "fixed_about": (),
    }
    return page(request, "form", status, **{**values, **own})


def _lawful(ask: Ask, texts: Sequence[Notice]) -> Ask:
    """The form without what needs a separate consent, where the office has published no text for that."""
    if any(one.key == "sensitive" for one in texts):
        return ask
    first, more = ([n for n in names if not n.startswith("document")] for names in (ask.first, ask.more))
    return replace(
        ask, first=tuple(first), more=tuple(more), picture="" if ask.picture == "identity" else ask.picture
    )


def _opened(form: Form, trouble: Trouble) -> Any:
    """Whether a fold must stand open: something in it was typed, or is wrong."""

    def opened(place: int, names: Sequence[str]) -> bool:
        return any(form.text(f"{place}.{name}") or f"{place}.{name}" in trouble.fields for name in names)

    return opened


def _consents(asks: Sequence[Ask], texts: Sequence[Notice]) -> list[Notice]:
    """The separate consents that these forms may need."""
    names = {name for ask in asks for name in ask.names}
    wanted = {"sensitive"} if "document_no" in names else set()
    wanted |= {"under14"} if "guardian_name" in names else set()
    wanted |= {"identity_picture"} if any(ask.picture == "identity" for ask in asks) else set()
    return [one for one in texts if one.key in wanted]


def _today() -> str:
    """Today in China, as a form has it."""
    return datetime.now(CHINA).date().isoformat()
