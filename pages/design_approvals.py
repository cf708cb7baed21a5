"""What waits for the second person: fields of people that an office should not keep without need."""

import streamlit as st

from core.designs import commands
from core.designs import queries as designs
from core.designs.rules import SHARED
from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.ui.page import page
from core.ui.pieces import card, empty, facts
from core.ui.publishing import with_reason

uow = page(
    N_("Fields to approve"),
    icon="gpp_maybe",
    section=N_("Administration"),
    needs="register.approve",
    order=62,
)

# read
waiting = designs.waiting(uow)
kinds = codes("field_kind", lang=language.get())

# show
if not waiting:
    empty(_("Nothing waits for you."), _("Drafts with fields such as belief or illness appear here."))
for design in waiting:
    with card(
        f"design_{design.id}", design.draft.title or _(SHARED.get(design.of, design.of)), "design_services"
    ):
        st.warning("、".join(f"{label}（{what}）" for label, what in design.unwanted.items()))
        facts({plan.label: f"{kinds[plan.kind]} {plan.help}" for plan in design.draft.open_fields})
        # act
        with_reason(
            _("Agree to these fields"),
            "how_to_reg",
            lambda why, number=design.id: commands.approve_design(uow, number, why),  # type: ignore[misc]
            key=str(design.id),
        )
