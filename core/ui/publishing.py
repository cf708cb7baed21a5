"""What a design will look like, and putting it in force."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import streamlit as st

from core.designs import commands
from core.designs.models import REGISTER
from core.designs.queries import DesignDetail
from core.entries.commands import refile_entries
from core.kernel.codes import codes
from core.kernel.fields import Declared
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import card, empty, hint, said
from core.ui.registers import shown
from core.ui.table import Column, Row, table

INVENTED = ("海棠", "金湾", "龙湖")


def preview(design: DesignDetail) -> None:
    """The real form, and a list with invented rows."""
    fields = [
        plan.declared(design.fields_of, language.get()) for plan in design.draft.open_fields if plan.label
    ]
    if not fields:
        empty(_("Nothing to show yet."), _("Give the first field a name."))
        return
    with card("preview_form", _("The form"), "edit_note"):
        Form(f"preview-{design.id}-{design.version}").ask(
            [known for known in fields if not known.facts.widget], grouped=False
        )
        for known in fields:
            if known.facts.widget:
                hint(f"{known.label}: {codes('field_kind', lang=language.get())[known.facts.widget]}")
    with card("preview_list", _("The list, with invented rows"), "list"):
        listed = [known for known in fields if known.facts.listed] or fields[:1]
        columns = [
            Column(known.name, known.label, "main" if n == 0 else "") for n, known in enumerate(listed)
        ]
        rows = [Row({known.name: shown(known, invented(known, n)) for known in listed}) for n in range(3)]
        table(columns, rows, key=f"preview-{design.id}")


def invented(known: Declared, n: int) -> Any:
    """A made-up value for a field."""
    if known.choices():
        return list(known.choices())[n % len(known.choices())]
    made: dict[type, Any] = {
        bool: n % 2 == 0,
        date: date.today() - timedelta(days=7 * n),
        float: 12 * (n + 1),
    }
    if known.kind in made:
        return made[known.kind]
    words = {
        "person": "林示例",
        "house": "海滨路 12 号 501室",
        "place": "116.7200000,23.2800000",
        "picture": _("Picture"),
    }
    return words.get(known.facts.widget, f"{INVENTED[n]}{known.label}")


# --- putting it in force ----------------------------------------------------------------------------------


def publish_box(uow: UnitOfWork, design: DesignDetail) -> None:
    """What is new, what looks like data nobody should keep, and the button."""
    if not design.changes:
        hint(_("Version {n} is in force; nothing has changed since.").format(n=design.number))
        return
    st.markdown("\n".join(f"- {one}" for one in design.changes))
    if design.unwanted:
        named = "、".join(f"{label}（{what}）" for label, what in design.unwanted.items())
        st.warning(
            _("This looks like data an office should not keep: {named}.").format(named=named),
            icon=":material/gpp_maybe:",
        )
    if design.waits and not design.approved_by:
        st.info(
            _("The security administrator must agree before this can be published."),
            icon=":material/how_to_reg:",
        )
    with st.form(f"publish-{design.id}", border=False):
        why = st.text_input(_("Why, for those who come later"), max_chars=200, key=f"publish-why-{design.id}")
        if st.form_submit_button(_("Publish"), type="primary", icon=":material/publish:"):
            with show_problems():
                number = commands.publish_design(uow, design.id, design.version, why)
                if design.of == REGISTER:
                    refile_entries(uow, design.id)
                st.toast(_("Version {n} is in force.").format(n=number), icon=":material/check_circle:")
                st.rerun()


def versions_table(design: DesignDetail) -> None:
    """Every version that was published."""
    columns = (
        Column("number", N_("Version"), "main"),
        Column("at", N_("Time"), "code"),
        Column("by", N_("Who")),
        Column("changes", N_("What was new"), "wide"),
        Column("why", N_("Reason"), "wide"),
    )
    rows = [
        Row(
            {
                "number": str(one.number),
                "at": said(one.at),
                "by": one.by,
                "changes": "；".join(one.changes),
                "why": one.why,
            }
        )
        for one in design.versions
    ]
    table(columns, rows, key=f"versions-{design.id}")


def with_reason(label: str, icon: str, act: Callable[[str], object], *, key: str) -> None:
    """A button that asks for a reason first."""
    with st.popover(label, icon=f":material/{icon}:"), st.form(f"why-{key}", border=False):
        reason = st.text_input(_("Reason"), max_chars=100, key=f"why-text-{key}")
        if st.form_submit_button(label, type="primary"):
            with show_problems():
                act(reason)
                st.rerun()
