"""What a form says, checked as a whole before anything is filed: every field, the consents it needs, its urgency."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.attachments.rules import IDENTITY
from core.claims.forms import ClaimForm, Picture, Said
from core.claims.models import Claim, SaidMore
from core.claims.queries import records
from core.claims.queries.of_door import Notice, notices
from core.claims.rules import ADD, CHANGE, FIRM, NOTE, NOTHING, OUT, Checked, checked, due_on, needs_haste
from core.kernel.checking import check
from core.kernel.codes import codes
from core.kernel.crypto import Sealed
from core.kernel.i18n import LANGUAGES, _
from core.kernel.problems import Invalid
from core.kernel.records import Record
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.models import Organisation
from core.people.models import Person
from core.people.rules import age_on
from core.places.models import House

MOST_PARTS, CHILD = 12, 14
CONTACT = {"name": "contact_name", "guardian_phone": "contact_phone", "note": "note"}


def read(
    uow: UnitOfWork,
    house: House,
    label_id: int,
    form: ClaimForm,
    pictures: Sequence[Picture],
    kept: Claim | None = None,
) -> tuple[dict[str, Any], list[Checked]]:
    """Columns of the report and what it says, checked, inside a command. Raises Invalid with all that is wrong."""
    around = _around(uow, house, label_id)
    parts = [_checked(house, said, around) for said in form.items]
    wrong = {f"{n}.{name}": text for n, part in enumerate(parts) for name, text in part.wrong.items()}
    in_force = {one.key: one for one in notices(uow)}
    told = {key: one for key, one in in_force.items() if one.text_id in form.texts}
    needed = {field: text for key, (field, text) in _needed(uow, parts, pictures).items() if key in in_force}
    wrong |= _as_a_whole(form, parts) | {f: text for f, text in needed.items() if not _agreed(f, told, kept)}
    if wrong:
        raise Invalid(_("Please look again at what is marked."), **wrong)
    births = [born for part in parts if (born := _birth(part))]
    kinds = [part.said.kind for part in parts] or [NOTE]
    is_urgent = needs_haste(kinds, births, uow.today, house.state)
    facts: dict[str, Any] = {
        "who": form.who,
        "what": f"/{'/'.join(dict.fromkeys(kinds))}/",
        "contact_name": form.contact_name,
        "note": form.note,
        "language": form.language if form.language in LANGUAGES else "zh_CN",
        "is_urgent": is_urgent,
        "due_on": due_on(uow.today, uow.office.settings.claim_days, is_urgent=is_urgent),
        "texts": _agreed_now(told, kept),
    }
    if form.contact_phone or kept is None:
        facts["contact_phone"] = form.contact_phone or None
    return facts, parts


def _around(uow: UnitOfWork, house: House, label_id: int) -> dict[str, list[Record]]:
    """Mark -> whom or what it stands for at this door; a resident with the stay."""
    people = records.residents(uow, house.id)
    found: dict[str, list[Record]] = {records.mark(label_id, one): [one, stay] for one, stay in people}
    return found | {records.mark(label_id, one): [one] for one in records.firms(uow, house.id)}


def _checked(house: House, said: Said, around: Mapping[str, Sequence[Record]]) -> Checked:
    """One thing that is said, with the records it speaks of. A mark that means nobody here is told so."""
    mine = around.get(said.about, ())
    about = mine[0] if mine else None
    is_firm, is_person = isinstance(about, Organisation), isinstance(about, Person)
    if (said.about or said.kind == CHANGE) and not (is_firm if said.kind == FIRM else is_person):
        return Checked(said, wrong={"about": _("Say whom or what this is about: choose from the list.")})
    found = checked(said, {House: house} | {type(one): one for one in mine})
    found.about = about
    return found


def _birth(part: Checked) -> date | None:
    born = part.values.get("birth") or (part.about.birth if isinstance(part.about, Person) else None)
    return born if part.said.kind in (ADD, OUT) else None


def _as_a_whole(form: ClaimForm, parts: Sequence[Checked]) -> dict[str, str]:
    """What is wrong with the report as a whole."""
    wrong = _contact(form)
    kinds = [part.said.kind for part in parts]
    if form.who not in codes("claim_reporter"):
        wrong["who"] = _("Say who you are.")
    if not parts and not form.note.strip():
        wrong["items"] = _("Say what has changed, or that nothing has.")
    if len(parts) > MOST_PARTS:
        wrong["items"] = _("At most {most} things in one report; hand in another one.").format(
            most=MOST_PARTS
        )
    if NOTHING in kinds and len(kinds) > 1:
        wrong["items"] = _("“No change” stands alone.")
    return wrong


def _contact(form: ClaimForm) -> dict[str, str]:
    """What is wrong with how the reporter can be asked back, and with the message."""
    try:
        check(SaidMore, {"name": form.contact_name, "guardian_phone": form.contact_phone, "note": form.note})
    except Invalid as trouble:
        return {CONTACT[name]: said for name, said in trouble.fields.items()}
    return {}


def _needed(
    uow: UnitOfWork, parts: Sequence[Checked], pictures: Sequence[Picture]
) -> dict[str, tuple[str, str]]:
    """The texts that must be agreed to: by their keys the field of each, and what is said when it is not."""
    has_number = any(isinstance(part.values.get("document_no"), Sealed) for part in parts)
    is_child = any(part.said.kind == ADD and _is_child(uow, part) for part in parts)
    has_picture = any(picture.kind == IDENTITY for picture in pictures)
    wanted = {"collection": ("texts", _("Please read the notice and agree to it first."))}
    if has_number:
        wanted["sensitive"] = ("text.sensitive", _("A document number needs your separate consent."))
    if is_child:
        wanted["under14"] = ("text.under14", _("For a child under 14 the guardian must agree."))
    if has_picture:
        said = _("A picture of a document needs your separate consent.")
        wanted["identity_picture"] = ("text.identity_picture", said)
    return wanted


def _agreed(field: str, told: Mapping[str, Notice], kept: Claim | None) -> bool:
    key = field.removeprefix("text.") if "." in field else "collection"
    return key in told or (kept is not None and any(text["key"] == key for text in kept.texts))


def _agreed_now(told: Mapping[str, Notice], kept: Claim | None) -> list[dict[str, Any]]:
    """The versions agreed to, with those of the report that is corrected."""
    fresh = {one.key: {"id": one.text_id, "key": one.key, "version": one.version_no} for one in told.values()}
    before = {text["key"]: text for text in kept.texts} if kept else {}
    return list((before | fresh).values())


def _is_child(uow: UnitOfWork, part: Checked) -> bool:
    born = part.values.get("birth")
    return born is not None and age_on(born, uow.today) < CHILD
