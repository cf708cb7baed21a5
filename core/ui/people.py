"""People as lists show them: the same columns and marks everywhere."""

from collections.abc import Sequence

from core.kernel.fields import Declared
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import MemberLine, OccupantLine, PersonLine
from core.ui.own import OwnRow, own_cells, own_heads
from core.ui.pieces import ago, coded, freshness_tone, said
from core.ui.table import Column, Row, chip, table

PEOPLE = (
    Column("name", N_("Name"), "main"),
    Column("tags", N_("Service tags")),
    Column("sex", N_("Sex")),
    Column("age", N_("Age"), "number"),
    Column("category", N_("Category")),
    Column("address", N_("Home")),
    Column("phone", N_("Phone"), "code"),
    Column("document_no", N_("Document number"), "code"),
    Column("verified", N_("Verified")),
)
OCCUPANTS = (
    Column("name", N_("Name"), "main"),
    Column("kind", N_("Lives there as")),
    Column("relation", N_("Relation to head")),
    Column("sex", N_("Sex")),
    Column("age", N_("Age"), "number"),
    Column("phone", N_("Phone"), "code"),
    Column("since", N_("From"), "labelled"),
    Column("until", N_("To"), "labelled"),
    Column("verified", N_("Verified")),
)


def people_table(
    lines: Sequence[PersonLine], *, key: str, own: Sequence[Declared] = (), values: Sequence[OwnRow] = ()
) -> None:
    """A page of people; a click opens the profile. `own` are columns of the office's own, with their `values`."""
    table(
        (*PEOPLE, *own_heads(own)),
        [
            Row(
                {
                    "name": p.name,
                    "tags": [chip(tag) for tag in p.tags[:4]],
                    "sex": coded("gbt2261_1_sex", p.sex),
                    "age": p.age,
                    "category": coded("person_category", p.category),
                    "address": p.address,
                    "phone": p.phone,
                    "document_no": p.document_no,
                    "verified": chip(ago(p.verified_at), freshness_tone(p.verified_at)),
                    **own_cells(own, more),
                },
                href=f"person?id={p.id}",
            )
            for p, more in zip(lines, values or [{}] * len(lines), strict=True)
        ],
        key=key,
    )


def occupants_table(uow: UnitOfWork, lines: Sequence[OccupantLine], *, key: str) -> None:
    """Who lives or lived in a house; people of another area have neither name nor link."""
    table(
        OCCUPANTS,
        [
            Row(
                {
                    "name": o.name or _("A resident of another grid"),
                    "kind": chip(coded("residence_kind", o.kind)),
                    "relation": coded("gbt4761_family_relation", o.relation),
                    "sex": coded("gbt2261_1_sex", o.sex),
                    "age": o.age,
                    "phone": o.phone,
                    "since": said(o.from_on) if o.from_on else None,
                    "until": said(o.to_on) if o.to_on else None,
                    "verified": chip(ago(o.verified_at), freshness_tone(o.verified_at))
                    if o.person_id
                    else None,
                },
                href=f"person?id={o.person_id}" if o.person_id else "",
            )
            for o in lines
        ],
        key=key,
    )


MEMBERS = (
    Column("name", N_("Name"), "main"),
    Column("relation", N_("Relation to head")),
    Column("sex", N_("Sex")),
    Column("age", N_("Age"), "number"),
    Column("phone", N_("Phone"), "code"),
    Column("verified", N_("Verified")),
)


def members_table(members: Sequence[MemberLine], *, key: str, here: int | None = None) -> None:
    """The people of a household; `here` is the one whose page this is, and leads nowhere."""
    rows = [
        Row(
            {
                "name": m.name,
                "relation": coded("gbt4761_family_relation", m.relation),
                "sex": coded("gbt2261_1_sex", m.sex),
                "age": m.age,
                "phone": m.phone,
                "verified": chip(ago(m.verified_at), freshness_tone(m.verified_at)),
            },
            href=f"person?id={m.id}" if m.id != here else "",
        )
        for m in members
    ]
    table(MEMBERS if here is None else MEMBERS[:2] + MEMBERS[3:4], rows, key=key)
