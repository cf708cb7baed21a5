"""Setting up how labels are printed: measures, words, and a page to look at."""

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.labels import commands, printing
from core.labels.models import LabelSheet
from core.labels.queries import Choice, SheetDetail
from core.labels.queries.of_sheets import GEOMETRY, TEXTS
from core.labels.rules import PRESETS
from core.ui import url
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import card, hint


def sheet_form(uow: UnitOfWork, found: SheetDetail, area: str) -> None:
    """The measures of a place, begun from a common sheet when one was chosen; and the way back to the place above."""
    is_own, known = found.set_at == area, declared(LabelSheet)
    preset = url.choice(_("Begin with"), "preset", {name: name for name in PRESETS}, nothing="—", width=260)
    values = {**found.values, **PRESETS.get(preset, {})}
    form = Form(f"sheet-{area}-{preset}", seen=found.version if is_own else None)
    with st.form(form.key, border=False):
        given = form.ask([known[name] for name in (*TEXTS, *GEOMETRY)], values, grouped=False)
        if form.handed_in(_("Save the layout")):
            with form.saving(_("Saved. Labels are printed so from now on.")):
                commands.save_sheet(uow, area, seen=form.seen, **given)
                url.keep(preset=None)
                st.rerun()
    if is_own and found.id and st.button(_("Print as the place above"), key="sheet-drop"):
        with show_problems():
            commands.drop_sheet(uow, found.id)
            st.rerun()


def sheet_preview(uow: UnitOfWork, found: SheetDetail, area: str) -> None:
    """The first page of the place as it comes out of the printer."""
    with card("preview", _("Preview"), "preview"), show_problems():
        picture = printing.preview(uow, Choice(under=area), found.sheet)
        if picture:
            st.image(picture, caption=_("A sample: its codes open nothing."), width=640)
        else:
            hint(_("There is no house here yet."))
