"""The parts of the pages about requests and consents."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from core.kernel.codes import codes
from core.kernel.fields import declared
from core.kernel.i18n import _, language
from core.kernel.unit_of_work import UnitOfWork
from core.rights import commands, queries
from core.rights.models import Consent, SubjectRequest
from core.rights.queries import RequestDetail, RequestLine
from core.selfservice.queries import parts_known
from core.ui import url
from core.ui.find import pick
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.photos import photos, saving_link
from core.ui.pieces import card, coded, empty, facts, hint, link, said
from core.ui.table import Row, chip

STATES = {"open": "info", "answered": "ok", "refused": "warn", "withdrawn": ""}
CHANGES = ("correct", "supplement", "object")
"""Requests that may end in a change of the record."""
FIELDS = ("kind", "name", "received_on", "channel", "wish")


def _state(one: RequestLine) -> list[dict[str, str]]:
    marks = [chip(coded("request_state", one.state), STATES.get(one.state, ""))]
    if one.urgency == "overdue":
        marks.append(chip(_("overdue"), "bad"))
    return [*marks, chip(_("due soon"), "warn")] if one.urgency == "soon" else marks


def request_row(one: RequestLine) -> Row:
    """A request in the list."""
    return Row(
        {
            "name": one.name,
            "kind": coded("request_kind", one.kind),
            "received": said(one.received_on),
            "due": said(one.due_on),
            "state": _state(one),
            "handler": one.handler,
        },
        href=f"requests?id={one.id}",
    )


def request_card(uow: UnitOfWork, one: RequestDetail) -> None:
    """One request with its documents."""
    with card("request", f"{one.name} · {coded('request_kind', one.kind)}", "contact_mail"):
        facts(
            {
                _("State"): coded("request_state", one.state),
                _("Received on"): one.received_on,
                _("Due on"): one.due_on,
                _("How it came"): coded("request_channel", one.channel),
                _("Handled by"): one.handler,
                _("About which part"): parts_known().get(one.part, one.part),
                _("What is asked for"): one.wish,
                _("What was answered"): one.decision,
                _("Why it is refused"): one.refusal,
                _("Decided"): f"{said(one.decided_at)} {one.decided_by}" if one.decided_at else None,
            }
        )
        if one.person_id:
            link(_("Open the profile"), f"person?id={one.person_id}", "person")
            if one.state == "open" and one.kind in CHANGES and uow.actor.may("person.edit"):
                link(_("Correct the record"), f"person_edit?id={one.person_id}", "edit")
        paper = _("Print the receipt") if one.state == "open" else _("Print the answer")
        st.link_button(paper, f"/papers/answer/{one.id}", icon=":material/print:")
        if one.state == "open" and uow.actor.may("request.edit"):
            _edit(uow, one)
    photos(uow, "SubjectRequest", one.id, page="requests", usual="document")


def _edit(uow: UnitOfWork, one: RequestDetail) -> None:
    with st.expander(_("Correct"), icon=":material/edit:"):
        form = Form(f"request-{one.id}", seen=one.version)
        form.current = one.version
        with st.form(form.key, border=False):
            known = declared(SubjectRequest)
            values = form.ask([known[n] for n in FIELDS], {n: getattr(one, n) for n in FIELDS})
            if form.handed_in(_("Save")):
                with form.saving(_("Saved.")):
                    commands.edit_request(uow, one.id, seen=form.seen, **values)
                    st.rerun()


def decide_form(uow: UnitOfWork, one: RequestDetail) -> None:
    """How the request ends: answered, or refused with its reason."""
    if one.state != "open" or not uow.actor.may("request.decide"):
        return
    ends = {
        code: name for code, name in codes("request_state", lang=language.get()).items() if code != "open"
    }
    form = Form(f"decide-{one.id}")
    with card("decide", _("Decide"), "gavel"), st.form(form.key, border=False):
        state = st.radio(
            _("How it ends"),
            list(ends),
            format_func=lambda c: ends[c],
            horizontal=True,
            key=f"{form.key}-state",
        )
        known = declared(SubjectRequest)
        values = form.ask([known["decision"], known["refusal"]], grouped=False)
        hint(_("A refusal needs its reason; the person may complain or go to court (个人信息保护法 50)."))
        if form.handed_in(_("Decide")):
            with form.saving(_("Decided.")):
                commands.decide(uow, one.id, str(state), **values)
                st.rerun()


def copy_card(uow: UnitOfWork, one: RequestDetail) -> None:
    """The copy of what is held, for a reason, as an archive to hand over."""
    if not one.person_id or not uow.actor.may("subject.export"):
        return
    key = f"copy-{one.id}"
    with card("copy", _("What is held about this person"), "download"):
        with st.form(f"{key}-why", border=False):
            reason = st.text_input(_("Reason"), key=f"{key}-reason", max_chars=100, value=one.wish[:100])
            hint(
                _(
                    "Everything in full, with who looked. Your name, the time and the reason go into the audit log."
                )
            )
            if st.form_submit_button(_("Make the copy"), icon=":material/folder_zip:"):
                with show_problems():
                    st.session_state[key] = commands.export_held(uow, one.person_id, reason)
        if grant := st.session_state.pop(key, ""):
            address = f"/api/held/{one.person_id}?{urlencode({'grant': grant})}"
            saving_link(_("Save the copy (good for five minutes)"), address)


def new_request(uow: UnitOfWork, person_id: int | None) -> None:
    """Take a request in; about a person of the register when they were found."""
    if person_id is None:
        pick(uow.actor, "person", label=_("Whose data"), page="pages/requests.py", parameter="person")
        hint(_("Somebody who is not in the register may ask too: leave this empty."))
    else:
        link(_("Open the profile"), f"person?id={person_id}", "person")
    form = Form(f"request-new-{person_id}")
    with st.form(form.key, border=False):
        known = declared(SubjectRequest)
        values = form.ask([known[name] for name in FIELDS], {"received_on": date.today()}, grouped=False)
        if form.handed_in(_("Take it in")):
            with form.saving(_("Taken in. The answer is due in 30 days.")):
                number = commands.add_request(uow, person_id=person_id, **values)
                url.keep(id=number, person=None)
                st.rerun()


def consents_card(uow: UnitOfWork, kind: str, number: int) -> None:
    """What somebody agreed to; record and withdraw."""
    if not uow.actor.may("consent.view"):
        return
    with card(f"consents_{number}", _("Consents"), "handshake"), show_problems():
        found = queries.consents(uow, kind, number)
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                over = _("withdrawn {day}").format(day=one.withdrawn_on) if one.withdrawn_on else ""
                how = coded("request_channel", one.channel)
                label = f"**{one.title}** v{one.version_no}  \n:gray[{one.given_on} · {how} {over}]"
                st.markdown(label, width="stretch")
                if uow.actor.may("consent.record") and not one.withdrawn_on:
                    st.button(
                        _("Withdraw the consent"),
                        key=f"consent-{one.id}",
                        type="tertiary",
                        on_click=commands.withdraw_consent,
                        args=(uow, one.id),
                    )
        if not found:
            hint(_("Nobody has recorded a consent yet."))
        if uow.actor.may("consent.record"):
            _consent(uow, kind, number)


def _consent(uow: UnitOfWork, kind: str, number: int) -> None:
    texts = queries.current_texts(uow)
    if not texts:
        empty(_("No text is in force."), _("A lead drafts one, the security administrator approves it."))
        return
    with st.popover(_("Record a consent"), icon=":material/handshake:"):
        form = Form(f"consent-{kind}-{number}")
        with st.form(form.key, border=False):
            text = st.selectbox(
                _("Text"), list(texts), format_func=lambda n: texts[n], key=f"{form.key}-text"
            )
            known = [declared(Consent)[name] for name in ("given_on", "channel")]
            values = form.ask(known, {"given_on": date.today()})
            if form.handed_in(_("Record")):
                with form.saving(_("Recorded.")):
                    commands.record_consent(uow, kind, number, text_id=int(text), **values)
                    st.rerun()
