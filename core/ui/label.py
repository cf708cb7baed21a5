"""One label on the screen: as it is printed, and what may be done to it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.labels import commands, printing
from core.labels.queries import Choice, HouseLabels, LabelLine, called
from core.labels.rules import spoken_code
from core.ui.page import show_problems
from core.ui.photos import saving_link
from core.ui.pieces import Tone, card, chips, coded, facts, hint, said
from core.ui.table import Cell, Column, Row, chip, table

TONES: dict[str, Tone] = {"active": "ok", "revoked": "bad", "lost": "warn"}
PAST = (
    Column("short", N_("Short code"), "code"),
    Column("state", N_("State")),
    Column("ended", N_("Ended"), "labelled"),
    Column("who", N_("By")),
    Column("why", N_("Reason"), "wide"),
)


def label_card(uow: UnitOfWork, found: HouseLabels) -> None:
    """The label in use as it is printed, what is known of it, and what may be done."""
    with card("label", found.address, "qr_code_2"), show_problems():
        if found.active is None:
            _none(uow, found)
            return
        _state(found.active, is_outdated=found.is_outdated)
        if uow.actor.may("label.print"):
            address = f"/api/labels/house/{found.house_id}"
            alt = escape(_("The label as it is printed"))
            st.html(f'<img class="label" src="{address}.svg" alt="{alt}">')
            _print(uow, found)
            with st.container(horizontal=True, gap="medium"):
                for form in printing.FORMS:
                    saving_link(_("Save as {form}").format(form=form.upper()), f"{address}.{form}")
        if uow.actor.may("label.edit"):
            with st.container(horizontal=True):
                _lost(uow, found.house_id)
                _revoke(uow, found.house_id)


def _state(label: LabelLine, *, is_outdated: bool) -> None:
    marks: list[tuple[str, Tone, str]] = [(coded("label_state", label.state), TONES[label.state], "")]
    if is_outdated:
        marks.append((called("changed"), "bad", _("Print it again and change it at the door.")))
    chips(marks)
    facts(
        {
            _("Short code"): spoken_code(label.short_code),
            _("Given out"): f"{said(label.issued_at)} {label.issued_by}",
            _("Printed"): f"{said(label.printed_at)} {label.printed_by}" if label.printed_at else None,
            _("Times printed"): label.print_count,
        }
    )


def _none(uow: UnitOfWork, found: HouseLabels) -> None:
    hint(_("This house is closed.") if found.is_closed else _("This door has no label yet."))
    may = uow.actor.may("label.edit") and not found.is_closed
    if may and st.button(
        _("Give it a label"), key="label-issue", type="primary", icon=":material/qr_code_2:"
    ):
        commands.issue(uow, [found.house_id])
        st.rerun()


def _print(uow: UnitOfWork, found: HouseLabels) -> None:
    if st.button(_("Print this label"), key="label-print", type="primary", icon=":material/print:"):
        done = printing.printed(uow, Choice(houses=(found.house_id,)))
        st.session_state["label-run"] = (found.house_id, done.id)
        st.rerun()
    house, run = st.session_state.get("label-run", (0, 0))
    if house == found.house_id:
        saving_link(_("Save the PDF"), f"/api/labels/run/{run}/1.pdf")


def _lost(uow: UnitOfWork, house_id: int) -> None:
    with st.popover(_("Label lost or damaged"), icon=":material/report:"):
        hint(_("The code at the door stops working at once, and a new label is made to be printed."))
        reason = st.text_input(_("What happened"), key="label-lost-why", max_chars=100)
        if st.button(_("Replace the label"), key="label-lost", type="primary"):
            with show_problems():
                commands.report_lost(uow, house_id, reason)
                st.toast(_("The old code is dead. Print the new label."), icon=":material/check_circle:")
                st.rerun()


def _revoke(uow: UnitOfWork, house_id: int) -> None:
    with st.popover(_("Revoke"), icon=":material/block:"):
        hint(_("Who scans the label from now on learns that it is not in use any more."))
        reason = st.text_input(_("Reason"), key="label-revoke-why", max_chars=100)
        if st.button(_("Revoke the label"), key="label-revoke"):
            with show_problems():
                commands.revoke(uow, house_id, reason)
                st.rerun()


def past_card(past: Sequence[LabelLine]) -> None:
    """Labels that are not in use any more."""
    if past:
        with card("past", _("Earlier labels"), "history"):
            rows = [Row(_past(one)) for one in past]
            table(PAST, rows, key="past-labels")


def _past(one: LabelLine) -> dict[str, Cell]:
    return {
        "short": spoken_code(one.short_code),
        "state": chip(coded("label_state", one.state), TONES[one.state]),
        "ended": said(one.ended_at),
        "who": one.ended_by,
        "why": one.why,
    }
