"""Who works in an organisation, and how it was found: the cards of staff and inspections on its profile."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.organisations import commands
from core.organisations import queries as organisations
from core.organisations.models import Inspection, Staff
from core.organisations.queries import OrganisationDetail
from core.ui.find import pick
from core.ui.form import Form
from core.ui.organisations import RESULTS, period
from core.ui.page import show_problems
from core.ui.pieces import card, coded, empty, hint, said
from core.ui.table import Column, Row, chip, table

YEAR = 365


def staff_card(uow: UnitOfWork, one: OrganisationDetail, *, edits: bool) -> None:
    """Who works there and who did."""
    with card("staff", _("Staff"), "badge"), show_problems():
        lines = organisations.staff_of(uow, one.id)
        columns = (
            Column("name", N_("Name"), "main"),
            Column("post", N_("Post")),
            Column("since", N_("From"), "labelled"),
            Column("until", N_("To"), "labelled"),
        )
        rows = [
            Row(
                {"name": s.name, "post": s.post, **period(s.from_on, s.to_on)},
                href=f"person?id={s.person_id}" if s.person_id else "",
            )
            for s in lines
        ]
        if rows:
            table(columns, rows, key="staff")
        else:
            empty(_("Nobody is named yet."), _("Add who is responsible on the spot, such as the manager."))
        if edits:
            with st.container(horizontal=True):
                _add_staff(uow, one)
                _end_staff(uow, {s.id: f"{s.name} {s.post}" for s in lines if s.to_on is None})


def _add_staff(uow: UnitOfWork, one: OrganisationDetail) -> None:
    with st.popover(_("Add somebody"), icon=":material/person_add:"):
        form = Form(f"staff-{one.id}")
        with st.form(form.key, border=False):
            values = form.ask(
                [d for n, d in declared(Staff).items() if n != "to_on"], {"from_on": date.today()}
            )
            if form.handed_in(_("Add")):
                with form.saving(_("Added.")):
                    commands.add_staff(uow, one.id, **values)
                    st.rerun()
        if uow.actor.may("person.view"):
            hint(_("Somebody registered here: search, then choose."))
            pick(
                uow.actor,
                "person",
                label=_("Person"),
                page="pages/organisation.py",
                parameter="staff",
                id=str(one.id),
            )


def _end_staff(uow: UnitOfWork, working: Mapping[int, str]) -> None:
    if not working:
        return
    with st.popover(_("Somebody left"), icon=":material/person_remove:"):
        who = st.selectbox(_("Who"), list(working), format_func=lambda key: working[key], key="staff-who")
        day = st.date_input(_("Last day"), value=date.today(), max_value=date.today(), key="staff-last")
        if st.button(_("Save"), key="staff-end", type="primary"):
            with show_problems():
                commands.end_staff(uow, who, day)
                st.rerun()


def inspections_card(uow: UnitOfWork, one: OrganisationDetail, *, edits: bool) -> None:
    """Every inspection, and when the next one is due."""
    with card("inspections", _("Inspections"), "fact_check"), show_problems():
        lines = organisations.inspections_of(uow, one.id)
        columns = (
            Column("on", N_("Inspected on"), "main"),
            Column("kind", N_("What was looked at")),
            Column("result", N_("Result")),
            Column("by", N_("Inspected by"), "quiet"),
            Column("due", N_("Next one due"), "labelled"),
            Column("note", N_("Note"), "wide"),
        )
        latest = {line.kind: line.id for line in reversed(lines)}
        rows = [
            Row(
                {
                    "on": said(line.inspected_on),
                    "kind": coded("inspection_kind", line.kind),
                    "result": chip(coded("inspection_result", line.result), RESULTS.get(line.result, "")),
                    "by": line.inspector,
                    "due": _due(line.next_due, is_open=one.state == "open" and latest[line.kind] == line.id),
                    "note": line.note,
                }
            )
            for line in lines
        ]
        if rows:
            table(columns, rows, key="inspections")
        else:
            empty(
                _("Nobody has inspected it yet."),
                _("Write the first inspection down, with the day of the next."),
            )
        if edits:
            _add_inspection(uow, one)


def _due(day: date | None, *, is_open: bool) -> dict[str, str] | None:
    """The day of the next look; red when it is past and still counts."""
    if day is None:
        return None
    return chip(said(day), "bad" if is_open and day < date.today() else "")


def _add_inspection(uow: UnitOfWork, one: OrganisationDetail) -> None:
    with st.popover(_("Write an inspection down"), icon=":material/add_task:"):
        form = Form(f"inspection-{one.id}")
        with st.form(form.key, border=False):
            today = date.today()
            values = form.ask(
                list(declared(Inspection).values()),
                {"inspected_on": today, "next_due": today + timedelta(days=YEAR)},
            )
            if form.handed_in(_("Save")):
                with form.saving(_("Saved.")):
                    commands.add_inspection(uow, one.id, **values)
                    st.rerun()


def new_staff(uow: UnitOfWork, one: OrganisationDetail, person_id: int | None) -> None:
    """Somebody registered was chosen by the search: ask for the post, then back to the profile."""
    if not person_id:
        return
    with card("new_staff", _("Works here"), "person_add"):
        form = Form(f"staff-{one.id}-{person_id}")
        with st.form(form.key, border=False):
            values = form.ask([declared(Staff)[n] for n in ("post", "from_on")], {"from_on": date.today()})
            is_head = st.toggle(_("Is the legal head"), key=f"{form.key}-head")
            saved = form.handed_in(_("Save"))
        done = False
        if saved:
            with form.saving(_("Saved.")):
                if is_head:
                    commands.name_representative(uow, one.id, person_id)
                if not is_head or values["post"]:
                    commands.add_staff(uow, one.id, person_id=person_id, **values)
                done = True
        if done:
            st.switch_page("pages/organisation.py", query_params={"id": str(one.id)})
