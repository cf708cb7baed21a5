"""The parts of the page of consent texts."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import LANGUAGES, _
from core.kernel.unit_of_work import UnitOfWork
from core.rights import commands
from core.rights.models import ConsentText
from core.rights.queries import TextLine
from core.rights.rules import compared
from core.ui.form import Form
from core.ui.page import show_problems
from core.ui.pieces import card, facts, hint, said
from core.ui.table import Row, chip

FIELDS = ("title", "text", "valid_from")


def text_row(one: TextLine) -> Row:
    """A version in the list."""
    return Row(
        {
            "title": one.title,
            "version": one.version_no,
            "language": LANGUAGES.get(one.language, one.language),
            "state": chip(_("published"), "ok") if one.is_published else chip(_("draft"), "warn"),
            "valid": said(one.valid_from) if one.valid_from else None,
            "approved": one.approved_by,
            "consents": one.consents,
        },
        href=f"consents?id={one.id}",
    )


def text_card(uow: UnitOfWork, one: TextLine) -> None:
    """One version as people read it, and its approval."""
    with card("text", f"{one.title} v{one.version_no}", "handshake"):
        facts(
            {
                _("Language"): LANGUAGES.get(one.language, one.language),
                _("Valid from"): one.valid_from,
                _("Written by"): one.made_by,
                _("Approved by"): f"{one.approved_by} {said(one.approved_at)}" if one.is_published else None,
            }
        )
        st.markdown(one.text)
        if not one.is_published and uow.actor.may("consent.approve"):
            hint(_("Once published it never changes: people agree to exactly these words."))
            if st.button(_("Approve and publish"), key="publish", type="primary", icon=":material/verified:"):
                with show_problems():
                    commands.publish_text(uow, one.id)
                    st.rerun()


def compare(one: TextLine, others: Sequence[TextLine]) -> None:
    """Two versions side by side, and what differs line by line."""
    if not others:
        return
    names = {other.id: other for other in others}
    with card("compare", _("Compare with another version"), "difference"):
        number = st.selectbox(
            _("Version"),
            list(names),
            format_func=lambda n: f"v{names[n].version_no} {names[n].title}",
            key="against",
        )
        other = names[number]
        old, new = sorted((one, other), key=lambda text: text.version_no)
        left, right = st.columns(2)
        for side, text in ((left, old), (right, new)):
            with side:
                st.markdown(f"**v{text.version_no}**")
                st.markdown(text.text)
        lines = "".join(_line(sign, text) for sign, text in compared(old.text, new.text))
        st.html(f'<div class="compared">{lines}</div>')


def _line(sign: str, text: str) -> str:
    """One line of a comparison, in words for who sees no colour: - went, + came."""
    look = {"-": "gone", "+": "come"}.get(sign, "")
    return f'<div class="line {look}">{sign or "&nbsp;"} {escape(text)}</div>'


def draft_form(uow: UnitOfWork, like: TextLine | None) -> None:
    """A draft: corrected while it waits, or the next version, beginning with the words of the chosen one."""
    is_open = like is not None and not like.is_published
    form = Form(f"text-{like.id if like else 'new'}", seen=like.version if like and is_open else None)
    known = declared(ConsentText)
    with st.form(form.key, border=False):
        first = {} if like else form.ask([known["key"]])
        speaks = (
            None
            if like
            else st.selectbox(
                _("Language"), list(LANGUAGES), format_func=lambda c: LANGUAGES[c], key=f"{form.key}-language"
            )
        )
        shown = {n: getattr(like, n) for n in FIELDS if like and (is_open or n != "valid_from")}
        values = form.ask([known[n] for n in FIELDS], shown)
        if form.handed_in(_("Save the draft")):
            with form.saving(_("Saved. The security administrator approves it.")):
                if like and is_open:
                    commands.edit_text(uow, like.id, seen=form.seen, **values)
                else:
                    names = (
                        {"key": like.key, "language": like.language}
                        if like
                        else {**first, "language": speaks}
                    )
                    commands.draft_text(uow, **names, **values)
                st.rerun()
