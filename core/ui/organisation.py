"""The parts of an organisation's profile: its head, numbers, premises, industry grid, and its steps."""

from datetime import date

import streamlit as st

from core.kernel.crypto import Sealed
from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.organisations import commands
from core.organisations import queries as organisations
from core.organisations.models import Organisation
from core.organisations.queries import OrganisationDetail
from core.ui.organisations import TONES, period
from core.ui.page import show_problems
from core.ui.pieces import Tone, ago, card, chips, coded, empty, freshness_tone, hint, link, said
from core.ui.reveal import reveal_popover
from core.ui.table import Column, Row, table

WHY = {"inside": N_("on its ground"), "trade": N_("by trade"), "": N_("same community")}


def key_fields() -> dict[str, str]:
    """The fields that are confirmed one by one, with their labels."""
    return {name: _(declared(Organisation)[name].label) for name in Organisation.key_fields}


def head(one: OrganisationDetail) -> None:
    """State, kind, trade, what is late, and how fresh all this is."""
    late: list[tuple[str, Tone, str]] = []
    if one.is_overdue:
        late.append((_("Inspection overdue"), "bad", said(one.inspection_due)))
    until = one.values.get("licence_until")
    if isinstance(until, date) and until < date.today():
        late.append((_("Licence ended"), "warn", said(until)))
    fresh = _("Verified {when}").format(when=ago(one.verified_at))
    chips(
        [
            (coded("organisation_state", one.state), TONES.get(one.state, ""), _("State")),
            (coded("organisation_kind", one.kind), "", one.registered),
            (coded("trade", one.trade), "info", _("Trade")),
            *late,
            (fresh, freshness_tone(one.verified_at), one.verified_by),
        ]
    )


def reveal_numbers(uow: UnitOfWork, one: OrganisationDetail) -> None:
    """Show a phone or document number in full."""
    known = declared(Organisation).items()
    names = {name: _(d.label) for name, d in known if d.kind is Sealed and one.values.get(name)}
    reveal_popover(
        names, lambda name, reason: commands.reveal(uow, one.id, name, reason), key=f"organisation-{one.id}"
    )


def premises_card(uow: UnitOfWork, one: OrganisationDetail) -> None:
    """Where it stands and stood."""
    with card("premises", _("Where it stood"), "location_on"), show_problems():
        columns = (
            Column("address", N_("Address"), "main"),
            Column("name", N_("Name then"), "quiet"),
            Column("since", N_("From"), "labelled"),
            Column("until", N_("To"), "labelled"),
        )
        rows = [
            Row(
                {
                    "address": p.address or _("In the grid"),
                    "name": p.name if p.name != one.name else "",
                    **period(p.from_on, p.to_on),
                },
                href=f"house?id={p.house_id}" if p.house_id else "",
            )
            for p in organisations.premises_of(uow, one.id)
        ]
        if rows:
            table(columns, rows, key="premises")
        else:
            empty(_("No place is known."), _("Use “It moves” to say where it stands."))


def grid_card(uow: UnitOfWork, one: OrganisationDetail, *, edits: bool) -> None:
    """The industry grid it belongs to, or those it could join; nothing where there are none."""
    choices = organisations.grid_choices(uow, one.id) if edits else []
    if not one.industry_grid and not choices:
        return
    with card("industry", _("Industry grid"), "hub"):
        if one.industry_grid:
            link(one.grid_name or _("Industry grid"), f"grid?area={one.industry_grid}", "grid_view")
            if edits and st.button(
                _("Take it out"), key="grid-out", icon=":material/remove:", type="tertiary"
            ):
                with show_problems():
                    commands.unassign_grid(uow, one.id)
                    st.rerun()
            return
        fits = bool(choices[0].fits)
        hint(_("It belongs to none; one is suggested.") if fits else _("It belongs to none, and need not."))
        names = {c.area: f"{c.name}（{_(WHY[c.fits])}）" for c in choices}
        path = st.selectbox(
            _("Grid"),
            list(names),
            index=0 if fits else None,
            format_func=lambda p: names[p],
            key=f"grid-{one.id}",
            placeholder=_("Choose"),
        )
        if st.button(_("Put it in"), key="grid-in", icon=":material/add:") and path:
            with show_problems():
                commands.assign_grid(uow, one.id, path)
                st.rerun()


def steps(uow: UnitOfWork, one: OrganisationDetail) -> None:
    """Closing and opening again; moving has a page of its own."""
    if one.state == "open":
        link(_("It moves"), f"organisation_edit?id={one.id}&moves=1", "moving")
        with st.popover(_("It closes"), icon=":material/door_front:"):
            day = st.date_input(
                _("Last day"), value=date.today(), max_value=date.today(), key=f"close-{one.id}"
            )
            left = st.toggle(_("It left the area"), key=f"left-{one.id}")
            if st.button(_("Close it"), key=f"close-{one.id}-go", type="primary"):
                with show_problems():
                    commands.close_organisation(uow, one.id, day, "moved" if left else "closed")
                    st.rerun()
        return
    with st.popover(_("It opens again"), icon=":material/storefront:"):
        day = st.date_input(_("From"), value=date.today(), max_value=date.today(), key=f"open-{one.id}")
        if st.button(_("Open it again"), key=f"open-{one.id}-go", type="primary"):
            with show_problems():
                commands.reopen_organisation(uow, one.id, day)
                st.rerun()
