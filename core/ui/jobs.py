"""Jobs on a page: how far one is, live, and a list of them."""

from collections.abc import Sequence

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.jobs import commands, queries
from core.kernel.jobs.models import TITLES, State
from core.kernel.jobs.queries import JobLine
from core.kernel.unit_of_work import UnitOfWork
from core.retention.periods import kinds
from core.ui.page import show_problems
from core.ui.pieces import said
from core.ui.table import Column, Row, chip, table

TONES = {
    State.DONE: "ok",
    State.RUNNING: "info",
    State.WAITING: "info",
    State.FAILED: "bad",
    State.CANCELLED: "",
}
EVERY = 2
RESULTS = {
    "file": N_("File"),
    "files": N_("Files"),
    "size": N_("Bytes"),
    "cleared": N_("Old ones cleared away"),
    "deleted": N_("Deleted"),
    "kept": N_("Kept"),
    "pairs": N_("Pairs"),
}
"""Words for the parts of what jobs answer."""
COLUMNS = (
    Column("title", N_("Job"), "main"),
    Column("state", N_("State")),
    Column("made", N_("Started"), "code"),
    Column("who", N_("By")),
    Column("took", N_("Seconds"), "number"),
    Column("told", N_("Result"), "wide"),
)


def follow(uow: UnitOfWork, job_id: int) -> None:
    """How far a job is, live until it ends; then its result in a sentence. Whoever started it may cancel it."""
    with show_problems():
        job = queries.job_line(uow, job_id)
        if job.is_open:
            _live(uow, job_id)
        else:
            _ended(job)


@st.fragment(run_every=EVERY)
def _live(uow: UnitOfWork, job_id: int) -> None:
    with show_problems():
        job = queries.job_line(uow, job_id)
        if not job.is_open:
            st.rerun()
        st.progress(job.progress, text=f"{job.title} · {job.words or _(TITLES[State(job.state)])}")
        if uow.actor.may("job.start") and not job.is_unwanted:
            st.button(
                _("Cancel"),
                key=f"job-cancel-{job_id}",
                icon=":material/cancel:",
                on_click=lambda: commands.cancel(uow, job_id),
            )


def _ended(job: JobLine) -> None:
    if job.state == State.DONE:
        st.success(_("{what}: {came}").format(what=job.title, came=told(job)), icon=":material/check_circle:")
    else:
        st.error(_("{what}: {came}").format(what=job.title, came=told(job)), icon=":material/error:")


def told(job: JobLine) -> str:
    """What came of a job, in a few words."""
    if job.error:
        return job.error
    parts = [
        f"{_label(name)} {value}" for name, value in (job.result or {}).items() if value and _is_short(value)
    ]
    return " · ".join(parts) or _(TITLES[State(job.state)])


def _is_short(value: object) -> bool:
    return isinstance(value, str | int | float)


def _label(name: str) -> str:
    """What a part of a result is called: a word of ours, or a kind of data."""
    return _(RESULTS[name]) if name in RESULTS else _(kinds()[name].title) if name in kinds() else name


def jobs_table(jobs: Sequence[JobLine], *, key: str, page: str) -> None:
    """Jobs as a list; a click follows one on the same page."""
    rows = [
        Row(
            {
                "title": one.title,
                "state": chip(_(TITLES[State(one.state)]), TONES[State(one.state)]),
                "made": said(one.made_at),
                "who": one.made_by if one.area else _("the machine"),
                "took": f"{one.seconds:.0f}" if one.seconds is not None else None,
                "told": told(one),
            },
            href=f"{page}?job={one.id}",
        )
        for one in jobs
    ]
    table(COLUMNS, rows, key=key)
