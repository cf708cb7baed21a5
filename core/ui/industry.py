"""What the page of a grid says of organisations and components: counts, and who belongs to an industry grid."""

import streamlit as st

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.organisations import commands
from core.organisations import queries as organisations
from core.organisations.queries import OrganisationFilter
from core.places.queries import AreaDetail
from core.ui import counts
from core.ui.figures import Figure, figures
from core.ui.organisations import organisations_table
from core.ui.page import show_problems
from core.ui.pieces import card, empty, hint, link

SHOWN = 20


def things(uow: UnitOfWork, path: str) -> None:
    """Organisations and components at and below a path as counts; those who may see them go on to the lists."""
    actor, items = uow.actor, list[Figure]()
    if actor.may("organisation.count"):
        numbers, work = counts.of_organisations(uow, path)
        there = f"organisations?under={path}" if actor.may("organisation.view") else ""
        items.append(Figure(_("Open organisations"), numbers.open, there))
        late = f"{there}&todo=inspection" if there else ""
        items.append(Figure(_("Inspection overdue"), work["inspection"], late, "warn"))
    if actor.may("component.count"):
        there = f"components?under={path}" if actor.may("component.view") else ""
        standing, open_work = counts.of_components(uow, path)
        items.append(Figure(_("Components"), standing.standing, there))
        broken = f"{there}&todo=broken" if there else ""
        items.append(Figure(_("Broken or lost"), open_work["broken"], broken, "warn"))
    if items:
        figures(items, key="things")


def industry_card(uow: UnitOfWork, area: AreaDetail) -> None:
    """The organisations of an industry grid, and those that could belong to it."""
    actor, path = uow.actor, area.area
    if not actor.may("organisation.view"):
        return
    with card("industry", _("Organisations of this grid"), "storefront"), show_problems():
        found = organisations.organisations(uow, OrganisationFilter(industry_grid=path), limit=SHOWN)
        if found.items:
            organisations_table(found.items, key="members")
        else:
            empty(_("No organisation belongs to it yet."), _("Put in those that are suggested below."))
        if found.after:
            link(_("All of them"), f"organisations?grid={path}", "more_horiz")
    suggested = organisations.suggested_for(uow, path) if actor.may("organisation.edit") else []
    if suggested:
        with card("suggested", _("Could belong to it"), "lightbulb"):
            hint(_("They stand on its ground or have its trade, and belong to no industry grid yet."))
            names = {one.id: f"{one.name}（{one.address}）" for one in suggested}
            chosen = st.multiselect(
                _("Organisations"),
                list(names),
                format_func=lambda key: names[key],
                key=f"suggested-{area.id}",
            )
            if st.button(_("Put them in"), key="suggested-go", icon=":material/add:", disabled=not chosen):
                with show_problems():
                    for one in chosen:
                        commands.assign_grid(uow, one, path)
                    st.rerun()
