"""What happened to a person, household or house: the way to each screen, and what all these screens share."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.kernel.problems import Problem
from core.kernel.undo import rehearse
from core.kernel.unit_of_work import UnitOfWork
from core.people.queries import MemberLine
from core.people.queries.told import tell
from core.people.rules import to_new_head
from core.ui.form import Form, choose
from core.ui.pieces import card, hint
from core.ui.table import Column, Row, table

P = ParamSpec("P")
R = TypeVar("R")
WAYS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "person": (
        ("birth", N_("A child was born"), "child_care"),
        ("death", N_("Died"), "deceased"),
        ("move_out", N_("Moved away or to another house"), "logout"),
        ("move_in", N_("Came to live in a house"), "login"),
        ("household_split", N_("Founds a household of their own"), "call_split"),
    ),
    "household": (
        ("birth", N_("A child was born"), "child_care"),
        ("move_out", N_("Moved away or to another house"), "logout"),
        ("household_split", N_("Part of it becomes a household"), "call_split"),
        ("household_merge", N_("Another household joins"), "merge"),
    ),
    "house": (
        ("move_in", N_("Somebody moved in"), "login"),
        ("move_out", N_("Somebody moved out"), "logout"),
        ("household_new", N_("Enter a household"), "group_add"),
        ("person_edit", N_("Add a person"), "person_add"),
    ),
}
"""About what -> page, words and icon of what can have happened."""
STEPS = (
    Column("about", N_("Whom or what"), "main"),
    Column("change", N_("Before → after"), "wide"),
)


def happened_menu(uow: UnitOfWork, about: str, record_id: int, leave_out: Sequence[str] = ()) -> None:
    """Everything that can have happened, as links that know whom it is about."""
    if not uow.actor.may("household.edit"):
        return
    with st.popover(_("What happened?"), icon=":material/event_note:"):
        for page, words, icon in WAYS[about]:
            if page not in leave_out:
                st.page_link(
                    f"pages/{page}.py",
                    label=_(words),
                    icon=f":material/{icon}:",
                    query_params={about: str(record_id)},
                    width="stretch",
                )


def succession(staying: Sequence[MemberLine], key: str) -> tuple[int | None, dict[int, str]]:
    """Who of those who stay becomes the head, and what each of the others is to them, with a proposal where the old
    relations tell it."""
    if not staying:
        return None, {}
    names = {member.id: member.name for member in staying}
    head = st.selectbox(_("New head"), list(names), format_func=lambda m: names[m], key=f"{key}-head")
    new = next(member for member in staying if member.id == head)
    return head, relations_to(new, [m for m in staying if m.id != head], key)


def relations_to(head: MemberLine, others: Sequence[MemberLine], key: str) -> dict[int, str]:
    """What each of the others is to a new head."""
    kinds = {
        code: name
        for code, name in codes("gbt4761_family_relation", lang=language.get()).items()
        if code > "02"
    }
    with st.grid(min_column_width=200, gap="small"):
        return {
            member.id: choose(
                _("{name} is to the new head").format(name=member.name),
                kinds,
                f"{key}-{head.id}-{member.id}",
                to_new_head(member.relation, head.relation, member.sex, head.sex),
                required=False,
            )
            for member in others
        }


def members_to_choose(
    members: Sequence[MemberLine], key: str, label: str, chosen: Sequence[int]
) -> list[int]:
    """Choose among the members of a household."""
    names = {m.id: f"{m.name} · {_relation(m)}" for m in members}
    picked = st.pills(
        label,
        list(names),
        default=[one for one in chosen if one in names],
        format_func=lambda m: names[m],
        selection_mode="multi",
        key=f"{key}-who",
    )
    return list(picked)


def _relation(member: MemberLine) -> str:
    known: Mapping[str, str] = codes("gbt4761_family_relation", lang=language.get())
    return known.get(member.relation, "") or _("{n} years").format(n=member.age)


def preview_and_save(
    uow: UnitOfWork,
    form: Form,
    label: str,
    command: Callable[Concatenate[UnitOfWork, P], R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> list[R]:
    """Show what the command would change as things stand on the screen, and a button `label` that does it. The answer
    of the command stands in a list when it was done."""
    with card("preview", _("This will change"), "rule"):
        ready = _preview(uow, command, *args, **kwargs)
        pressed = st.button(
            label, key=f"{form.key}-save", type="primary", icon=":material/save:", disabled=not ready
        )
    done: list[R] = []
    if pressed:
        with form.saving(_("Saved.")):
            done.append(command(uow, *args, **kwargs))
    return done


def _preview(uow: UnitOfWork, command: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    try:
        lines = rehearse(uow, tell, command, *args, **kwargs)
    except Problem as trouble:
        hint(" ".join(dict.fromkeys((trouble.sentence, *trouble.fields.values()))))
        return False
    about: dict[str, list[str]] = {}
    for one in lines:
        about.setdefault(f"{one.kind} {one.about}", []).append(f"{one.label} {one.before} → {one.after}")
    rows = [Row({"about": name, "change": "；".join(changes)}) for name, changes in about.items()]
    table(STEPS, rows, key="steps")
    return True
