"""Change requests on the screen: the way to the form, what is open about a record, lists, and one to decide about."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core.kernel.fields import Declared
from core.kernel.forms import form_fields
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.proposals import commands, queries
from core.proposals.kinds import KINDS
from core.proposals.queries import ProposalDetail, ProposalLine
from core.ui.accounts import post_name
from core.ui.page import show_problems
from core.ui.pieces import Tone, card, chips, coded, facts, hint, link, said
from core.ui.table import Column, Row, chip, table

STATES = "proposal_state"
TONES: dict[str, Tone] = {"open": "warn", "asked": "info", "accepted": "ok", "partly": "ok", "refused": "bad"}
LIST = (
    Column("title", N_("Record"), "main"),
    Column("kind", N_("What")),
    Column("fields", N_("Fields")),
    Column("reason", N_("Reason"), "wide"),
    Column("who", N_("Proposed by")),
    Column("at", N_("Proposed at"), "code"),
    Column("state", N_("State")),
)
FIELDS = (
    Column("label", N_("Field"), "main"),
    Column("before", N_("Before")),
    Column("after", N_("After")),
    Column("now", N_("Changed meanwhile to")),
    Column("state", N_("State")),
)


def ways(uow: UnitOfWork, of: str, record_id: int) -> None:
    """On a record's page: the way to the form for who may not simply edit it, and what is open about it."""
    if not uow.actor.may("change.propose"):
        return
    with show_problems():
        if label := _label(uow, of):
            link(label, f"change?of={of}&id={record_id}", "edit_note")
        for one in queries.open_about(uow, of, record_id):
            said_so = _("Open proposal: {fields} ({who})").format(
                fields=one.fields, who=one.proposer_name or one.proposer
            )
            link(said_so, f"proposals?id={one.id}", "rule")


def _label(uow: UnitOfWork, of: str) -> str:
    """What the way to the form is called; "" for who edits every field on the ordinary page."""
    kind = KINDS[of]
    if uow.actor.side and uow.actor.may("record.line"):
        return _("Edit or propose")
    is_all_theirs = uow.actor.may(kind.edit) and not any(f.keeper for f in form_fields(uow, kind.model))
    return "" if is_all_theirs else _("Propose a change")


def kept(fields: Sequence[Declared]) -> list[Declared]:
    """The fields that the actor keeps, together under one heading."""
    return [replace(f, facts=replace(f.facts, group=N_("Fields that you keep"))) for f in fields]


def proposable(fields: Sequence[Declared]) -> list[Declared]:
    """Fields of other keepers as a form asks for them: open, with a word on who decides."""
    return [
        replace(f, keeper="", facts=replace(f.facts, help=_("{line} decides.").format(line=f.keeper)))
        for f in fields
    ]


def proposals_table(lines: Sequence[ProposalLine], *, key: str, view: str) -> None:
    """A page of proposals; a click opens one above the list."""
    rows = [
        Row(
            {
                "title": one.title,
                "kind": _(KINDS[one.of].title),
                "fields": one.fields,
                "reason": one.reason,
                "who": one.proposer_name or one.proposer,
                "at": said(one.proposed_at),
                "state": chip(coded(STATES, one.state), TONES.get(one.state, "")),
            },
            href=f"proposals?view={view}&id={one.id}",
        )
        for one in lines
    ]
    table(LIST, rows, key=key)


def proposal_card(uow: UnitOfWork, found: ProposalDetail) -> None:
    """One proposal side by side, with what the reader may do about it."""
    kind = KINDS[found.of]
    with card("proposal", found.title, kind.icon):
        marks: list[tuple[str, Tone, str]] = [(coded(STATES, found.state), TONES.get(found.state, ""), "")]
        if found.is_outdated:
            marks.append((_("The record says something else by now"), "bad", ""))
        chips(marks)
        told = {
            _("Reason"): found.reason,
            _("Proposed by"): f"{found.proposer_name or found.proposer} · "
            + post_name(*found.proposer_post.partition("/")[::2]),
            _("Proposed at"): found.proposed_at,
            _("Decided by the side of"): found.keepers,
        }
        more = {_("Question"): found.question, _("Answer"): found.answer, _("Decided by"): found.decided_by}
        more |= {_("Why it was decided so"): found.why}
        facts(told | {label: value for label, value in more.items() if value})
        _fields(found)
        if found.record_version is not None:
            link(_("Open the record"), kind.href(found.record_id), kind.icon)
        if found.is_open and found.may_decide:
            _decide(uow, found)
        if found.is_open and found.is_mine:
            _mine(uow, found)


def _fields(found: ProposalDetail) -> None:
    rows = [
        Row(
            {
                "label": row.label,
                "before": row.before,
                "after": chip(row.after, "info"),
                "now": chip(row.now, "bad") if row.now else None,
                "state": chip(coded(STATES, row.state), TONES.get(row.state, "")),
            }
        )
        for row in found.rows
    ]
    table(FIELDS, rows, key=f"fields-{found.id}")


def _decide(uow: UnitOfWork, found: ProposalDetail) -> None:
    """Tick the fields to accept; refusing and asking back need a word."""
    key = f"decide-{found.id}"
    with st.form(key, border=False):
        ticked = [
            row.name
            for row in found.rows
            if st.checkbox(f"{row.label}：{row.after}", value=not row.is_gone, key=f"{key}-{row.name}")
        ]
        words = st.text_input(
            _("Why, or what you want to know"),
            key=f"{key}-words",
            max_chars=200,
            help=_("Needed when something is refused, and for a question."),
        )
        with st.container(horizontal=True):
            takes = st.form_submit_button(_("Accept what is ticked"), type="primary", icon=":material/check:")
            refuses = st.form_submit_button(_("Refuse all"), icon=":material/close:")
            asks = st.form_submit_button(_("Ask back"), icon=":material/help:")
        hint(_("What is accepted is changed under your name, with the proposer in the history."))
    with show_problems():
        if takes or refuses:
            accepted = ticked if takes else []
            state = commands.decide(uow, found.id, accepted, reason=words, seen=found.record_version)
            _done(coded(STATES, state))
        if asks:
            commands.ask_back(uow, found.id, words)
            _done(_("Asked."))


def _mine(uow: UnitOfWork, found: ProposalDetail) -> None:
    """Answer a question, or take the proposal back."""
    with show_problems(), st.container(horizontal=True, vertical_alignment="bottom"):
        if found.state == "asked":
            words = st.text_input(_("Answer"), key=f"answer-{found.id}", max_chars=200)
            if st.button(
                _("Send the answer"), key=f"send-{found.id}", type="primary", icon=":material/send:"
            ):
                commands.answer(uow, found.id, words)
                _done(_("Sent."))
        if st.button(_("Withdraw"), key=f"withdraw-{found.id}", icon=":material/undo:"):
            commands.withdraw(uow, found.id)
            _done(_("Withdrawn."))


def _done(message: str) -> None:
    st.toast(message, icon=":material/check_circle:")
    st.rerun()
