"""The organisations of an area: by kind, trade, state and open work, page by page."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.forms import named, own_columns
from core.kernel.i18n import N_, _, language
from core.organisations import queries as organisations
from core.ui import counts, url
from core.ui.areas import filter_area
from core.ui.figures import Figure, figures
from core.ui.organisations import organisations_table
from core.ui.own import list_export
from core.ui.page import page, show_problems
from core.ui.pieces import empty, link

uow = page(
    N_("Organisations"), icon="storefront", section=N_("Basic records"), needs="organisation.view", order=34
)
TODO = {
    "inspection": N_("Inspection overdue"),
    "licence": N_("Licence ended or ending"),
    "contact": N_("No phone known"),
    "place": N_("Not in a building"),
}
STALE = {"180": N_("Not for half a year"), "365": N_("Not for a year")}
SHOWN = 6

# read
kinds = codes("organisation_kind", lang=language.get())
states = codes("organisation_state", lang=language.get())
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    words = url.words(_("Organisation"), "words", placeholder=_("Name, address, code, phone"), live="400ms")
    kind = url.choice(_("Kind of organisation"), "kind", kinds)
    trade = url.choice(_("Trade"), "trade", codes("trade", lang=language.get()))
    todo = url.choice(_("Open work"), "todo", {key: _(title) for key, title in TODO.items()}, width=170)
    stale = url.choice(_("Verified"), "stale", {days: _(title) for days, title in STALE.items()}, width=160)
    left = {key: name for key, name in states.items() if key != "open"}
    state = url.choice(_("State"), "state", left, width=120, nothing=states["open"])
wanted = organisations.OrganisationFilter(
    under=under,
    words=words,
    kind=kind,
    trade=trade,
    todo=todo,
    stale_days=int(stale) if stale else None,
    state=state or "open",
    industry_grid=url.text("grid"),
    building_id=url.number("building"),
)

# show
with show_problems():
    numbers, work = counts.of_organisations(uow, under)
    here = f"under={under}&" if under != uow.actor.area else ""
    most = sorted(numbers.by_kind.items(), key=lambda pair: -pair[1])[:SHOWN]
    figures(
        [
            Figure(_("Open organisations"), numbers.open, f"organisations?{here}"),
            *(
                Figure(kinds.get(code, code), count, f"organisations?{here}kind={code}")
                for code, count in most
            ),
            Figure(
                _("Inspection overdue"), work["inspection"], f"organisations?{here}todo=inspection", "warn"
            ),
        ],
        key="figures",
    )
    if uow.actor.may("organisation.edit"):
        link(_("Add an organisation"), "organisation_edit", "add_business")
    list_export(uow, "organisations", wanted)
    found = organisations.organisations(uow, wanted, url.text("after") or None)
    if found.items:
        own = own_columns(uow, "Organisation")
        values = named(uow, own, [one.own for one in found.items])
        organisations_table(found.items, key="organisations", own=own, values=values)
        url.pager(found, "organisations")
    else:
        empty(_("No organisation matches."), _("Take away a filter, or add an organisation."))
