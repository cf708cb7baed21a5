"""Labels on the screen: how far an area is, what is drawn, one label with what may be done to it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.jobs.queries import job_line
from core.kernel.unit_of_work import UnitOfWork
from core.labels import commands, printing, queries
from core.labels.queries import Choice, HouseLabels, HouseRow, LabelLine, Progress, RunLine, called
from core.labels.rules import spoken_code, trouble_with
from core.ui import url
from core.ui.figures import Figure, figures
from core.ui.page import show_problems
from core.ui.photos import saving_link
from core.ui.pieces import Tone, card, chips, coded, facts, hint, said
from core.ui.table import Cell, Column, Row, chip, table

TONES: dict[str, Tone] = {"active": "ok", "revoked": "bad", "lost": "warn"}
RUNS: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("Waiting"), "info"),
    "running": (N_("Running"), "info"),
    "done": (N_("Done"), "ok"),
    "failed": (N_("Failed"), "bad"),
    "cancelled": (N_("Cancelled"), ""),
}
EVERY = 2
HOUSES = (
    Column("address", N_("Address"), "main"),
    Column("label", N_("Label at the door")),
    Column("short", N_("Short code"), "code"),
    Column("printed", N_("Printed"), "labelled"),
    Column("code", N_("House code"), "quiet"),
)
PAST = (
    Column("short", N_("Short code"), "code"),
    Column("state", N_("State")),
    Column("ended", N_("Ended"), "labelled"),
    Column("who", N_("By")),
    Column("why", N_("Reason"), "wide"),
)


# --- an area ----------------------------------------------------------------------------------------------


def warn_of_address(uow: UnitOfWork) -> None:
    """Labels that lead nowhere should not be printed by the thousand."""
    if trouble := trouble_with(uow.office.settings.origin):
        st.warning(trouble, icon=":material/warning:")


def progress_figures(found: Progress, under: str) -> None:
    """How far an area is; a number leads to its houses."""
    here = f"labels?under={under}&show=" if under else "labels?show="
    items = [
        Figure(_("Houses"), found.houses, here),
        Figure(called("printed"), found.printed, f"{here}printed", "ok"),
        Figure(called("unprinted"), found.unprinted, f"{here}unprinted", "warn"),
        Figure(called("changed"), found.changed, f"{here}changed", "warn"),
    ]
    figures(items, key="figures")


def houses_table(rows: Sequence[HouseRow]) -> None:
    """Houses with their labels; a click opens the label."""
    table(HOUSES, [Row(_cells(row), f"label?id={row.house_id}") for row in rows], key="labels")


def _cells(row: HouseRow) -> dict[str, Cell]:
    state = (called("unprinted"), "warn") if not row.print_count else (_("Printed"), "ok")
    return {
        "address": row.address,
        "label": chip(called("changed"), "bad") if row.is_outdated else chip(*state),
        "short": spoken_code(row.short_code) if row.short_code else None,
        "printed": said(row.printed_at) if row.printed_at else None,
        "code": row.code,
    }


def print_card(uow: UnitOfWork, choice: Choice) -> None:
    """How many labels the choice has, what they look like, and the button that draws them."""
    many, sheet = queries.how_many(uow, choice), queries.sheet_at(uow).sheet
    pages = -(-many // sheet.per_page)
    with card("print", _("Print"), "print"), show_problems():
        told = _("{n} labels on {pages} pages of A4, {each} on a page")
        hint(told.format(n=f"{many:,}", pages=f"{pages:,}", each=sheet.per_page))
        with st.container(horizontal=True, vertical_alignment="center"):
            label = _("Print {n} labels").format(n=f"{many:,}")
            if st.button(label, key="print-go", type="primary", icon=":material/print:", disabled=not many):
                url.keep(run=printing.printed(uow, choice).id)
                st.rerun()
            is_shown = st.toggle(_("Preview"), key="print-preview", disabled=not many)
            if uow.actor.may("label.design"):
                st.page_link("pages/label_sheet.py", label=_("Layout"), icon=":material/dashboard_customize:")
        if is_shown and many:
            st.image(
                printing.preview(uow, choice, sheet),
                caption=_("A sample: its codes open nothing."),
                width=640,
            )


# --- what was drawn ---------------------------------------------------------------------------------------


def runs_card(uow: UnitOfWork, runs: Sequence[RunLine]) -> None:
    """My newest printings with their files."""
    if runs:
        with card("runs", _("My printed files"), "folder_zip"):
            hint(_("They are cleared away after some days; printing again makes the same labels."))
            for one in runs:
                _run(uow, one)


def _run(uow: UnitOfWork, one: RunLine) -> None:
    if one.is_open:
        _drawing(uow, one.id)
        return
    word, tone = RUNS[one.state]
    told = _("{n} of {all} labels").format(n=f"{one.labels:,}", all=f"{one.wanted:,}")
    chips([(one.title, "", ""), (_(word), tone, ""), (told, "", ""), (said(one.made_at), "", one.made_by)])
    if one.files == 1:
        saving_link(_("Save the PDF"), f"/api/labels/run/{one.id}/1.pdf")
    elif one.files:
        saving_link(_("Save {n} files as one ZIP").format(n=one.files), f"/api/labels/run/{one.id}.zip")


@st.fragment(run_every=EVERY)
def _drawing(uow: UnitOfWork, run_id: int) -> None:
    """How far a job is, live; whoever started it may stop it."""
    with show_problems():
        one = queries.run(uow, run_id)
        job = job_line(uow, one.job_id or 0)
        if not (one.is_open and job.is_open):
            _close(uow, one)
            st.rerun()
        st.progress(job.progress, text=f"{one.title} · {job.words or _(RUNS[one.state][0])}")
        if st.button(_("Stop"), key=f"run-stop-{run_id}", icon=":material/cancel:"):
            commands.stop_run(uow, run_id)
            st.rerun()


def _close(uow: UnitOfWork, one: RunLine) -> None:
    """A printing whose process was killed ends as well."""
    if one.is_open:
        commands.end_run(uow, one.id, "failed")


# --- one label --------------------------------------------------------------------------------------------


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
