"""Part of a household becomes a household of its own, at the same door or at another one."""

from datetime import date

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import commands
from core.places import queries as places
from core.ui import url
from core.ui.find import pick
from core.ui.form import EARLIEST, Form
from core.ui.happened import members_to_choose, preview_and_save, succession
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, hint, link
from core.ui.whose import home_of

uow = page(
    N_("Split a household"), icon="call_split", section=N_("Daily work"), needs="household.edit", hidden=True
)

# read
with or_stop():
    about, home, person = home_of(uow)
    target = places.house(uow, url.text("to")) if url.text("to") else None
if home is None or len(home.members) < 2:
    empty(_("There is nothing to split."), _("A household of one person can only move or end."))
    st.stop()
form = Form(f"split-{home.id}-{person.id if person else ''}")

# show
link(home.address or _("Household"), f"household?id={home.id}", "arrow_back")
with card("split", _("Who becomes a household of their own"), "call_split"):
    going = members_to_choose(home.members, form.key, _("Who goes?"), [person.id] if person else [])
    leaving = [member for member in home.members if member.id in going]
    staying = [member for member in home.members if member.id not in going]
    new_head, relations = succession(leaving, f"{form.key}-go")
    number = st.text_input(_("Household number"), key=f"{form.key}-number", max_chars=9)
    day = st.date_input(
        _("From which day"),
        key=f"{form.key}-day",
        value=date.today(),
        min_value=EARLIEST,
        max_value=date.today(),
    )
    if target:
        link(target.title, f"house?id={target.id}", "home")
    else:
        hint(_("They stay in the same house, unless you choose another one."))
        kept = {about.partition("-")[0]: about.partition("-")[2]}
        pick(
            uow.actor,
            "house",
            label=_("Another house"),
            page="pages/household_split.py",
            parameter="to",
            **kept,
        )
    head: int | None = None
    head_relations: dict[int, str] = {}
    if home.head_id in going and staying:
        hint(_("The head goes along. Who takes over for those who stay?"))
        head, head_relations = succession(staying, f"{form.key}-stay")
    reason = st.text_input(_("Reason"), key=f"{form.key}-reason", max_chars=100)

# act
if not new_head:
    hint(_("Choose who goes."))
    st.stop()
for fresh in preview_and_save(
    uow,
    form,
    _("Split the household"),
    commands.split_household,
    home.id,
    going,
    new_head_id=new_head,
    relations=relations,
    house_id=target.id if target else None,
    day=day,
    number=number,
    head_id=head,
    head_relations=head_relations,
    reason=reason,
):
    st.switch_page("pages/household.py", query_params={"id": str(fresh)})
