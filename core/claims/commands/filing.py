"""Handing a self-report in, correcting it while nobody has decided, and taking it back."""

import hashlib
from collections.abc import Sequence
from typing import Any

from core.attachments.commands import record_attachment
from core.claims.commands.reading import read
from core.claims.forms import ClaimForm, Picture, Receipt, Said
from core.claims.models import ABOUT, OPEN, Claim, ClaimItem
from core.claims.queries import records
from core.claims.queries.of_receipt import pictures as pictures_of
from core.claims.rules import (
    Checked,
    grouped,
    new_code,
)
from core.kernel import history
from core.kernel.crypto import Sealed
from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.organisations.models import Organisation
from core.people.models import Person
from core.places.models import House

MOST_PICTURES, SHORTEST, LONGEST = 6, 8, 80


@command("claim.file")
def hand_in(
    uow: UnitOfWork, label_id: int | str, form: ClaimForm, *, once: str, pictures: Sequence[Picture] = ()
) -> Receipt:
    """File what somebody says at a door. The same `once` again is the same report, and gives the same receipt.

    Raises Missing at another door or a dead label, Invalid with a sentence at each field ("0.phone" for the first
    thing that is said), Clash when too many reports of this door wait already.
    """
    house = records.house_at(uow, label_id)
    mark = _once(once)
    if known := records.by_once(uow, int(label_id), mark):
        return Receipt(grouped(known.receipt.open()), known.id, known.area, is_again=True)
    if records.count_open(uow, int(label_id)) >= uow.office.settings.claim_limit:
        raise Clash(_("Several reports of this door wait already. Please ask your grid worker."))
    facts, parts = read(uow, house, int(label_id), form, pictures)
    code = new_code()
    claim = uow.add(
        Claim,
        area=house.area,
        house_id=house.id,
        label_id=int(label_id),
        once=mark,
        receipt=Sealed("receipt", plain=code),
        handed_in_at=uow.now,
        **facts,
    )
    _keep(uow, claim, parts, pictures)
    return Receipt(grouped(code), claim.id, claim.area, is_again=False)


@command("claim.follow")
def correct(uow: UnitOfWork, code: str, form: ClaimForm, *, pictures: Sequence[Picture] = ()) -> Receipt:
    """Say it anew while nobody has decided; a number that is left empty stays as it was, pictures stay. Raises Missing,
    Invalid, Clash once it is decided."""
    claim = _still_open(uow, code)
    house = uow.get(House, claim.house_id)
    old = records.items_of(uow, [claim.id])
    facts, parts = read(uow, house, claim.label_id, _with_numbers(claim, old, form), pictures, kept=claim)
    for item in old:
        uow.session.delete(item)
    uow.session.flush()
    uow.change(claim, **facts, corrected_at=uow.now, state="open")
    _keep(uow, claim, parts, pictures)
    return Receipt(grouped(claim.receipt.open()), claim.id, claim.area, is_again=False)


@command("claim.follow")
def withdraw(uow: UnitOfWork, code: str, reason: str = "") -> None:
    """Take a self-report back while nobody has decided. Raises Missing, Clash once it is decided."""
    claim = _still_open(uow, code)
    uow.because(reason)
    uow.change(claim, state="withdrawn", decided_at=uow.now)


def _still_open(uow: UnitOfWork, code: str) -> Claim:
    claim = records.by_receipt(uow, code)
    if claim.state not in OPEN:
        raise Clash(_("This report is closed already. If something is still wrong, please report it anew."))
    return claim


def _once(once: str) -> str:
    if not SHORTEST <= len(once) <= LONGEST:
        said = _("This form is out of date. Please load the page again; what you typed is kept.")
        raise Invalid(said, once=said)
    return hashlib.sha256(once.encode()).hexdigest()[:40]


def _keep(uow: UnitOfWork, claim: Claim, parts: Sequence[Checked], pictures: Sequence[Picture]) -> None:
    """The fields and pictures of a self-report."""
    rows = [row for n, part in enumerate(parts) for row in _rows(uow, claim, n, part)]
    uow.session.add_all(rows)
    uow.session.flush()
    if len(pictures) + (pictures_of(uow, claim.id) if pictures else 0) > MOST_PICTURES:
        said = _("At most {most} pictures in one report.").format(most=MOST_PICTURES)
        raise Invalid(said, pictures=said)
    for one in pictures:
        facts = {"file": one.file, "digest": one.digest, "kind": one.kind, "name": one.name}
        record_attachment(uow, Claim.__name__, claim.id, sensitive=True, **facts)  # type: ignore[arg-type]


def _rows(uow: UnitOfWork, claim: Claim, number: int, part: Checked) -> list[ClaimItem]:
    about = part.about
    told: dict[str, Any] = {
        "area": claim.area,
        "claim_id": claim.id,
        "house_id": claim.house_id,
        "part": number,
        "kind": part.said.kind,
        "person_id": about.id if isinstance(about, Person) else None,
        "organisation_id": about.id if isinstance(about, Organisation) else None,
    }
    before = part.before()
    return [
        ClaimItem(
            **told,
            field=name,
            **history.kept("before", before.get(name), ABOUT),
            **history.kept("after", value, ABOUT),
        )
        for name, value in part.values.items()
    ]


def _with_numbers(claim: Claim, old: Sequence[ClaimItem], form: ClaimForm) -> ClaimForm:
    """The form with the sealed numbers that were handed in before, where they were left empty."""
    sealed = {(i.part, i.kind, i.field): records.value_of(i) for i in old if i.secret_after is not None}
    items = []
    for n, said in enumerate(form.items):
        mine = {
            field: value for (part, kind, field), value in sealed.items() if (part, kind) == (n, said.kind)
        }
        given = {name: value for name, value in said.values.items() if value not in (None, "")}
        items.append(Said(said.kind, said.about, mine | given))
    told = {name: getattr(form, name) for name in form.__dataclass_fields__}
    return ClaimForm(**{**told, "items": tuple(items)})
