"""People who may be filed twice: why, where, and the way to compare them."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people import queries as people
from core.people.rules.twins import REASONS
from core.ui import url
from core.ui.areas import filter_area
from core.ui.find import pick
from core.ui.page import page, show_problems
from core.ui.pieces import coded, empty, hint
from core.ui.table import Column, Row, chip, table

uow = page(N_("Duplicates"), icon="content_copy", section=N_("Basic records"), needs="person.merge", order=65)
STATES = {"later": N_("Looked at later"), "different": N_("Two people"), "merged": N_("Merged")}
COLUMNS = (
    Column("one", N_("Person"), "main"),
    Column("home", N_("Home")),
    Column("other", N_("Second record")),
    Column("other_home", N_("Home")),
    Column("why", N_("Why"), "wide"),
    Column("numbers", N_("Document number"), "code"),
)


def said(twin: people.Twin) -> str:
    """Somebody in a few words."""
    return f"{twin.name} {coded('gbt2261_1_sex', twin.sex)} {twin.age}"


# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    reason = url.choice(
        _("Reason"), "reason", {code: _(words) for code, (_w, words) in REASONS.items()}, width=240
    )
    states = {code: _(words) for code, words in STATES.items()}
    state = url.choice(_("State"), "state", states, width=160, nothing=_("Not decided"))
wanted = people.PairFilter(under=under, reason=reason, state=state or "open")

# show
with show_problems():
    found = people.pairs_of(uow, wanted, url.text("after") or None)
    rows = [
        Row(
            {
                "one": said(pair.one),
                "home": pair.one.address,
                "other": said(pair.other),
                "other_home": pair.other.address,
                "why": [chip(one.said, "warn" if one.against else "info") for one in pair.reasons]
                or [chip(_("Chosen by hand"))],
                "numbers": " / ".join(twin.document_no or "—" for twin in (pair.one, pair.other)),
            },
            href=f"duplicate?id={pair.id}",
        )
        for pair in found.items
    ]
    if rows:
        table(COLUMNS, rows, key="pairs")
        url.pager(found, "pairs")
    else:
        empty(
            _("Nobody seems to be filed twice here."), _("Every night the whole register is compared once.")
        )

# act
with st.expander(_("You know of somebody who is filed twice?"), icon=":material/person_search:"):
    hint(_("Choose one of the two records; on the next screen choose the other one."))
    pick(uow.actor, "person", label=_("First record"), page="pages/duplicate.py", parameter="person")
