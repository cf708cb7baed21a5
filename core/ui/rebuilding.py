"""Applications to build, pull down, split or merge: the list, what one changes, who goes where, and the answers."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.rebuilding import commands
from core.rebuilding.queries import ChangeDetail, ChangeLine, DoorLine, Whose
from core.rebuilding.rules import AWAY
from core.ui.form import Form
from core.ui.happened import preview_and_save
from core.ui.pieces import Tone, chips, coded, facts, hint, link, said
from core.ui.table import Column, Row, chip, table

TONES: dict[str, Tone] = {
    "applied": "info",
    "reviewed": "info",
    "returned": "warn",
    "effective": "ok",
    "refused": "bad",
    "withdrawn": "",
}
LIST = (
    Column("title", N_("What and where"), "main"),
    Column("state", N_("State")),
    Column("reason", N_("Reason"), "wide"),
    Column("who", N_("Applicant")),
    Column("when", N_("Applied on"), "quiet"),
)
DOORS = (
    Column("title", N_("House"), "main"),
    Column("code", N_("House code"), "code"),
    Column("n", N_("Residents"), "number"),
)
STEPS = (
    Column("step", N_("Step"), "main"),
    Column("who", N_("Who")),
    Column("at", N_("When")),
    Column("said", N_("What they said"), "wide"),
)
NEW = ("road", "number", "estate", "name", "floors", "units", "use", "structure")
ANSWERS = {"pass": N_("Pass"), "return": N_("Return to be corrected"), "refuse": N_("Refuse")}


def changes_table(found: Sequence[ChangeLine]) -> None:
    """A list of applications."""
    rows = [
        Row(
            {
                "title": one.title,
                "state": chip(coded("rebuilding_state", one.state), TONES.get(one.state, "")),
                "reason": one.reason,
                "who": one.applicant_name or one.applicant,
                "when": said(one.applied_at),
            },
            href=f"rebuilding?id={one.id}",
        )
        for one in found
    ]
    table(LIST, rows, key="changes")


# --- one application ------------------------------------------------------------------------------------------


def change_facts(one: ChangeDetail) -> None:
    """State, reason and who applied when."""
    chips([(coded("rebuilding_state", one.state), TONES.get(one.state, ""), _("State"))])
    facts(
        {
            _("Kind"): coded("rebuilding_kind", one.kind),
            _("Reason"): one.reason,
            _("Day of the change"): one.happened_on,
            _("Applicant"): one.applicant_name or one.applicant,
            _("Applied on"): one.applied_at,
            _("Building"): one.building or said(one.facts.get("address") or one.facts.get("spot")),
        }
    )


def doors_tables(one: ChangeDetail) -> None:
    """What is closed and what takes its place."""
    is_done = one.state == "effective"
    if one.old:
        hint(
            _("Closed; the codes are never given again:")
            if is_done
            else _("These close; their codes are never given again:")
        )
        table(DOORS, [_door(line) for line in one.old], key="old")
    if one.new:
        hint(_("In their place:") if one.old else _("New:"))
        table(DOORS, [_door(line) for line in one.new], key="new")
    if one.is_whole and not is_done:
        hint(_("The building itself closes, too."))
    if one.old:
        hint(_("Register entries, components and photos stay with the old houses: look them through."))


def _door(line: DoorLine) -> Row:
    cells = {"title": line.title, "code": line.code or None, "n": line.residents or None}
    return Row(cells, href=f"house?id={line.id}" if line.id else "")


def steps_table(one: ChangeDetail) -> None:
    """Every step with who took it and what they said."""
    rows = [
        Row(
            {
                "step": coded("rebuilding_step", s.step),
                "who": s.name or s.who,
                "at": said(s.at),
                "said": s.said or None,
            }
        )
        for s in reversed(one.steps)
    ]
    table(STEPS, rows, key="steps-taken")


def who_goes_where(uow: UnitOfWork, one: ChangeDetail) -> None:
    """Each household, person and organisation with the place where they go; saved for everybody at once."""
    places = {str(n): line.title for n, line in enumerate(one.new)}
    form = Form(f"stays-{one.id}", seen=one.version)
    form.current = one.version
    with st.form(form.key, border=False):
        chosen = {each.key: _place(each, places, form.key) for each in one.whose}
        for each in one.whose:
            link(each.title, each.href, "open_in_new")
        saved = "assign" in one.may and st.form_submit_button(
            _("Save"), type="primary", icon=":material/save:"
        )
    if saved:
        with form.saving(_("Saved.")):
            commands.assign(uow, one.id, chosen, form.seen)
            st.rerun()


def _place(each: Whose, places: Mapping[str, str], key: str) -> str:
    away = {} if each.kind == "organisation" else {AWAY: _("Moved away, out of this register")}
    names = {"": _("not decided yet"), **places, **away}
    options = list(names)
    index = options.index(each.place) if each.place in options else 0
    chosen = st.selectbox(
        _("{who} goes to").format(who=each.title),
        options,
        index,
        format_func=lambda p: names[p],
        key=f"{key}-{each.key}",
    )
    return str(chosen or "")


def answers(uow: UnitOfWork, one: ChangeDetail) -> None:
    """What this reader may do now: review, decide, withdraw, take back."""
    if "review" in one.may:
        _review(uow, one)
    if "decide" in one.may:
        _decide(uow, one)
    with st.container(horizontal=True):
        if "amend" in one.may and one.state == "returned":
            link(_("Correct and hand in again"), f"rebuilding_new?id={one.id}", "edit")
        if "withdraw" in one.may:
            _with_reason(_("Withdraw"), "cancel", one, lambda why: commands.withdraw(uow, one.id, why))
        if "take_back" in one.may:
            _with_reason(_("Take back"), "undo", one, lambda why: commands.take_back(uow, one.id, why))


def _review(uow: UnitOfWork, one: ChangeDetail) -> None:
    form = Form(f"review-{one.id}", seen=one.version)
    answer, why = _answer(form, _("The community reviews"))
    if st.button(_("Hand in"), type="primary", icon=":material/gavel:", key=f"{form.key}:go"):
        with form.saving(_("Saved.")):
            commands.review(uow, one.id, answer, why, form.seen)
            st.rerun()


def _decide(uow: UnitOfWork, one: ChangeDetail) -> None:
    """The street: what passes is shown beforehand and takes effect at once."""
    form = Form(f"decide-{one.id}", seen=one.version)
    answer, why = _answer(form, _("The street approves"))
    if answer == "pass":
        hint(_("What passes takes effect at once, all of it or nothing."))
        label = _("Approve and put into effect")
        if preview_and_save(uow, form, label, commands.decide, one.id, answer, why, seen=form.seen):
            st.rerun()
    elif st.button(_("Hand in"), type="primary", icon=":material/gavel:", key=f"{form.key}:go"):
        with form.saving(_("Saved.")):
            commands.decide(uow, one.id, answer, why, seen=form.seen)
            st.rerun()


def _answer(form: Form, label: str) -> tuple[str, str]:
    answer = st.radio(
        label, list(ANSWERS), format_func=lambda a: _(ANSWERS[a]), key=f"{form.key}-answer", horizontal=True
    )
    why = st.text_input(
        _("Remark"), key=f"{form.key}-said", max_chars=200, placeholder=_("Needed when it does not pass")
    )
    form.slots["said"] = st.empty()
    return str(answer), why


def _with_reason(label: str, icon: str, one: ChangeDetail, act: Any) -> None:
    form = Form(f"{icon}-{one.id}")
    with st.popover(label, icon=f":material/{icon}:"):
        why = st.text_input(_("Reason"), key=f"{form.key}-why", max_chars=200)
        if st.button(label, type="primary", key=f"{form.key}:go"):
            with form.saving(_("Saved.")):
                act(why)
                st.rerun()
