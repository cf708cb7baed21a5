"""A building: its address, the shops along its ground floor, and the matrix of its rooms."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.organisations import queries as organisations
from core.places import queries as places
from core.places.models import Building
from core.ui import url
from core.ui.areas import crumbs
from core.ui.matrix import matrix
from core.ui.own import own_facts
from core.ui.page import or_stop, page
from core.ui.pieces import card, coded, empty, facts
from core.ui.proposals import ways
from core.ui.shopfront import shop_front

uow = page(N_("Building"), icon="apartment", section=N_("Places"), needs="house.view", hidden=True)

# read
with or_stop():
    building = places.building(uow, url.text("id"))
    cells = places.matrix(uow, building.id)
    shops = organisations.of_building(uow, building.id) if uow.actor.may("organisation.view") else []

# show
crumbs(building.chain)
with card("building", building.title, "apartment"):
    facts(
        {
            _("Building code"): building.code,
            _("Use"): coded("house_use", building.use),
            _("Floors"): building.floors,
            _("Units"): building.units,
            _("Houses"): building.houses,
            _("Year built"): building.built_year,
            _("Structure"): coded("house_structure", building.structure),
            _("Residents"): sum(cell.residents for cell in cells),
            **own_facts(uow, Building, building.own, building.area),
        }
    )
    with st.container(horizontal=True):
        st.page_link(
            "pages/houses.py",
            label=_("As a list"),
            icon=":material/list:",
            query_params={"building": str(building.id)},
        )
        ways(uow, "Building", building.id)
        if uow.actor.may("house.edit"):
            st.page_link(
                "pages/building_edit.py",
                label=_("Edit"),
                icon=":material/edit:",
                query_params={"id": str(building.id)},
            )
            st.page_link(
                "pages/building_new.py",
                label=_("Add rooms"),
                icon=":material/add:",
                query_params={"id": str(building.id)},
            )
if shops:
    with card("shops", _("Shop front"), "storefront"):
        shop_front(shops, key="shops", can_add=uow.actor.may("organisation.edit"))
with card("matrix", _("Floors and rooms"), "grid_on"):
    if cells:
        matrix(cells, key="matrix")
    else:
        empty(
            _("This building has no rooms yet."),
            _("Choose “Add rooms” above: one step makes the whole plan."),
        )
