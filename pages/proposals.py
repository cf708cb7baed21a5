"""Change requests: what waits for my decision, and what became of mine."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.proposals import queries as proposals
from core.proposals.kinds import KINDS
from core.ui import url
from core.ui.page import page, show_problems
from core.ui.pieces import empty
from core.ui.proposals import proposal_card, proposals_table

uow = page(N_("Proposals"), icon="rule", section=N_("Daily work"), needs="change.propose", order=45)

# read
titles = {"decide": _("To decide"), "mine": _("My proposals")}
view = "decide" if uow.actor.may("change.decide") else "mine"
if view == "decide":
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        view = url.choice(_("Show"), "view", {"mine": titles["mine"]}, nothing=titles["decide"]) or view
        kinds = {kind.of: _(kind.title) for kind in KINDS.values()}
        of = url.choice(_("What"), "of", kinds) if view == "decide" else ""
after = url.text("after") or None
found = proposals.to_decide(uow, of=of, after=after) if view == "decide" else proposals.mine(uow, after=after)

# show
if (number := url.number("id")) is not None:
    with show_problems():
        proposal_card(uow, proposals.proposal(uow, number))
if found.items:
    proposals_table(found.items, key="proposals", view=view)
    url.pager(found, "proposals")
elif view == "decide":
    empty(
        _("Nothing waits for your decision."), _("Proposals of others for the fields you keep appear here.")
    )
else:
    empty(_("You have proposed nothing."), _("Open a record and choose “Propose a change”."))
