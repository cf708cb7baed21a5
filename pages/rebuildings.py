"""Applications to build, pull down, split or merge houses: what waits for me, what is open, what became of them."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.rebuilding import queries as rebuilding
from core.ui import url
from core.ui.areas import filter_area
from core.ui.page import page
from core.ui.pieces import empty, link
from core.ui.rebuilding import changes_table

uow = page(N_("Building changes"), icon="domain_add", section=N_("Places"), needs="rebuild.view", order=35)

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    views = {"me": _("Waits for me"), "mine": _("My applications"), "settled": _("Settled"), "all": _("All")}
    view = url.choice(_("Show"), "view", views, nothing=_("In hand")) or "open"
    kind = url.choice(_("Kind"), "kind", codes("rebuilding_kind", lang=language.get()))
    under = filter_area(uow)
    if uow.actor.may("rebuild.apply"):
        link(_("Apply"), "rebuilding_new", "add")
    link(_("Codes to look after"), "code_care", "tag")
found = rebuilding.changes(uow, view=view, kind=kind, under=under, after_key=url.text("after") or None)

# show
if found.items:
    changes_table(found.items)
    url.pager(found, "changes")
else:
    empty(
        _("There is no such application."),
        _("Who sees that a house is built, pulled down, split or merged applies here."),
    )
