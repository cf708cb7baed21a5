"""The components of an area: how many of which class, and each by class, state, unit and open work."""

import streamlit as st

from core.components import queries as components
from core.kernel.codes import codes
from core.kernel.forms import named, own_columns
from core.kernel.i18n import N_, _, language
from core.ui import counts, url
from core.ui.areas import filter_area
from core.ui.components import components_table
from core.ui.figures import Figure, figures
from core.ui.own import list_export
from core.ui.page import page, show_problems
from core.ui.pieces import empty, hint, link

uow = page(N_("Components"), icon="signpost", section=N_("Basic records"), needs="component.view", order=36)
TODO = {
    "broken": N_("Broken or lost"),
    "position": N_("No position"),
    "owner": N_("A unit in charge is missing"),
}
STALE = {"365": N_("Not for a year"), "730": N_("Not for two years")}

# read
majors = codes("component_major", lang=language.get())
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    words = url.words(_("Class or code"), "words", placeholder=_("Such as 井盖, 路灯"), live="400ms")
    major = url.choice(_("Major class"), "major", majors, width=180)
    names = {
        c.code: c.name for c in components.classes(uow, with_ended=True) if not major or c.major == major
    }
    minor = url.choice(_("Class"), "class", names, width=180)
    state = url.choice(
        _("State"),
        "state",
        codes("component_state", lang=language.get()),
        width=130,
        nothing=_("All that stand"),
    )
    owner = url.words(_("Unit in charge"), "owner", width=150)
    todo = url.choice(_("Open work"), "todo", {key: _(title) for key, title in TODO.items()}, width=170)
    stale = url.choice(_("Verified"), "stale", {days: _(title) for days, title in STALE.items()}, width=160)
wanted = components.ComponentFilter(
    under=under,
    words=words,
    major=major,
    minor=minor,
    state=state,
    owner=owner,
    todo=todo,
    stale_days=int(stale) if stale else None,
)

# show
with show_problems():
    numbers, work = counts.of_components(uow, under)
    here = f"under={under}&" if under != uow.actor.area else ""
    by_major = numbers.by_major
    figures(
        [
            Figure(_("Components"), numbers.standing, f"components?{here}"),
            *(Figure(majors[m], by_major[m], f"components?{here}major={m}") for m in majors if m in by_major),
            Figure(_("Broken or lost"), work["broken"], f"components?{here}todo=broken", "warn"),
        ],
        key="figures",
    )
    with st.container(horizontal=True):
        if uow.actor.may("component.edit"):
            link(_("Add a component"), "component_edit", "add_location_alt")
            link(_("Take in components"), "component_import", "upload_file")
        link(_("Classes"), "component_classes", "category")
        list_export(uow, "components", wanted)
    found = components.components(uow, wanted, url.text("after") or None)
    if found.items:
        own = own_columns(uow, "Component")
        values = named(uow, own, [one.own for one in found.items])
        components_table(found.items, key="components", own=own, values=values)
        url.pager(found, "components")
        if any(one.is_withheld for one in found.items):
            hint(_("Of sensitive components your role sees that they are there, not where."))
    else:
        empty(_("No component matches."), _("Take away a filter, or add a component."))
