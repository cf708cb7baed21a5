"""Organisations as lists show them: the same columns and marks everywhere."""

from collections.abc import Sequence
from datetime import date

from core.kernel.fields import Declared
from core.kernel.i18n import N_, _
from core.organisations.queries import OrganisationLine
from core.ui.own import OwnRow, own_cells, own_heads
from core.ui.pieces import Tone, ago, coded, freshness_tone, said
from core.ui.table import Column, Row, chip, table

TONES: dict[str, Tone] = {"open": "ok", "closed": "bad", "moved": "warn"}
RESULTS: dict[str, Tone] = {"pass": "ok", "fix": "warn", "fail": "bad"}
ORGANISATIONS = (
    Column("name", N_("Organisation name"), "main"),
    Column("marks", N_("Marks")),
    Column("trade", N_("Trade")),
    Column("kind", N_("Kind of organisation"), "quiet"),
    Column("address", N_("Address")),
    Column("contact", N_("Contact"), "labelled"),
    Column("phone", N_("Phone"), "code"),
    Column("code", N_("Credit code"), "code"),
    Column("verified", N_("Verified")),
)


def organisations_table(
    lines: Sequence[OrganisationLine],
    *,
    key: str,
    own: Sequence[Declared] = (),
    values: Sequence[OwnRow] = (),
) -> None:
    """A page of organisations; a click opens one. `own` are columns of the office's own, with their `values`."""
    rows = [
        Row(
            {
                "name": one.name,
                "marks": marks(one),
                "trade": coded("trade", one.trade),
                "kind": coded("organisation_kind", one.kind),
                "address": one.address,
                "contact": one.contact_name or one.legal_name,
                "phone": one.contact_phone,
                "code": one.credit_code,
                "verified": chip(ago(one.verified_at), freshness_tone(one.verified_at)),
                **own_cells(own, more),
            },
            href=f"organisation?id={one.id}",
        )
        for one, more in zip(lines, values or [{}] * len(lines), strict=True)
    ]
    table((*ORGANISATIONS, *own_heads(own)), rows, key=key)


def marks(one: OrganisationLine) -> list[dict[str, str]]:
    """What is unusual: closed, an inspection that is late, a licence that has ended."""
    found = [] if one.state == "open" else [state_chip(one.state)]
    found += [chip(_("Inspection overdue"), "bad", said(one.inspection_due))] if one.is_overdue else []
    ended = one.state == "open" and one.licence_until is not None and one.licence_until < date.today()
    return [*found, chip(_("Licence ended"), "warn", said(one.licence_until))] if ended else found


def period(first: date | None, last: date | None) -> dict[str, str | None]:
    """The cells of a period: unknown and open ends stay empty."""
    return {"since": said(first) if first else None, "until": said(last) if last else None}


def state_chip(state: str) -> dict[str, str]:
    """The state as a small mark."""
    return chip(coded("organisation_state", state), TONES.get(state, ""))
