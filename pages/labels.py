"""Labels at doors: how far an area is, choosing, printing, and what was drawn."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.labels import queries as labels
from core.places import queries as places
from core.ui import url
from core.ui.areas import filter_area
from core.ui.labels import (
    houses_table,
    pick_houses,
    picked,
    print_card,
    progress_figures,
    runs_card,
    warn_of_address,
)
from core.ui.page import or_stop, page
from core.ui.pieces import empty, link

uow = page(N_("Labels at doors"), icon="qr_code_2", section=N_("Places"), needs="label.view", order=35)

# read
shown = {code: labels.called(code) for code in labels.SHOWN if code}
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    show = url.choice(_("Labels"), "show", shown, width=200, nothing=labels.called(""))
choice = labels.Choice(under=under, building=url.number("building"), show=show)
with or_stop():
    building = places.building(uow, choice.building) if choice.building is not None else None
    found = labels.house_rows(uow, choice, url.text("after") or None)
    some = labels.house_rows(uow, labels.Choice(houses=picked()), limit=100).items if picked() else []

# show
warn_of_address(uow)
progress_figures(labels.progress(uow, under), under if under != uow.actor.area else "")
if building is not None:
    link(_("Only {building}").format(building=building.address), f"building?id={building.id}", "apartment")
if uow.actor.may("label.print"):
    runs_card(uow, labels.runs(uow, limit=3))
    pick_houses(found.items, some)
    print_card(uow, labels.Choice(houses=picked()) if some else choice)
if found.items:
    houses_table(found.items)
    url.pager(found, "labels")
else:
    empty(_("No house matches."), _("Choose another area, or all houses."))
