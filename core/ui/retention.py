"""The parts of the page about retention."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries import area_names
from core.retention import commands, queries
from core.retention.models import ITEM_STATES, STATES, Hold, ItemState, ListState
from core.retention.queries import ListLine, PeriodLine
from core.ui import url
from core.ui.find import pick
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import card, empty, facts, hint, link, said
from core.ui.table import Column, Row, chip, table

TONES = {ListState.PREPARED: "warn", ListState.APPROVED: "info", ListState.REJECTED: "", ListState.DONE: "ok"}
ITEM_TONES = {ItemState.LISTED: "", ItemState.DELETED: "ok", ItemState.KEPT: "warn"}


def _way(one: PeriodLine) -> str:
    if not one.is_listed:
        return _("Every night by itself")
    return _("After a second person approved") if one.is_deleted else _("Never by this program")


def period_rows(periods: Sequence[PeriodLine]) -> list[Row]:
    """Every kind of data."""
    return [
        Row(
            {
                "title": one.title,
                "days": f"{one.days:,}" + ("" if one.days == one.default else " *"),
                "way": _way(one),
                "counts_from": one.counts_from,
                "law": one.why or one.law,
            },
            href=f"retention?kind={one.kind}",
        )
        for one in periods
    ]


def period_card(uow: UnitOfWork, one: PeriodLine) -> None:
    """One kind of data, and another period for it."""
    with card("period", one.title, "schedule"), show_problems():
        facts(
            {
                _("Days"): one.days,
                _("As delivered"): one.default,
                _("At least"): one.at_least,
                _("Counts"): one.counts_from,
                _("Why"): one.law,
                _("Our own reason"): one.why,
            }
        )
        if not uow.actor.may("retention.edit") or not (one.is_deleted or one.kind == "backups"):
            return
        with st.form(f"period-{one.kind}", border=False, enter_to_submit=False):
            days = st.number_input(
                _("Days"), min_value=one.at_least, max_value=36500, value=one.days, key=f"days-{one.kind}"
            )
            why = st.text_input(_("Reason"), value=one.why, key=f"why-{one.kind}", max_chars=200)
            if st.form_submit_button(_("Save"), type="primary", icon=":material/save:"):
                commands.set_period(uow, one.kind, int(days), why)
                st.toast(_("Saved."), icon=":material/check_circle:")
                st.rerun()


def prepare_button(uow: UnitOfWork) -> None:
    """Look what is over now, and write the list for a second person."""
    if not uow.actor.may("retention.prepare"):
        return
    hint(_("Nothing is deleted by preparing a list. You see numbers of records, not people."))
    if st.button(_("Prepare a list"), key="prepare", icon=":material/playlist_add:"):
        with show_problems(), st.spinner(_("Looking at what is over…")):
            number = commands.record_list(uow, queries.due_now(uow))
            url.keep(id=number)
            st.rerun()


def list_rows(lists: Sequence[ListLine], titles: Mapping[str, str]) -> list[Row]:
    """The lists, the newest first."""
    return [
        Row(
            {
                "prepared": said(one.prepared_at),
                "by": one.prepared_by,
                "counts": _counted(one, titles),
                "state": chip(_(STATES[ListState(one.state)]), TONES[ListState(one.state)]),
                "decided": one.decided_by,
            },
            href=f"retention?id={one.id}",
        )
        for one in lists
    ]


def _counted(one: ListLine, titles: Mapping[str, str]) -> str:
    return " · ".join(f"{titles.get(kind, kind)} {count:,}" for kind, count in one.counts.items())


def decide_card(uow: UnitOfWork, one: ListLine, titles: Mapping[str, str]) -> None:
    """One list: the records behind each number, and the decision of the second person."""
    with card("list", _("List of {when}").format(when=said(one.prepared_at)), "delete_sweep"):
        facts(
            {
                _("State"): _(STATES[ListState(one.state)]),
                _("Prepared by"): one.prepared_by,
                _("Decided by"): one.decided_by,
                _("Reason"): one.why,
                **{titles.get(kind, kind): f"{count:,}" for kind, count in one.counts.items()},
                **{_(ITEM_STATES[ItemState(state)]): f"{count:,}" for state, count in one.done.items()},
            }
        )
        if one.state == ListState.PREPARED and uow.actor.may("retention.approve"):
            _decide(uow, one)
        _items(uow, one, titles)


def _decide(uow: UnitOfWork, one: ListLine) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"), show_problems():
        if st.button(
            _("Approve and delete"), key="approve-list", type="primary", icon=":material/delete_forever:"
        ):
            job = commands.approve(uow, one.id)
            st.query_params["job"] = str(job)
            st.rerun()
        with st.popover(_("Reject"), icon=":material/block:"):
            reason = st.text_input(_("Reason"), key="reject-why", max_chars=200)
            if st.button(_("Reject the list"), key="reject-list"):
                commands.reject(uow, one.id, reason)
                st.rerun()


def _items(uow: UnitOfWork, one: ListLine, titles: Mapping[str, str]) -> None:
    kind = url.choice(_("Kind of data"), "of", {k: titles.get(k, k) for k in one.counts})
    found = queries.items(uow, one.id, kind, url.text("after") or None)
    names = area_names(uow, [item.area for item in found.items])
    rows = [
        Row(
            {
                "about": item.about,
                "kind": titles.get(item.kind, item.kind),
                "area": names.get(item.area, item.area),
                "since": said(item.since),
                "state": chip(
                    _(ITEM_STATES[ItemState(item.state)]), ITEM_TONES[ItemState(item.state)], item.why
                ),
            },
            href=item.href,
        )
        for item in found.items
    ]
    columns = (
        Column("about", N_("Record"), "main"),
        Column("kind", N_("Kind of data")),
        Column("area", N_("Area")),
        Column("since", N_("Counted since"), "labelled"),
        Column("state", N_("State")),
    )
    table(columns, rows, key="items")
    url.pager(found, "items")


def holds_card(uow: UnitOfWork) -> None:
    """What must stay, a new hold on a person, and lifting one."""
    with card("holds", _("Holds"), "gavel"), show_problems():
        found = queries.holds(uow)
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                page = one.about_kind.lower()
                link(_("Open the record"), f"{page}?id={one.about_id}")
                until = _("until {day}").format(day=one.until) if one.until else _("until it is lifted")
                st.markdown(
                    f"{one.why}  \n:gray[{one.set_by} · {said(one.set_at)} · {until}]", width="stretch"
                )
                if st.button(_("Lift"), key=f"lift-{one.id}", type="tertiary"):
                    commands.lift_hold(uow, one.id)
                    st.rerun()
        if not found:
            empty(
                _("Nothing is held."),
                _("Hold a record that must stay though its time is over, such as for a dispute."),
            )
        if (number := url.number("hold")) is not None:
            _hold(uow, number)
        else:
            pick(
                uow.actor,
                "person",
                label=_("Hold a person's record"),
                page="pages/retention.py",
                parameter="hold",
            )


def _hold(uow: UnitOfWork, number: int) -> None:
    form = Form(f"hold-{number}")
    with st.form(form.key, border=False):
        values = form.ask([declared(Hold)[name] for name in ("why", "until")])
        if form.handed_in(_("Hold this record")):
            with form.saving(_("The record is held.")):
                commands.set_hold(uow, "Person", number, **values)
                url.keep(hold=None)
                st.rerun()
