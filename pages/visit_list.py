"""Today's visits: which homes of the grid are due and why, in the order of a walk; for leads, how their grids stand."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, hint, link
from core.ui.visit_list import chosen_grid, overview, periods, progress, reason_filter, rounds
from core.visits import queries

uow = page(N_("Today's visits"), icon="checklist", section=N_("Daily work"), needs="visit.view", order=13)

# read
with or_stop():
    grid = chosen_grid(uow)
    found = queries.due_list(uow, grid, url.text("reason"), url.text("after") or None) if grid else None
    names = {} if found else queries.communities(uow)

# show
if found:
    with card("list", found.name, "checklist"):
        progress(found)
        with st.container(horizontal=True, vertical_alignment="bottom", key="filters_visits"):
            reason_filter(uow, found)
            if uow.actor.may("visit.edit"):
                link(_("Scan a door label"), "scan", "qr_code_scanner")
            if uow.actor.area != grid:
                link(_("All grids"), "visit_list", "grid_view")
        rounds(uow, found)
    periods(uow, found.grid, found.name)
else:
    with card("grids", _("How the grids stand"), "grid_view"):
        here = (
            url.choice(_("Community"), "under", names, width=220, nothing=_("Choose one"))
            if len(names) > 1
            else ""
        )
        here = here or (next(iter(names)) if len(names) == 1 else "")
        if here:
            overview(uow, queries.grids(uow, here))
        else:
            empty(_("Choose a community."), _("Its grids appear with the homes that are due in each."))
    hint(
        _(
            "A home is due when nobody confirmed it or its people for too long, after a self-report, or for care."
        )
    )
    if here:
        periods(uow, here, names[here])
