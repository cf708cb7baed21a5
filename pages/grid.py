"""A grid, community or street: its people and houses in numbers, what stands below it, and how fresh it is."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.places import queries as places
from core.places.models import Level
from core.ui import counts, url
from core.ui.area_edit import edit_area
from core.ui.areas import crumbs
from core.ui.balance import boundary_card
from core.ui.charts import age_pyramid, fresh_bars, state_bar
from core.ui.figures import Figure, figures
from core.ui.industry import industry_card, things
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, facts, link
from core.ui.table import Column, Row, table

uow = page(N_("Grids"), icon="grid_view", section=N_("Places"), needs="area.view", order=40)

# read
with or_stop():
    path = url.text("area") or places.my_root(uow).area
    area = places.area(uow, path)
below = [a for a in places.areas(uow, under=path) if a.area.count("/") == path.count("/") + 1]
mine = area.area.startswith(uow.actor.area)
lived_in = mine and area.kind != "industry"
sees_houses, sees_people = uow.actor.may("house.view") and lived_in, uow.actor.may("person.view") and lived_in

# show
crumbs(area.chain)
levels, kinds = codes("area_level", lang=language.get()), codes("area_kind", lang=language.get())
with card("area", area.name, "grid_view"):
    trade = codes("grid_trade", lang=language.get()).get(area.trade, "")
    facts(
        {
            _("Level"): levels.get(area.level),
            _("Code"): area.code,
            **({_("Kind"): kinds.get(area.kind)} if area.level == Level.GRID else {}),
            **({_("Trade"): trade} if trade else {}),
            _("Valid from"): area.valid_from,
            **({_("Valid to"): area.valid_to} if area.valid_to else {}),
        }
    )
    with st.container(horizontal=True):
        if sees_people:
            link(_("People"), f"people?under={path}", "groups")
        if sees_houses:
            link(_("Houses"), f"houses?under={path}", "home_work")
        if uow.actor.may("map.view") and area.polygon:
            link(_("On the map"), f"map?shape=grid:{path}", "map")
        if uow.actor.may("grid.draw") and area.level in (Level.COMMUNITY, Level.GRID) and mine:
            link(_("Divide grids"), "grid_draw", "dashboard_customize")
if not mine:
    st.info(_("This area is above yours: you see its name only."))
    st.stop()
if area.kind == "industry":
    industry_card(uow, area)
else:
    things(uow, path)
if sees_people:
    numbers = counts.numbers(uow, path)
    there = f"under={path}"
    kinds_of_people = codes("person_category", lang=language.get())
    figures(
        [
            Figure(_("People"), numbers.people, f"people?{there}"),
            Figure(_("Households"), numbers.households, f"people?{there}&tag=户主"),
            *(
                Figure(name, numbers.by_category.get(code, 0), f"people?{there}&category={code}")
                for code, name in kinds_of_people.items()
            ),
        ],
        key="figures",
    )
if sees_houses:
    with card("states", _("Houses by state"), "home_work"):
        state_bar(places.state_counts(uow, path))
if sees_people:
    left, right = st.columns(2)
    with left, card("ages", _("Ages"), "bar_chart"):
        age_pyramid(numbers.pyramid)
    with right, card("fresh", _("Freshness by grid"), "task_alt"):
        fresh_bars(counts.freshness(uow, path))
if below:
    with card("below", _("Areas below"), "account_tree"):
        table(
            (
                Column("name", N_("Area name"), "main"),
                Column("kind", N_("Kind")),
                Column("code", N_("Code"), "code"),
            ),
            [
                Row(
                    {
                        "name": a.name,
                        "kind": kinds.get(a.kind) if a.level == Level.GRID else levels.get(a.level),
                        "code": a.code,
                    },
                    href=f"grid?area={a.area}",
                )
                for a in below
            ],
            key="below",
        )
elif area.level != Level.GRID:
    empty(_("Nothing stands below this area yet."), _("Add grids on the page “Areas”."))
boundary_card(uow, path)

# act
if uow.actor.may("area.edit") and area.valid_to is None:
    edit_area(uow, area)
