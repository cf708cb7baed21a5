"""What somebody without an account sees at a door: one house, and nobody's full name."""

from dataclasses import dataclass

from sqlmodel import col, select

from core.claims.queries import records
from core.kernel.codes import code_name
from core.kernel.i18n import language
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.queries.of_houses import detail_of_house
from core.rights.models import ConsentText

KEYS = ("collection", "sensitive", "under14", "identity_picture")
"""The consent texts that a self-report may need, in the order in which they are read."""


@dataclass(frozen=True)
class Masked:
    """Somebody, or an organisation, at this door: a mark that stands for them, a masked name, and as what."""

    ref: str
    name: str
    says: str


@dataclass(frozen=True)
class Doorway:
    """One house for whoever stands at its door."""

    label_id: int
    house_id: int
    area: str
    address: str
    state: str
    people: int
    residents: tuple[Masked, ...]
    organisations: tuple[Masked, ...]
    open_claims: int


@dataclass(frozen=True)
class Notice:
    """A consent text in force."""

    key: str
    text_id: int
    version_no: int
    title: str
    text: str


@query("claim.file")
def doorway(uow: UnitOfWork, label_id: int | str) -> Doorway:
    """The house of a label: masked names, no number, no birth. Raises Missing at another door, or a dead label."""
    house = records.house_at(uow, label_id)
    detail = detail_of_house(uow, house)
    people = [
        uow.show(Masked, one, ref=records.mark(int(label_id), one), says=_kind(stay.kind))
        for one, stay in records.residents(uow, house.id)
    ]
    firms = [
        Masked(
            records.mark(int(label_id), one),
            one.short_name or one.name,
            code_name("trade", one.trade, lang=language.get()),
        )
        for one in records.firms(uow, house.id)
    ]
    waiting = records.count_open(uow, int(label_id))
    return Doorway(
        int(label_id),
        house.id,
        house.area,
        detail.title,
        house.state,
        len(people),
        tuple(people),
        tuple(firms),
        waiting,
    )


@query("claim.file")
def notices(uow: UnitOfWork) -> list[Notice]:
    """The published texts in force, the newest version of each, in the reader's language or else the office's."""
    spoken, usual = language.get(), uow.office.settings.language
    in_force = select(ConsentText).where(
        col(ConsentText.approved_at).is_not(None),
        col(ConsentText.valid_from) <= uow.today,
        col(ConsentText.language).in_((spoken, usual)),
    )
    newest: dict[str, Notice] = {}
    found = uow.session.exec(in_force).all()
    for one in sorted(found, key=lambda text: (text.language == spoken, text.version_no)):
        newest[one.key] = uow.show(Notice, one, text_id=one.id)
    return [newest[key] for key in KEYS if key in newest]


def _kind(code: str) -> str:
    return code_name("residence_kind", code, lang=language.get())
