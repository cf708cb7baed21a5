"""What self-reports say about a registered person: for the copy of what is held, and for their own page."""

from sqlmodel import col, select

from core.claims.models import ClaimItem
from core.claims.queries.of_receipt import said_of
from core.claims.queries.records import known_of, value_of
from core.kernel.codes import code_name
from core.kernel.extensions import Section
from core.kernel.i18n import _, language
from core.kernel.unit_of_work import UnitOfWork

MOST = 200


def said_about(uow: UnitOfWork, person_id: int) -> Section | None:
    """Each field that somebody reported about the person, newest first, inside a query or command."""
    own = select(ClaimItem).where(ClaimItem.person_id == person_id, ClaimItem.field != "")
    found = uow.session.exec(own.order_by(col(ClaimItem.id).desc()).limit(MOST)).all()
    rows = [
        ({"what": _(known_of(item).label), "said": _said(uow, item), "state": _state(item)}, "")
        for item in found
    ]
    columns = [("what", _("What")), ("said", _("Reported")), ("state", _("State"))]
    return Section(columns=columns, rows=rows) if rows else None


def _said(uow: UnitOfWork, item: ClaimItem) -> str:
    return said_of(uow, item, value_of(item))


def _state(item: ClaimItem) -> str:
    return code_name("claim_state", item.state, lang=language.get())
