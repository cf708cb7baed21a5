"""Correct an area, or close it for good."""

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.places import commands
from core.places.models import Area, Level
from core.places.queries import AreaDetail
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import hint

FIELDS = ("name", "valid_from", "lon", "lat")


def edit_area(uow: UnitOfWork, area: AreaDetail) -> None:
    """A form for what may change; code and level stay for ever."""
    with st.expander(_("Correct or close this area"), icon=":material/edit_location_alt:"):
        form = Form(f"area-{area.id}", seen=area.version)
        form.current = area.version
        names = (*FIELDS, "trade") if area.level == Level.GRID and area.kind == "industry" else FIELDS
        with st.form(form.key, border=False):
            values = form.ask([declared(Area)[n] for n in names], {n: getattr(area, n) for n in names})
            if form.handed_in(_("Save")):
                with form.saving(_("Saved.")):
                    commands.edit_area(uow, area.id, form.seen, **values)
                    st.rerun()
        _close(uow, area)


def _close(uow: UnitOfWork, area: AreaDetail) -> None:
    hint(_("A closed area keeps its code, which is never used again. It must be empty first."))
    sure = st.checkbox(_("Yes, close {name} today").format(name=area.name), key=f"sure-{area.id}")
    if st.button(_("Close this area"), key=f"close-{area.id}", icon=":material/block:", disabled=not sure):
        with show_problems():
            commands.close_area(uow, area.id, area.version)
            st.rerun()
