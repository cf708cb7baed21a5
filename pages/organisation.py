"""An organisation: what it is, who is responsible, who works there, inspections, where it stood, and its history."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.organisations import commands
from core.organisations import queries as organisations
from core.organisations.models import Organisation
from core.ui import url
from core.ui.areas import crumbs
from core.ui.history import asked_day, banner, history_card
from core.ui.organisation import grid_card, head, key_fields, premises_card, reveal_numbers, steps
from core.ui.organisation_work import inspections_card, new_staff, staff_card
from core.ui.page import or_stop, page, show_problems
from core.ui.panels import panels
from core.ui.person import declared_facts, trail_table
from core.ui.photos import photos
from core.ui.pieces import card, hint, link
from core.ui.proposals import ways
from core.ui.verify import verify_button

uow = page(
    N_("Organisation"), icon="storefront", section=N_("Daily work"), needs="organisation.view", hidden=True
)
actor = uow.actor

# read
with or_stop():
    one = organisations.organisation(uow, url.text("id"))
looks = organisations.organisation_freshness(uow, one.id)
edits = actor.may("organisation.edit")
if day := asked_day():
    with or_stop():
        past = organisations.organisation_then(uow, one.id, day)
    banner(day, len(past.differs), past.then is not None)
    if past.then:
        declared_facts(uow, Organisation, past.then.values, past.then.area, differs=past.differs)
    st.stop()

# show
crumbs(one.chain)
with card("organisation", one.name, "storefront"):
    head(one)
    hint(one.address or _("It stands somewhere in this grid."))
    with st.container(horizontal=True, vertical_alignment="center"):
        if edits:
            verify_button(
                lambda source, fields=(): commands.verify_organisation(uow, one.id, source, fields),
                key=f"organisation-{one.id}",
                fields=key_fields(),
                looks=looks,
            )
            link(_("Edit"), f"organisation_edit?id={one.id}", "edit")
            steps(uow, one)
        ways(uow, "Organisation", one.id)
        if one.house_id and actor.may("house.view"):
            link(_("House"), f"house?id={one.house_id}", "home")
        if one.building_id and actor.may("house.view"):
            link(_("Shop front"), f"building?id={one.building_id}", "store")
        if one.representative_id:
            link(_("Legal head"), f"person?id={one.representative_id}", "person")
        if actor.may("organisation.reveal"):
            reveal_numbers(uow, one)
if edits:
    new_staff(uow, one, url.number("staff"))
left, right = st.columns([3, 2])
with left:
    declared_facts(uow, Organisation, one.values, one.area, looks)
    inspections_card(uow, one, edits=edits)
with right:
    grid_card(uow, one, edits=edits)
    staff_card(uow, one, edits=edits)
    premises_card(uow, one)
    photos(uow, "Organisation", one.id)
panels(uow, "Organisation", one.id)

# act
if actor.may("record.history"):
    history_card(lambda only: organisations.organisation_history(uow, one.id, only), "organisation", one.id)
    with card("trail", _("Who changed and who looked"), "policy"), show_problems():
        trail_table(organisations.trail(uow, one.id))
