"""Labels on the screen: how far an area is, choosing and printing, what was drawn."""

from collections.abc import Sequence

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.jobs.queries import job_line
from core.kernel.unit_of_work import UnitOfWork
from core.labels import commands, printing, queries
from core.labels.queries import Choice, HouseRow, Progress, RunLine, called
from core.labels.rules import spoken_code, trouble_with
from core.ui import url
from core.ui.figures import Figure, figures
from core.ui.page import show_problems
from core.ui.photos import saving_link
from core.ui.pieces import Tone, card, chips, hint, said
from core.ui.table import Cell, Column, Row, chip, table

RUNS: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("Waiting"), "info"),
    "running": (N_("Running"), "info"),
    "done": (N_("Done"), "ok"),
    "failed": (N_("Failed"), "bad"),
    "cancelled": (N_("Cancelled"), ""),
}
EVERY = 2
DIGITS, MOST_PICKED = 17, 100
HOUSES = (
    Column("address", N_("Address"), "main"),
    Column("label", N_("Label at the door")),
    Column("short", N_("Short code"), "code"),
    Column("printed", N_("Printed"), "labelled"),
    Column("code", N_("House code"), "quiet"),
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


def picked() -> tuple[int, ...]:
    """The houses that were picked one by one, by their numbers in the address."""
    numbers = url.text("houses").split(",")
    return tuple(int(one) for one in numbers if one.isdecimal() and len(one) < DIGITS)[:MOST_PICKED]


def pick_houses(rows: Sequence[HouseRow], before: Sequence[HouseRow]) -> None:
    """Pick some houses of the list to print for these alone; those picked `before` stay, wherever they are."""
    names = {row.house_id: row.address for row in (*before, *rows)}
    key, now = "pick-houses", [row.house_id for row in before]
    st.session_state[key] = st.session_state.get(key, now)
    chosen = st.multiselect(
        _("Only these houses"),
        list(names),
        key=key,
        format_func=lambda number: names.get(number, str(number)),
        max_selections=MOST_PICKED,
        placeholder=_("All of the list; pick some to print for these alone"),
    )
    if chosen != now:
        url.keep(houses=",".join(map(str, chosen)))
        st.rerun()


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
