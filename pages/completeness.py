"""Completeness and freshness by area (三活四清): seven items, their measures, and the rows behind each number."""

import streamlit as st

from core.completeness.datasets import DATASETS
from core.completeness.declaring import ITEMS
from core.completeness.measures import ALL
from core.completeness.queries.behind import behind
from core.kernel.i18n import N_, _
from core.ui import counts, url
from core.ui.areas import filter_area
from core.ui.completeness import (
    fields_table,
    items_table,
    limits_hint,
    measures_table,
    missed_table,
    standard_table,
)
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, hint, link

uow = page(
    N_("Completeness"), icon="fact_check", section=N_("Basic records"), needs="completeness.view", order=48
)

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    under = filter_area(uow)
    titles = {key: _(one.title) for key, one in DATASETS.items() if uow.actor.may(one.needs)}
    dataset = url.choice(_("Fields of"), "dataset", titles, nothing=_("The seven items"))
item, measure = url.text("item"), url.text("measure")

# show
if dataset:
    with or_stop():
        sheet = counts.field_sheet(uow, dataset, under)
    with card("fields", titles[dataset], "fact_check"):
        fields_table(sheet)
        hint(_("How many records have the field filled. Point at a number to see it in full."))
        limits_hint(sheet.limits, sheet.counted_at)
    with card("standard", _("Answer to the standard"), "rule_settings"):
        standard_table(sheet)
    st.stop()
with or_stop():
    board = counts.board(uow, under)
if measure in ALL:
    with card("missed", _(ALL[measure].missing), "playlist_remove"), or_stop():
        link(
            _(ITEMS[ALL[measure].item]), f"completeness?under={under}&item={ALL[measure].item}", "arrow_back"
        )
        found = behind(uow, measure, under, after_key=url.text("after") or None)
        if found.items:
            missed_table(found.items)
            url.pager(found, "missed")
        else:
            empty(_("Nothing is missing here."), _("Choose another measure or area."))
elif item in ITEMS:
    with card("measures", f"{_(ITEMS[item])} · {board.whole.name}", "checklist"):
        measures_table(uow, board, item)
        hint(_("The item is the mean of these shares. A number under “Missing” leads to its rows."))
if board.items:
    with card("items", _("The seven items"), "grid_on"):
        items_table(board)
        limits_hint(board.limits, board.counted_at)
else:
    empty(_("Your role sees no records to count."), _("Ask a system administrator if you need them."))
