"""How labels are printed: measures of the paper and the words on each label, place by place."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.labels import queries as labels
from core.places import queries as places
from core.ui.areas import filter_area
from core.ui.label_sheet import sheet_form, sheet_preview
from core.ui.page import page
from core.ui.pieces import card, hint, link

uow = page(
    N_("Layout of labels"),
    icon="dashboard_customize",
    section=N_("Places"),
    needs="label.design",
    hidden=True,
)

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    area = filter_area(uow)
found = labels.sheet_at(uow, area)

# show
link(_("Labels at doors"), "labels", "qr_code_2")
with card("layout", _("Layout"), "dashboard_customize"):
    if not found.set_at:
        hint(_("The usual layout; nobody has set one up yet."))
    elif found.set_at != area:
        name = places.area_names(uow, [found.set_at]).get(found.set_at, found.set_at)
        hint(_("As in {place}; saving sets one up for this place alone.").format(place=name))
    sheet_form(uow, found, area)
sheet_preview(uow, found, area)
