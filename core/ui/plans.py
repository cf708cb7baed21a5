"""What a sheet would do, as a page shows it before anything is done."""

from collections.abc import Mapping

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.planning import LEFT_OUT, STATES, Plan
from core.ui.pieces import card, facts, hint
from core.ui.table import Column, Row, chip, table

COLUMNS = (
    Column("number", N_("Row"), "number"),
    Column("title", N_("Entry"), "main"),
    Column("state", N_("Outcome")),
    Column("why", N_("What and why"), "wide"),
)
TONES = {"new": "ok", "changed": "info", "same": "", "conflict": "warn", "unmapped": "warn", "bad": "bad"}
SHOWN_ROWS = 200


def plan_card(plan: Plan, names: Mapping[str, str], title: str) -> None:
    """The plan by outcome, which heading was taken for which field (`names` are theirs), and what is left out, to save
    under a title."""
    with card("plan", _("2. Look at what would happen"), "fact_check"):
        counts = {state: f"{_(STATES[state])} {number:,}" for state, number in plan.counts.items()}
        state = st.segmented_control(
            _("Outcome"),
            list(counts),
            format_func=lambda s: counts[s],
            key="state",
            label_visibility="collapsed",
        )
        with st.expander(_("Which heading was taken for which field"), expanded=bool(plan.unknown)):
            facts({head: names.get(name, name) or _("not taken") for head, name in plan.headings if head})
        _rows(plan, state or "")
        if any(plan.counts.get(one) for one in LEFT_OUT):
            st.download_button(
                _("Save the rows that are left out"),
                plan.left_out(),
                "{}-{}.xlsx".format(title, _("Rows left out")),
                key="left_out",
                icon=":material/download:",
            )


def _rows(plan: Plan, state: str) -> None:
    """The rows of a plan in one state, the first of many."""
    rows = plan.of(state) if state else list(plan.rows)
    table(
        COLUMNS,
        [
            Row(
                {
                    "number": row.number,
                    "title": row.title,
                    "state": chip(_(STATES[row.state]), TONES[row.state]),
                    "why": "；".join(
                        [
                            *row.problems,
                            *(f"{label} {before} → {after}" for label, before, after in row.changes),
                        ]
                    ),
                }
            )
            for row in rows[:SHOWN_ROWS]
        ],
        key=f"plan-{state}",
    )
    if len(rows) > SHOWN_ROWS:
        hint(_("The first {n} of {all} rows.").format(n=SHOWN_ROWS, all=f"{len(rows):,}"))
