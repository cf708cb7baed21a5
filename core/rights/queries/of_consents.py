"""Consent texts with their versions, and who agreed to which."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select

from core.kernel.i18n import language
from core.kernel.kinds import record_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.rights.models import Consent, ConsentText


@dataclass(frozen=True)
class TextLine:
    """One version of a text; `is_published` ones never change."""

    id: int
    area: str
    version: int
    key: str
    language: str
    version_no: int
    title: str
    text: str
    valid_from: date | None
    made_by: str
    approved_by: str
    approved_at: datetime | None
    consents: int

    @property
    def is_published(self) -> bool:
        """Whether somebody approved it."""
        return self.approved_at is not None


@dataclass(frozen=True)
class ConsentLine:
    """A consent of somebody."""

    id: int
    area: str
    text_id: int
    title: str
    version_no: int
    given_on: date
    channel: str
    recorded_by: str
    withdrawn_on: date | None


@query("consent.view")
def texts(uow: UnitOfWork, key: str = "", speaks: str = "") -> list[TextLine]:
    """The versions in sight, by text and language, the newest first."""
    found = select(ConsentText)
    found = found.where(ConsentText.key == key) if key else found
    found = found.where(ConsentText.language == speaks) if speaks else found
    ordered = found.order_by(
        col(ConsentText.key), col(ConsentText.language).desc(), col(ConsentText.version_no).desc()
    )
    counted = select(Consent.text_id, func.count()).group_by(col(Consent.text_id))
    counts: dict[int, int] = dict(uow.session.exec(counted).all())
    return [uow.show(TextLine, one, consents=counts.get(one.id, 0)) for one in uow.session.exec(ordered)]


@query("consent.view")
def text(uow: UnitOfWork, text_id: int | str) -> TextLine:
    """One version. Raises Missing."""
    return uow.show(TextLine, uow.get(ConsentText, text_id), consents=0)


@query("consent.view")
def current_texts(uow: UnitOfWork) -> dict[int, str]:
    """Number and title of the newest published version in force of each text, in the reader's language."""
    today = uow.today
    found = select(ConsentText).where(
        col(ConsentText.approved_at).is_not(None),
        col(ConsentText.valid_from) <= today,
        ConsentText.language == language.get(),
    )
    newest: dict[str, ConsentText] = {}
    for one in uow.session.exec(found.order_by(col(ConsentText.version_no))):
        newest[one.key] = one
    return {one.id: f"{one.title} v{one.version_no}" for one in newest.values()}


@query("consent.view")
def consents(uow: UnitOfWork, about_kind: str, about_id: int | str) -> list[ConsentLine]:
    """The consents of a person, household or house, newest first. Raises Missing, Refused."""
    record = record_of(uow, about_kind, about_id)
    own = (col(Consent.about_kind) == about_kind) & (col(Consent.about_id) == record.id)
    joined = select(Consent, ConsentText).join(ConsentText, col(Consent.text_id) == col(ConsentText.id))
    rows = uow.session.exec(joined.where(own).order_by(col(Consent.id).desc()))
    return [uow.show(ConsentLine, one, title=said.title, version_no=said.version_no) for one, said in rows]
