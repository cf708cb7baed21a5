"""Two records side by side: one person after all, or two; which value is right, field by field."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import commands
from core.people import queries as people
from core.ui import url
from core.ui.areas import crumbs
from core.ui.compare import choose_values, decide, facts_beside, heads
from core.ui.find import pick
from core.ui.form import Form
from core.ui.happened import preview_and_save
from core.ui.history import deeds_card
from core.ui.page import or_stop, page
from core.ui.pieces import card, chips, hint, link

uow = page(
    N_("Compare two records"),
    icon="compare_arrows",
    section=N_("Daily work"),
    needs="person.merge",
    hidden=True,
)

# read
if url.text("person"):
    with or_stop():
        first = people.person(uow, url.text("person"))
        if url.text("other"):
            chosen = commands.pair_by_hand(uow, first.id, url.text("other"))
            st.switch_page("pages/duplicate.py", query_params={"id": str(chosen)})
    link(str(first.values["name"]), f"person?id={first.id}", "person")
    pick(
        uow.actor,
        "person",
        label=_("Second record"),
        page="pages/duplicate.py",
        parameter="other",
        person=str(first.id),
    )
    st.stop()
with or_stop():
    pair = people.pair(uow, url.text("id"))

# show
link(_("All duplicates"), "duplicates", "arrow_back")
crumbs(pair.chain)
chips([(reason.said, "warn" if reason.against else "info", "") for reason in pair.reasons])
if pair.state == "merged":
    hint(_("The two were merged by {who}.").format(who=pair.decided_by))
    heads(pair)
    deeds_card(uow, "Person", pair.one.id)
    st.stop()
form = Form(f"pair-{pair.id}")
stays, goes = heads(pair, form.key)
with card("values", _("Which value is right?"), "compare_arrows"):
    keep = choose_values(pair, stays.id, form.key)
    facts_beside(pair)
    reason = st.text_input(
        _("Reason"), key=f"{form.key}-reason", max_chars=100, placeholder=_("How you know")
    )

# act
decide(uow, pair, reason, form)
if preview_and_save(uow, form, _("Merge the two"), commands.merge_people, stays.id, goes.id, keep, reason):
    st.switch_page("pages/person.py", query_params={"id": str(stays.id)})
