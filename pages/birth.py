"""A child was born: name, birth and parents, and the child belongs to the household."""

from datetime import date

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.people import commands
from core.people import queries as people
from core.people.models import Person
from core.ui import url
from core.ui.form import Form, asked, choose
from core.ui.happened import members_to_choose, preview_and_save
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, link

uow = page(N_("Birth"), icon="child_care", section=N_("Daily work"), needs="household.edit", hidden=True)
ASKED = ("name", "sex", "birth", "document_no")
ADULT = 16

# read
with or_stop():
    parent = people.person(uow, url.text("person")) if url.text("person") else None
    household_id = parent.household_id if parent else url.number("household")
    home = people.household(uow, household_id or 0) if household_id else None
if home is None:
    empty(_("First choose the household."), _("Come here from the page of a parent or of the household."))
    st.stop()
adults = [member for member in home.members if member.age >= ADULT]

# show
link(home.address or _("Household"), f"household?id={home.id}", "arrow_back")
form = Form(f"birth-{home.id}")
with card("birth", _("The child"), "child_care"):
    fields = [known for known in asked(uow, Person, ASKED) if known.name in ASKED]
    values = form.ask(fields, {"birth": date.today()}, grouped=False)
    parents = members_to_choose(adults, form.key, _("Parents"), [parent.id] if parent else [])
    kinds = {
        code: name
        for code, name in codes("gbt4761_family_relation", lang=language.get()).items()
        if code > "02"
    }
    relation = choose(_("Relation to head"), kinds, f"{form.key}-relation", "20", required=False)
    reason = st.text_input(
        _("Reason"), key=f"{form.key}-reason", placeholder=_("Such as: birth certificate seen")
    )

# act
for child in preview_and_save(
    uow,
    form,
    _("Save"),
    commands.register_birth,
    home.id,
    parents=parents,
    relation=relation,
    reason=reason,
    **values,
):
    st.switch_page("pages/person.py", query_params={"id": str(child)})
