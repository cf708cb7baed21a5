"""The area tree: what stands under what, with codes; add, rename and close areas."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.fields import declared
from core.kernel.i18n import N_, _, language
from core.organisations import queries as organisations
from core.places import commands
from core.places.models import Area, Level
from core.ui import url
from core.ui.areas import tree
from core.ui.form import Form, choose
from core.ui.page import page, show_problems
from core.ui.pieces import empty, link
from core.ui.table import Column, Row, chip, table

uow = page(N_("Areas"), icon="account_tree", section=N_("Administration"), needs="area.view", order=70)

# read
levels, kinds = codes("area_level", lang=language.get()), codes("area_kind", lang=language.get())
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    level = url.choice(_("Level"), "level", levels)
    kind = url.choice(_("Kind"), "kind", kinds)
    with_closed = st.toggle(_("Closed ones too"), key="with_closed")
found = tree(uow, with_closed=with_closed)
members = organisations.grid_numbers(uow) if uow.actor.may("organisation.count") else {}
shown = [a for a in found.values() if (not level or a.level == level) and (not kind or a.kind == kind)]

# show
COLUMNS = (
    Column("name", N_("Area name"), "main"),
    Column("level", N_("Level")),
    Column("kind", N_("Kind")),
    Column("trade", N_("Trade")),
    Column("above", N_("Belongs to"), "quiet"),
    Column("code", N_("Code"), "code"),
    Column("state", N_("State")),
    Column("organisations", N_("Organisations"), "number"),
)
trades = codes("grid_trade", lang=language.get())
if shown:
    st.caption(_("{n} areas").format(n=len(shown)))
    with st.container(height=520, border=False):
        table(
            COLUMNS,
            [
                Row(
                    {
                        "name": a.name,
                        "level": levels.get(a.level, a.level),
                        "kind": kinds.get(a.kind) if a.level == Level.GRID else "",
                        "trade": trades.get(a.trade, ""),
                        "code": a.code,
                        "above": found[up].name
                        if (up := a.area.rstrip("/").rpartition("/")[0] + "/") in found
                        else "",
                        "state": chip(_("closed"), "bad") if a.valid_to else "",
                        "organisations": members.get(a.area),
                    },
                    href=f"grid?area={a.area}",
                )
                for a in shown
            ],
            key="areas",
        )
else:
    empty(
        _("No area yet."),
        _("Load the divisions of your county: python -m core areas load --shipped shantou --root 440512"),
    )

# act
if uow.actor.may("area.edit") and found:
    link(_("Boundaries from a file"), "boundary_import", "upload_file")
    with st.expander(_("Add an area"), icon=":material/add_location_alt:"):
        parents = [path for path, a in found.items() if a.level != Level.GRID and not a.valid_to]
        above = st.selectbox(
            _("Belongs to"), parents, format_func=lambda p: f"{found[p].name}（{found[p].code}）", key="above"
        )
        fields = [declared(Area)[name] for name in ("name", "valid_from")]
        form = Form("area_new")
        with st.form("area_new", border=False):
            is_grid = bool(above) and found[above].level == Level.COMMUNITY
            chosen = choose(_("Kind"), kinds, "area_new-kind", "general") if is_grid else "general"
            trade = choose(_("Trade"), trades, "area_new-trade", None, required=False) if is_grid else ""
            values = form.ask(fields)
            code = st.text_input(
                _("Code"), key="area_new-code", help=_("Empty: the next free code of a grid.")
            )
            if form.handed_in(_("Add")) and above:
                with show_problems(), form.saving(_("Added.")):
                    commands.add_area(uow, above, code=code.strip(), kind=chosen, trade=trade, **values)
