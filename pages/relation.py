"""Say what one person is to another: children elsewhere, parents, a guardian."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.people import commands
from core.people import queries as people
from core.ui import url
from core.ui.find import pick
from core.ui.form import Form, choose
from core.ui.graph import relations
from core.ui.page import or_stop, page, show_problems
from core.ui.pieces import card, hint

uow = page(N_("Relation"), icon="hub", section=N_("Daily work"), needs="person.edit", hidden=True)

# read
with or_stop():
    person = people.person(uow, url.text("person"))
    other = people.person(uow, url.text("other")) if url.text("other") else None
name = str(person.values["name"])

# show
st.page_link("pages/person.py", label=name, icon=":material/arrow_back:", query_params={"id": str(person.id)})
with card("graph", _("Relations"), "hub"), show_problems():
    relations(uow, person.id)

# act
with card("relate", _("Add or correct a relation"), "add_link"), show_problems():
    pick(
        uow.actor,
        "person",
        label=_("Who is the other?"),
        page="pages/relation.py",
        parameter="other",
        person=str(person.id),
    )
    if other:
        said = str(other.values["name"])
        form = Form(f"relation-{person.id}-{other.id}")
        with st.form(form.key, border=False):
            kinds = codes("gbt4761_family_relation", lang=language.get())
            kind = choose(
                _("{other} is to {name}").format(other=said, name=name),
                kinds,
                f"{form.key}-kind",
                None,
                required=False,
            )
            hint(_("Such as: son, daughter, mother. The way back is kept with it."))
            with st.container(horizontal=True):
                saved = form.handed_in(_("Save"))
                gone = st.form_submit_button(_("Take the relation away"), icon=":material/link_off:")
        done = False
        if saved or gone:
            with form.saving(_("Saved.")):
                if saved:
                    commands.relate(uow, person.id, other.id, kind)
                else:
                    commands.unrelate(uow, person.id, other.id)
                done = True
        if done:
            st.switch_page("pages/person.py", query_params={"id": str(person.id)})
