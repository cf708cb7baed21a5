"""Homes that are let: by home, by new tenants nobody has looked at, and how often tenants change in each place."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.tenancies import queries as tenancies
from core.ui import url
from core.ui.areas import filter_area
from core.ui.figures import Figure, figures
from core.ui.page import page
from core.ui.pieces import empty, hint
from core.ui.rentals import homes_table, tenants_table, turnover_table

uow = page(
    N_("Rented homes"), icon="real_estate_agent", section=N_("Basic records"), needs="person.view", order=36
)
VIEWS = {
    "tenants": N_("New tenants, not verified"),
    "turnover": N_("Turn-over"),
    "often": N_("Often new tenants"),
}
DAYS = (7, 30, 90, 365)

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    view = url.choice(
        _("View"), "view", {k: _(v) for k, v in VIEWS.items()}, nothing=_("All rented homes"), width=210
    )
    spans = {str(n): _("{n} days").format(n=n) for n in DAYS}
    since = url.choice(_("New means"), "days", spans, nothing=_("30 days"), width=120)
days, here = int(since or 30), f"&under={under}" if under != uow.actor.area else ""
places = tenancies.turnover(uow, under, days)

# show
figures(
    [
        Figure(_("Rented homes"), sum(one.homes for one in places), f"rentals?{here.lstrip('&')}"),
        Figure(
            _("New tenants, not verified"),
            sum(one.waiting for one in places),
            f"rentals?view=tenants&days={days}{here}",
            "warn",
        ),
        Figure(
            _("New tenancies in 12 months"), sum(one.began for one in places), f"rentals?view=turnover{here}"
        ),
    ],
    key="figures",
)
if view == "turnover":
    hint(_("Over the last twelve months. Choose a place to look inside."))
    turnover_table(places, under or uow.actor.area)
elif view == "tenants":
    newcomers = tenancies.new_tenants(uow, under, days, after_key=url.text("after") or None)
    if newcomers.items:
        hint(
            _(
                "They moved in lately, and nobody of the office has confirmed it yet. Open one to verify or correct it."
            )
        )
        tenants_table(newcomers.items)
    else:
        empty(_("Nobody waits for a look."), _("All new tenants of these days were verified."))
    url.pager(newcomers, "tenants")
else:
    homes = tenancies.rented_homes(uow, under, view == "often", url.text("after") or None)
    if homes.items:
        homes_table(homes.items)
    else:
        empty(
            _("No rented home here."),
            _("Set the state of a house to rented, or enter who moved in as a tenant."),
        )
    url.pager(homes, "rentals")
