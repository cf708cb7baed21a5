"""The houses of an area: by state and use, oldest verification in sight."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.forms import named, own_columns
from core.kernel.i18n import N_, _, language
from core.places import queries as places
from core.ui import url
from core.ui.areas import filter_area
from core.ui.beginning import nothing_found
from core.ui.figures import Figure, figures
from core.ui.own import list_export, own_cells, own_heads
from core.ui.page import page
from core.ui.pieces import HOUSE_TONES, ago, coded, freshness_tone
from core.ui.table import Column, Row, chip, table

uow = page(N_("Houses"), icon="home_work", section=N_("Basic records"), needs="house.view", order=30)

# read
states = codes("house_state", lang=language.get())
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    state = url.choice(_("State"), "state", states)
    use = url.choice(_("Use"), "use", codes("house_use", lang=language.get()), width=180)
    if uow.actor.may("house.edit"):
        st.page_link("pages/building_new.py", label=_("Add a building"), icon=":material/add_home_work:")
counts = places.state_counts(uow, under)
wanted = places.HouseFilter(under=under, state=state, use=use, building_id=url.number("building"))
found = places.houses(uow, wanted, url.text("after") or None)

# show
here = f"under={under}&" if under != uow.actor.area else ""
figures(
    [Figure(states[name], count, f"houses?{here}state={name}") for name, count in counts.items()],
    key="figures",
)
COLUMNS = (
    Column("address", N_("Address"), "main"),
    Column("state", N_("State")),
    Column("residents", N_("Residents"), "number"),
    Column("use", N_("Use"), "quiet"),
    Column("floor_area", N_("Floor area (m²)"), "number"),
    Column("verified", N_("Verified")),
    Column("code", N_("House code"), "quiet"),
)
list_export(uow, "houses", wanted)
if found.items:
    own = own_columns(uow, "House")
    table(
        (*COLUMNS, *own_heads(own)),
        [
            Row(
                {
                    "address": house.address,
                    "state": chip(states.get(house.state, house.state), HOUSE_TONES.get(house.state, "")),
                    "residents": house.residents or None,
                    "use": coded("house_use", house.use),
                    "floor_area": house.floor_area,
                    "verified": chip(ago(house.verified_at), freshness_tone(house.verified_at)),
                    "code": house.code,
                    **own_cells(own, more),
                },
                href=f"house?id={house.id}",
            )
            for house, more in zip(found.items, named(uow, own, [h.own for h in found.items]), strict=True)
        ],
        key="houses",
    )
    url.pager(found, "houses")
else:
    nothing_found(uow, _("No house matches."), _("Take away a filter, or add a building with its rooms."))
