"""The people of an area: filtered, in the order one wants, page by page."""

import streamlit as st

from core.kernel.codes import codes
from core.kernel.forms import named, own_columns
from core.kernel.i18n import N_, _, language
from core.people import queries as people
from core.people.tags import titles
from core.ui import url
from core.ui.areas import filter_area
from core.ui.beginning import nothing_found
from core.ui.own import list_export
from core.ui.page import page, show_problems
from core.ui.people import people_table

uow = page(N_("People"), icon="groups", section=N_("Basic records"), needs="person.view", order=20)
SORTS = {"name": N_("Name"), "birth": N_("Oldest first"), "verified": N_("Longest unverified first")}
AGES = {
    "0-2": (0, 2),
    "3-5": (3, 5),
    "6-17": (6, 17),
    "18-59": (18, 59),
    "60-79": (60, 79),
    "80-": (80, None),
}
TODO = {
    "document": N_("No document, no reason"),
    "head": N_("Household without a head"),
    "tag": N_("A tag has expired"),
}
STALE = {"180": N_("Not for half a year"), "365": N_("Not for a year")}

# read
states = codes("person_state", lang=language.get())
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    words = url.words(_("Name"), "words", placeholder=_("Name or its beginning"), live="400ms")
    category = url.choice(_("Category"), "category", codes("person_category", lang=language.get()))
    tag = url.choice(_("Service tag"), "tag", titles(uow.actor), width=170)
    age = url.choice(_("Age"), "age", {key: key for key in AGES}, width=110)
    stale = url.choice(_("Verified"), "stale", {days: _(title) for days, title in STALE.items()}, width=160)
    sort = url.choice(
        _("Order"),
        "sort",
        {key: _(title) for key, title in SORTS.items()},
        width=170,
        nothing=_("Newest first"),
    )
    todo = url.choice(_("Open work"), "todo", {key: _(title) for key, title in TODO.items()}, width=170)
    state = url.choice(
        _("State"),
        "state",
        {k: v for k, v in states.items() if k not in ("here", "merged")},
        width=120,
        nothing=states["here"],
    )
youngest, oldest = AGES.get(age, (None, None))
wanted = people.PeopleFilter(
    under=under,
    words=words,
    category=category,
    tag=tag,
    age_from=youngest,
    age_to=oldest,
    state=state or "here",
    stale_days=int(stale) if stale else None,
    todo=todo,
    sort=sort or "recent",
)

# show
with show_problems():
    found = people.people(uow, wanted, url.text("after") or None)
    if uow.actor.may("person.edit"):
        with st.container(horizontal=True):
            st.page_link("pages/person_edit.py", label=_("Add a person"), icon=":material/person_add:")
            st.page_link("pages/household_new.py", label=_("Enter a household"), icon=":material/group_add:")
            list_export(uow, "people", wanted)
    if found.items:
        own = own_columns(uow, "Person")
        people_table(found.items, key="people", own=own, values=named(uow, own, [p.own for p in found.items]))
        url.pager(found, "people")
    else:
        nothing_found(uow, _("Nobody matches."), _("Take away a filter, or add a person."))
