"""One application: what it changes, who lives there and where they go, pictures, steps, and the answer."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.rebuilding import queries as rebuilding
from core.ui import url
from core.ui.areas import crumbs
from core.ui.page import or_stop, page
from core.ui.photos import photos
from core.ui.pieces import card, hint, link
from core.ui.rebuilding import answers, change_facts, doors_tables, steps_table, who_goes_where

uow = page(N_("Building change"), icon="domain_add", section=N_("Places"), needs="rebuild.view", hidden=True)

# read
with or_stop():
    one = rebuilding.change(uow, url.text("id"))

# show
crumbs(one.chain)
with card("change", one.title, "domain_add"):
    change_facts(one)
    if one.building_id:
        link(_("Open the building"), f"building?id={one.building_id}", "apartment")
    for number in one.made_buildings:
        link(_("Open the new building"), f"building?id={number}", "apartment")
if one.old or one.new:
    with card("doors", _("What changes"), "compare_arrows"):
        doors_tables(one)
if one.whose:
    with card("whose", _("Who goes where"), "transfer_within_a_station"):
        if one.left:
            st.warning(_("{n} still to be decided.").format(n=one.left), icon=":material/help:")
        who_goes_where(uow, one)
elif one.left:
    hint(_("{n} still to be decided.").format(n=one.left))
photos(uow, "HouseChange", one.id, page="rebuilding", usual="house")
with card("steps", _("Steps"), "timeline"):
    steps_table(one)

# act
if one.may - {"assign"}:
    with card("answer", _("What becomes of it"), "gavel"):
        answers(uow, one)
