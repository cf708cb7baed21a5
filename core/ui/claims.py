"""Lists of self-reports on the screen."""

from collections.abc import Sequence

import streamlit as st

from core.claims import commands, queries
from core.claims.queries import Beside, ClaimLine
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.page import show_problems
from core.ui.pieces import Tone, ago, coded, said
from core.ui.table import Cell, Column, Row, chip, table

STATES = "claim_state"
TONES: dict[str, Tone] = {"open": "warn", "visit": "info", "accepted": "ok", "partly": "ok", "refused": "bad"}
LIST = (
    Column("address", N_("House"), "main"),
    Column("says", N_("What is reported"), "wide"),
    Column("who", N_("Who reports")),
    Column("at", N_("Handed in")),
    Column("due", N_("To be verified by"), "labelled"),
    Column("state", N_("State")),
)


def claims_table(lines: Sequence[ClaimLine], *, key: str) -> None:
    """A page of self-reports; a click opens one."""
    table(LIST, [Row(_cells(one), href=f"claim?id={one.id}") for one in lines], key=key)


def _cells(one: ClaimLine) -> dict[str, Cell]:
    marks = [chip(coded(STATES, one.state), TONES.get(one.state, ""))]
    if one.is_urgent and one.urgency != "overdue" and one.state in ("open", "visit"):
        marks.append(chip(_("Urgent"), "bad"))
    if one.others:
        marks.append(
            chip(_("{n} more here").format(n=one.others), "info", _("Other open reports of this house"))
        )
    late = {
        "overdue": chip(_("{day} overdue").format(day=one.due_on), "bad"),
        "soon": chip(said(one.due_on), "warn"),
    }
    return {
        "address": one.address,
        "says": one.says,
        "who": coded("claim_reporter", one.who),
        "at": ago(one.handed_in_at),
        "due": late.get(one.urgency, said(one.due_on)),
        "state": marks,
    }


def confirm_unchanged(uow: UnitOfWork, lines: Sequence[ClaimLine]) -> None:
    """One press for every report on the page that says that nothing has changed."""
    same = [one.id for one in lines if one.is_unchanged and one.state in ("open", "visit")]
    if not same or not uow.actor.may("claim.handle"):
        return
    label = _("Accept the {n} that say “no change”").format(n=len(same))
    if st.button(label, key="claims-unchanged", icon=":material/done_all:"):
        with show_problems():
            done = commands.confirm_all(uow, same)
            st.toast(_("{n} accepted.").format(n=done), icon=":material/check_circle:")
            st.rerun()


def by_receipt(uow: UnitOfWork) -> None:
    """Somebody reads a receipt number out: open their report."""
    typed = st.text_input(
        _("Receipt number"), key="claims-receipt", placeholder="7K2M-PQ4X-9RT3", max_chars=20, width=180
    )
    if typed:
        with show_problems():
            number = queries.number_of(uow, typed)
            del st.session_state["claims-receipt"]
            st.switch_page("pages/claim.py", query_params={"id": str(number)})


def beside_table(found: Beside, here: int, *, key: str) -> None:
    """What several reports of a house say, a column for each; where they differ it is marked."""
    names = [coded("claim_reporter", one.who) for one in found.reports]
    heads = [
        Column(str(one.id), f"{name} {turn}" if names.count(name) > 1 else name, "labelled")
        for turn, (one, name) in enumerate(zip(found.reports, names, strict=True), 1)
    ]
    rows = []
    for row in found.rows:
        tone = "bad" if row.is_clash else "info"
        says = {
            str(n): chip(words, tone, href=f"claim?id={n}" if n != here else "")
            for n, words in row.said.items()
        }
        rows.append(Row({"about": row.about, "label": row.label, "register": row.register or "—", **says}))
    columns = (
        Column("about", N_("About"), "main"),
        Column("label", N_("Field")),
        Column("register", N_("In the register"), "labelled"),
    )
    table((*columns, *heads), rows, key=key)


def state_choice() -> str:
    """The filter by state, with what is asked for most."""
    special = {"urgent": _("Urgent"), "late": _("Overdue"), "done": _("Done")}
    names = {
        **special,
        **{code: coded(STATES, code) for code in ("visit", "accepted", "partly", "refused", "withdrawn")},
    }
    return url.choice(_("State"), "state", names, nothing=_("To verify"))
