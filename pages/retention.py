"""Retention: how long each kind of data is kept, what is over, who approved that it goes, and what must stay."""

from core.kernel.i18n import N_, _
from core.retention import queries as retention
from core.ui import url
from core.ui.jobs import follow
from core.ui.page import page, show_problems
from core.ui.pieces import card, empty, hint
from core.ui.retention import (
    decide_card,
    holds_card,
    list_rows,
    period_card,
    period_rows,
    prepare_button,
)
from core.ui.table import Column, table

uow = page(
    N_("Retention"), icon="auto_delete", section=N_("Administration"), needs="retention.view", order=70
)

# read
periods = retention.period_lines(uow)
lists = retention.disposals(uow)
chosen = next((one for one in periods if one.kind == url.text("kind")), None)

# show
if (job := url.number("job")) is not None:
    follow(uow, job)
if (number := url.number("id")) is not None:
    with show_problems():
        decide_card(uow, retention.disposal(uow, number), {one.kind: one.title for one in periods})
if chosen is not None:
    period_card(uow, chosen)
with card("lists", _("What is over"), "delete_sweep"):
    prepare_button(uow)
    if lists:
        table(
            (
                Column("prepared", N_("Prepared"), "main"),
                Column("by", N_("By")),
                Column("counts", N_("Records"), "wide"),
                Column("state", N_("State")),
                Column("decided", N_("Decided by")),
            ),
            list_rows(lists, {one.kind: one.title for one in periods}),
            key="lists",
        )
    else:
        empty(
            _("No list was made yet."),
            _("The system administrator prepares one, the security administrator approves it."),
        )
with card("periods", _("Periods"), "schedule"):
    hint(
        _(
            "Data are kept as short as their purpose allows. A click shows why and, for who may, lets you choose."
        )
    )
    table(
        (
            Column("title", N_("Kind of data"), "main"),
            Column("days", N_("Days"), "number"),
            Column("way", N_("How it goes")),
            Column("counts_from", N_("Counts"), "wide"),
            Column("law", N_("Why"), "wide"),
        ),
        period_rows(periods),
        key="periods",
    )
if uow.actor.may("hold.edit"):
    holds_card(uow)
