"""The first screen of the day: my numbers, what waits for me, how fresh my grids are, and the shortcuts of my role."""

import streamlit as st

from core.claims import queries as claims
from core.kernel.i18n import N_, _
from core.people import queries as people
from core.people.tags import titles
from core.places import queries as places
from core.proposals import queries as proposals
from core.rebuilding import queries as rebuilding
from core.selfservice import queries as selfservice
from core.ui import counts
from core.ui.beginning import first_steps
from core.ui.charts import fresh_bars, state_bar
from core.ui.figures import Figure, figures
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty, hint
from core.ui.table import Column, Row, table
from core.visits import queries as visits

uow = page(N_("Workbench"), icon="space_dashboard", section=N_("Daily work"), needs="home.view", order=10)
SHORTCUTS = (
    ("visit.edit", "scan", N_("Scan a door label"), "qr_code_scanner"),
    ("visit.view", "visit_list", N_("Today's visits"), "checklist"),
    ("person.edit", "household_new", N_("Enter a household"), "group_add"),
    ("person.view", "people", N_("People"), "groups"),
    ("house.view", "houses", N_("Houses"), "home_work"),
    ("claim.view", "claims", N_("Self-reports"), "fact_check"),
    ("organisation.view", "organisations", N_("Organisations"), "storefront"),
    ("component.view", "components", N_("Components"), "signpost"),
    ("area.view", "grid", N_("Grids"), "grid_view"),
    ("map.view", "map", N_("Map"), "map"),
    ("staff.shift", "shift", N_("My shift"), "directions_walk"),
    ("account.view", "accounts", N_("Accounts"), "manage_accounts"),
    ("area.edit", "areas", N_("Areas"), "account_tree"),
    ("audit.view", "audit", N_("Audit log"), "verified_user"),
    ("account.own", "me", N_("My account"), "account_circle"),
)

DOMAINS = (claims, visits, rebuilding, proposals, selfservice, people)
"""Each says what waits for somebody, the most pressing first."""

# read
actor = uow.actor
with show_problems():
    root = places.my_root(uow)
    st.caption(_("{name}, you look after {area}.").format(name=actor.name or actor.login, area=root.name))

# show
with st.container(horizontal=True, key="shortcuts"):
    for permission, name, title, icon in SHORTCUTS:
        if actor.may(permission):
            st.page_link(f"pages/{name}.py", label=_(title), icon=f":material/{icon}:")
is_new = first_steps(uow)
if actor.may("person.view") and not is_new:
    numbers = counts.numbers(uow, actor.area)
    keys = {title: key for key, title in titles(actor).items()}
    figures(
        [
            Figure(_("People"), numbers.people, "people"),
            Figure(_("Households"), numbers.households, "people?tag=户主"),
            *(Figure(tag, count, f"people?tag={keys.get(tag, '')}") for tag, count in numbers.tags.items()),
        ],
        key="figures",
    )
if actor.may("person.view"):
    left, right = st.columns([3, 2])
    with left, card("todo", _("Waiting for me"), "checklist"):
        waiting = [t for domain in DOMAINS for t in domain.todo(uow)]
        if waiting:
            table(
                (Column("title", N_("What"), "main"), Column("count", N_("How many"), "number")),
                [
                    Row({"title": t.title, "count": f"{t.count:,}"}, href=f"{t.page}?{t.query}")
                    for t in waiting
                ],
                key="todo",
            )
        elif is_new:
            hint(_("Nothing waits for you."))
        else:
            empty(_("Nothing waits for you."), _("Everything in your area is verified and complete."))
    with left, card("states", _("Houses by state"), "home_work"):
        state_bar(places.state_counts(uow))
    with right, card("fresh", _("Freshness of my grids"), "task_alt"):
        fresh_bars(counts.freshness(uow, actor.area))
elif actor.may("house.view"):
    with card("states", _("Houses by state"), "home_work"):
        state_bar(places.state_counts(uow))
if not actor.may("house.view"):
    hint(_("Your role looks after the office itself; it sees no residents."))
