"""Design a register or the own fields of a record: draft, preview, publish, versions."""

import streamlit as st

from core.designs import commands
from core.designs import queries as designs
from core.designs.models import REGISTER
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.design import field_form, fields_list, whole_form
from core.ui.page import or_stop, page
from core.ui.pieces import card
from core.ui.publishing import preview, publish_box, versions_table, with_reason

uow = page(
    N_("Design"), icon="design_services", section=N_("Administration"), needs="register.design", hidden=True
)

# read
with or_stop():
    design = designs.design(uow, url.text("id"))
is_register = design.of == REGISTER
opened = design.draft.field(url.text("field"))
kinds = designs.extendable(uow)

# show
st.page_link("pages/designs.py", label=_("Registers and fields"), icon=":material/arrow_back:")
title = design.draft.title if is_register else _("Fields of: {kind}").format(kind=_(kinds[design.of]))
st.subheader(title or _("No name yet"), anchor=False)
left, right = st.columns([3, 2])
with left:
    if opened:
        with card("field", opened.label or _("New field"), "edit"):
            field_form(uow, design, opened)
    else:
        if is_register:
            with card("whole", _("The register"), "menu_book"):
                whole_form(uow, design)
        with card("fields", _("Fields"), "view_list"):
            fields_list(uow, design)
with right:
    preview(design)
    with card("publish", _("Put in force"), "publish"):
        publish_box(uow, design)

# act
if design.versions:
    with card("versions", _("Versions"), "history"):
        versions_table(design)
if is_register and design.number:
    with st.container(horizontal=True):
        st.page_link(
            "pages/register.py",
            label=_("Open the register"),
            icon=":material/menu_book:",
            query_params={"register": str(design.id)},
        )
        if design.ended_on:
            with_reason(
                _("Reopen the register"),
                "lock_open",
                lambda why: commands.reopen_design(uow, design.id, why),
                key="reopen",
            )
        else:
            with_reason(
                _("End the register"), "lock", lambda why: commands.end_design(uow, design.id, why), key="end"
            )
