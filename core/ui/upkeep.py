"""The parts of the pages about the machine: lights, and buttons that start a job."""

from collections.abc import Sequence

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.jobs import WORKS, State
from core.kernel.jobs.commands import start
from core.kernel.jobs.queries import JobLine
from core.kernel.jobs.runner import load
from core.kernel.unit_of_work import UnitOfWork
from core.ui.page import show_problems
from core.ui.pieces import ago
from core.ui.table import Column, Row, chip, table
from core.upkeep.queries import Light

load()
KINDS = {
    "backup": (N_("Backup"), "ok"),
    "copy": (N_("Copy from before a change"), ""),
    "damaged": (N_("Damaged"), "bad"),
}
SIGNS = {"ok": N_("good"), "warn": N_("look at it"), "bad": N_("act now"), "": N_("for information")}
COLUMNS = (
    Column("name", N_("What"), "main"),
    Column("sign", N_("State")),
    Column("said", N_("Finding"), "wide"),
)


def lights_table(lights: Sequence[Light], *, key: str) -> None:
    """Findings with their tone in a word as well as in colour."""
    rows = [
        Row({"name": _(one.name), "sign": chip(_(SIGNS[one.tone]), one.tone), "said": one.said})
        for one in lights
    ]
    table(COLUMNS, rows, key=key)


def start_button(uow: UnitOfWork, name: str, label: str, *, page: str, icon: str) -> None:
    """Start a job and follow it on the page; nothing for who may not."""
    if not (uow.actor.may("job.start") and uow.actor.may(WORKS[name].needs)):
        return
    if st.button(label, key=f"start-{name}", icon=f":material/{icon}:"):
        with show_problems():
            number = start(uow, name)
            st.query_params["job"] = str(number)
            st.rerun()


def test_result(job: JobLine | None) -> None:
    """What the last restore test found."""
    if job is None or job.state != State.DONE or job.result is None:
        st.warning(
            _("No restore was tested yet. A backup that nobody has restored is a hope."),
            icon=":material/help:",
        )
        return
    faults, file, when = job.result["faults"], job.result["file"], ago(job.ended_at)
    if not faults:
        said = _("{file} was restored completely: records, keys and audit log hold ({when}).")
        st.success(said.format(file=file, when=when), icon=":material/verified:")
        return
    said = _("{file} cannot be restored ({when}):").format(file=file, when=when)
    st.error("\n".join([said, *(f"- {fault}" for fault in faults)]), icon=":material/error:")
