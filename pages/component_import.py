"""Take in a list of components: first a plan, row by row; then what is good, all at once."""

import streamlit as st

from core.components import commands
from core.components import queries as components
from core.components.models import Component
from core.components.queries.taking import FIXED
from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.kernel.planning import GOOD
from core.ui.page import page, show_problems
from core.ui.pieces import card, hint, link
from core.ui.plans import plan_card

uow = page(
    N_("Take in components"),
    icon="upload_file",
    section=N_("Daily work"),
    needs="component.edit",
    hidden=True,
)

# read
turn = st.session_state.get("component-turn", 0)
link(_("Components"), "components", "arrow_back")
with card("sheet", _("1. Choose the sheet"), "table_view"):
    hint(
        _(
            "Fill in the template, or take a list with the headings or abbreviations of GB/T 47678.5 or older codes."
        )
    )
    with show_problems():
        st.download_button(
            _("Save the template"),
            components.template(uow),
            _("Components") + ".xlsx",
            key="template",
            icon=":material/download:",
        )
    file = st.file_uploader(_("Excel or CSV"), type=["xlsx", "csv", "txt"], key=f"component-sheet-{turn}")

# show
plan = None
if file is not None:
    with show_problems(), st.spinner(_("Reading the sheet…")):
        plan = components.plan(uow, file.getvalue())
if plan:
    names = {name: _(known.label) for name, known in declared(Component).items()}
    plan_card(plan, names | {name: _(label) for name, label in FIXED.items()}, _("Components"))

# act
good = sum(plan.counts[state] for state in GOOD) if plan else 0
if plan and file and good:
    label = _("3. Take in {n} rows").format(n=f"{good:,}")
    if st.button(label, type="primary", key="take_in", icon=":material/task_alt:"):
        with show_problems(), st.spinner(_("Writing the components…")):
            done = commands.import_sheet(uow, file.getvalue(), file.name)
            told = _("{added} new, {changed} changed, {left} left out.")
            told = told.format(added=done.added, changed=done.changed, left=len(done.unmapped))
            st.toast(told, icon=":material/check_circle:")
            st.session_state["component-turn"] = turn + 1  # an empty uploader: no row is taken in twice
            st.rerun()
