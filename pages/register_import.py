"""Take a sheet into a register: first a plan, row by row; then what is good, all at once; and back again."""

import streamlit as st

from core.entries import commands
from core.entries import queries as entries
from core.entries.queries.of_sheets import FIXED
from core.kernel.i18n import N_, _
from core.kernel.planning import GOOD
from core.ui import url
from core.ui.page import or_stop, page, show_problems
from core.ui.pieces import card, hint, said
from core.ui.plans import plan_card

uow = page(
    N_("Take in a sheet"), icon="upload_file", section=N_("Daily work"), needs="register.import", hidden=True
)

# read
with or_stop():
    book = url.text("register")
    view = entries.register(uow, book)
    template = entries.template(uow, book)
st.page_link(
    "pages/register.py", label=_(view.title), icon=":material/arrow_back:", query_params={"register": book}
)
with card("sheet", _("1. Choose the sheet"), "table_view"):
    hint(_("Fill in the template, or take any sheet whose headings say the same."))
    st.download_button(
        _("Save the template"), template, f"{_(view.title)}.xlsx", key="template", icon=":material/download:"
    )
    file = st.file_uploader(_("Excel or CSV"), type=["xlsx", "csv", "txt"], key=f"sheet-{book}")

# show
plan = None
if file is not None:
    with show_problems(), st.spinner(_("Reading the sheet…")):
        plan = entries.plan(uow, book, file.getvalue())
if plan:
    names = {known.name: _(known.label) for known in view.fields} | {
        n: _(label) for n, label in FIXED.items()
    }
    plan_card(plan, names, _(view.title))

# act
good = sum(plan.counts[state] for state in GOOD) if plan else 0
if plan and file and good:
    label = _("3. Take in {n} rows").format(n=f"{good:,}")
    if st.button(label, type="primary", key="take_in", icon=":material/task_alt:"):
        with show_problems(), st.spinner(_("Writing the entries…")):
            commands.import_sheet(uow, book, file.getvalue(), file.name)
            st.toast(_("Taken in. It can be taken back below."), icon=":material/check_circle:")
batches = entries.batches(uow, book)
if batches:
    with card("batches", _("Sheets taken in"), "history"):
        for one in batches:
            with st.container(horizontal=True, vertical_alignment="center"):
                told = _("{file}: {added} new, {changed} changed, {left} left out").format(
                    file=one.file, added=one.added, changed=one.changed, left=one.left_out
                )
                st.markdown(f"{told}  :gray[{said(one.at)} {one.by}]")
                if one.undone_at:
                    st.caption(_("Taken back {when}").format(when=said(one.undone_at)))
                elif st.button(_("Take back"), key=f"back-{one.id}", icon=":material/undo:"):
                    with show_problems():
                        commands.undo_import(uow, book, one.id)
                        st.rerun()
