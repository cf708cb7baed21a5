"""Code lists: the national codes, and the office's own beside them."""

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.codes import code_row, own_code
from core.ui.form import Form
from core.ui.page import page, show_problems
from core.ui.pieces import hint
from core.ui.table import Column, table
from core.upkeep import commands
from core.upkeep import queries as upkeep
from core.upkeep.models import LocalCode

uow = page(N_("Code lists"), icon="list_alt", section=N_("Administration"), needs="code.view", order=64)
FIELDS = ("code", "name", "name_en")

# read
lists = {name: f"{_(label)}（{name}）" for name, label in upkeep.code_lists(uow).items()}
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    chosen = url.choice(_("List"), "list", lists, width=320, nothing=_("Choose a list"))
    words = url.words(_("Code or name"), "words", live="400ms")

# show
if not chosen:
    hint(
        _(
            "Choose a list. Codes of your own stand behind the national ones, in every form and filter at once."
        )
    )
else:
    with show_problems():
        rows = upkeep.code_rows(uow, chosen)
        found = [one for one in rows if words.lower() in f"{one.code} {one.name} {one.name_en}".lower()]
        own = next((one for one in rows if one.id and one.id == url.number("id")), None)
        if own and uow.actor.may("code.edit"):
            own_code(uow, own)
        st.caption(_("{n} codes").format(n=len(found)))
        table(
            (
                Column("code", N_("Code"), "code"),
                Column("name", N_("Code name"), "main"),
                Column("name_en", N_("Name in English")),
                Column("origin", N_("From")),
            ),
            [code_row(chosen, one) for one in found],
            key="codes",
        )

# act
if chosen and uow.actor.may("code.edit"):
    with st.expander(_("Add a code of our own"), icon=":material/add:"):
        form = Form(f"code-{chosen}")
        with st.form(form.key, border=False):
            values = form.ask([declared(LocalCode)[name] for name in FIELDS])
            hint(_("A code stays once it is used: later it can be ended, not taken away."))
            if form.handed_in(_("Add")):
                with form.saving(_("Added. It is in every form from now on.")):
                    commands.add_code(uow, chosen, **values)
                    st.rerun()
