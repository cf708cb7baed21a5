"""Two records of perhaps one person, side by side."""

from collections.abc import Sequence

import streamlit as st

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands
from core.people.queries import FieldPair, PairDetail, PersonDetail
from core.ui.form import Form
from core.ui.pieces import card, hint, link
from core.ui.profile import who

WITH_NUMBER = {"document_kind", "no_document_reason"}
"""These follow the document number."""
KEPT = {"home", "household"}
"""Facts of which one is chosen, too."""


def heads(pair: PairDetail, key: str = "") -> tuple[PersonDetail, PersonDetail]:
    """The two records; with a key, which of them stays is asked. Returns the one that stays and the one that goes."""
    both = (pair.one, pair.other)
    left, right = st.columns(2)
    for column, person, title in (
        (left, pair.one, _("First record")),
        (right, pair.other, _("Second record")),
    ):
        with column, card(f"record_{person.id}"):
            st.caption(title)
            who(person)
            link(_("Open the profile"), f"person?id={person.id}", "open_in_new")
    if not key:
        return both
    stays = st.radio(
        _("Which record stays?"),
        [0, 1],
        format_func=lambda n: (_("First record"), _("Second record"))[n],
        horizontal=True,
        key=f"{key}-stays",
    )
    return both[stays], both[1 - stays]


def choose_values(pair: PairDetail, stays: int, key: str) -> dict[str, str]:
    """For each field in which the two differ, which value is right; field -> "other" where it is the one that goes."""
    is_first = pair.one.id == stays
    fields = [one for one in pair.fields if not one.same and one.name not in WITH_NUMBER]
    fields += [one for one in pair.facts if one.name in KEPT and not one.same]
    if not fields:
        hint(_("Nothing differs."))
    keep = {}
    with st.grid(min_column_width=280, gap="small"):
        for one in fields:
            mine, other = (one.one, one.other) if is_first else (one.other, one.one)
            keep[one.name] = _choose(one, mine, other, f"{key}-{stays}-{one.name}")
    return keep


def _choose(one: FieldPair, mine: str, other: str, key: str) -> str:
    values = {"kept": mine, "other": other}
    usual = 1 if mine in ("", "—") else 0
    return st.radio(one.label, list(values), format_func=lambda v: values[v], index=usual, key=key) or "kept"


def facts_beside(pair: PairDetail) -> None:
    """What is the same on both, and how much hangs on each."""
    same = [one for one in pair.fields if one.same]
    if same:
        hint(
            _("The same on both: {fields}").format(fields="、".join(f"{one.label} {one.one}" for one in same))
        )
    hint("　".join(_hanging(pair.facts)))


def _hanging(facts: Sequence[FieldPair]) -> list[str]:
    return [f"{one.label} {one.one} / {one.other}" for one in facts if one.name not in KEPT]


def decide(uow: UnitOfWork, pair: PairDetail, reason: str, form: Form) -> None:
    """Two people after all, or later."""
    with st.container(horizontal=True):
        for decision, words, icon in (
            ("different", _("Two different people"), "group"),
            ("later", _("Later"), "schedule"),
            ("open", _("Open again"), "undo"),
        ):
            is_news = decision != pair.state
            if is_news and st.button(words, key=f"{form.key}-{decision}", icon=f":material/{icon}:"):
                with form.saving(_("Remembered.")):
                    commands.decide_pair(uow, pair.id, decision, reason)
                    st.switch_page("pages/duplicates.py")
    if pair.why:
        hint(_("{who} decided: {why}").format(who=pair.decided_by, why=pair.why))
