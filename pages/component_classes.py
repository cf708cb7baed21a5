"""The classes of components: the national catalogue, which are sensitive, and what the office adds."""

import streamlit as st

from core.components import commands
from core.components import queries as components
from core.components.models import LocalClass
from core.kernel.codes import codes
from core.kernel.fields import declared
from core.kernel.i18n import N_, _, language
from core.ui import counts, url
from core.ui.form import Form, choose
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty, hint
from core.ui.table import Column, Row, chip, table

uow = page(
    N_("Component classes"), icon="category", section=N_("Administration"), needs="component.count", order=75
)

# read
majors = codes("component_major", lang=language.get())
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    words = url.words(_("Class"), "words", placeholder=_("Name or code"), live="300ms")
    major = url.choice(_("Major class"), "major", majors, width=190)
    kinds = {"local": _("Of this office"), "sensitive": _("Position withheld")}
    kind = url.choice(_("Kind"), "kind", kinds)
with show_problems():
    found = components.classes(uow, with_ended=True)
    numbers = counts.of_components(uow, uow.actor.area)[0].by_class
shown = [
    one
    for one in found
    if (not major or one.major == major)
    and words.upper() in f"{one.name}{one.code}"
    and (kind != "local" or one.local_id)
    and (kind != "sensitive" or one.is_sensitive)
]

# show
COLUMNS = (
    Column("name", N_("Class"), "main"),
    Column("code", N_("Code"), "code"),
    Column("major", N_("Major class"), "quiet"),
    Column("count", N_("How many"), "number"),
    Column("marks", N_("Marks")),
)
sees = uow.actor.may("component.view")
if shown:
    st.caption(_("{n} classes").format(n=len(shown)))
    with st.container(height=520, border=False):
        rows = [
            Row(
                {
                    "name": one.name,
                    "code": one.code,
                    "major": majors.get(one.major, one.major),
                    "count": numbers.get(one.code),
                    "marks": [
                        *([chip(_("Of this office"), "info")] if one.local_id else []),
                        *([chip(_("Position withheld"), "warn", one.why)] if one.is_sensitive else []),
                        *([chip(_("ended"), "bad")] if one.ended_on else []),
                    ],
                },
                href=f"components?class={one.code}" if sees and numbers.get(one.code) else "",
            )
            for one in shown
        ]
        table(COLUMNS, rows, key="classes")
else:
    empty(_("No class matches."), _("Take away a filter."))

# act
if uow.actor.may("component.classes"):
    with card("local", _("Classes of this office"), "add_box"):
        hint(_("For what the national list does not have. The number is given out and never used again."))
        form = Form("local_class")
        with st.form("local_class", border=False):
            under = choose(_("Major class"), majors, "local_class-major", None)
            values = form.ask([declared(LocalClass)[n] for n in ("name", "is_sensitive")])
            if form.handed_in(_("Add")):
                with form.saving(_("Added.")):
                    commands.add_local_class(uow, under, **values)
                    st.rerun()
        for one in found:
            if one.local_id and not one.ended_on:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(f"{one.name} `{one.code}`", width="stretch")
                    if st.button(_("End it"), key=f"end-{one.local_id}", type="tertiary"):
                        with show_problems():
                            commands.end_local_class(uow, one.local_id)
                            st.rerun()
