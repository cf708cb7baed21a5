"""Self-reports of residents: what waits to be verified, urgent ones first or house by house."""

import streamlit as st

from core.claims import queries as claims
from core.claims.rules import TITLES
from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.ui import url
from core.ui.areas import filter_area
from core.ui.claims import by_receipt, claims_table, confirm_unchanged, state_choice
from core.ui.figures import Figure, figures
from core.ui.page import page
from core.ui.pieces import empty

uow = page(N_("Self-reports"), icon="fact_check", section=N_("Daily work"), needs="claim.view", order=42)

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    state = state_choice()
    what = url.choice(_("What"), "what", {kind: _(title) for kind, title in TITLES.items()})
    who = url.choice(_("Who reports"), "who", codes("claim_reporter", lang=language.get()))
    order = url.choice(_("Order"), "order", {"place": _("House by house")}, nothing=_("Most urgent first"))
    by_receipt(uow)
wanted = claims.ClaimFilter(under=under, state=state, what=what, who=who, order=order)
found = claims.claims(uow, wanted, start=url.text("after") or None)
counts = claims.numbers(uow, under)

# show
titles = {"open": _("To verify"), "urgent": _("Urgent"), "late": _("Overdue"), "visit": _("Visit needed")}
here = f"under={under}&" if under != uow.actor.area else ""
figures(
    [
        Figure(titles[name], n, f"claims?{here}state={'' if name == 'open' else name}")
        for name, n in counts.items()
    ],
    key="figures",
)
if found.items:
    claims_table(found.items, key="claims")
    url.pager(found, "claims")
else:
    empty(
        _("No self-report is waiting here."),
        _("Residents report with a phone, from the label at their door. Print labels where there are none."),
    )

# act
confirm_unchanged(uow, found.items)
