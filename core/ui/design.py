"""Designing registers and fields: the definition and its fields; each step is kept in the draft."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from core.designs import commands
from core.designs.queries import DesignDetail
from core.designs.rules import STANDS_AT, Body, FieldPlan
from core.kernel.access import roles
from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.kernel.ids import new_id
from core.kernel.problems import Problem
from core.kernel.unit_of_work import UnitOfWork
from core.ui import url
from core.ui.pieces import empty, hint

ICONS = (
    "list_alt", "home_work", "groups", "elderly", "child_care", "accessible", "volunteer_activism", "pets", "park",
    "construction", "local_fire_department", "bolt", "water_drop", "gas_meter", "two_wheeler", "directions_car",
    "storefront", "school", "recycling", "warning", "campaign", "handshake", "inventory", "key", "event_repeat",
    "stairs",
)  # fmt: skip
FLAGS = {
    "required": N_("Must be filled in"),
    "listed": N_("In the list"),
    "filtered": N_("As a filter"),
    "searched": N_("Found by the search"),
}


def change(uow: UnitOfWork, design: DesignDetail, **parts: Any) -> None:
    """Save the draft with some parts changed, and show it anew; a Problem becomes a sentence."""
    try:
        commands.save_draft(uow, design.id, design.version, design.draft.model_copy(update=parts))
    except Problem as trouble:
        st.error(trouble.sentence)
        return
    st.rerun()


# --- the whole register -----------------------------------------------------------------------------------


def whole_form(uow: UnitOfWork, design: DesignDetail) -> None:
    """Name, place, roles and explanation of a register."""
    form = st.form(f"whole-{design.id}-{design.version}", border=False)
    with form:
        icon = st.pills(
            _("Sign"),
            ICONS,
            default=design.draft.icon if design.draft.icon in ICONS else ICONS[0],
            key=f"d-icon-{design.version}",
            format_func=lambda name: f":material/{name}:",
        )
        with st.grid(min_column_width=220, gap="small"):
            parts = {**_named(design), **_placed(design), **_posted(design)}
        if st.form_submit_button(_("Save the draft"), icon=":material/save:"):
            change(uow, design, icon=icon or design.draft.icon, **parts)


def _named(design: DesignDetail) -> dict[str, Any]:
    """What a register and its entries are called."""
    draft, number = design.draft, design.version
    title = st.text_input(_("Name of the register"), draft.title, max_chars=40, key=f"d-title-{number}")
    about = st.text_input(_("What it is for"), draft.about, max_chars=200, key=f"d-about-{number}")
    label = st.text_input(
        _("Heading of the title"),
        draft.title_label,
        max_chars=20,
        key=f"d-label-{number}",
        help=_("Empty: an entry is called by its person or house."),
    )
    return {"title": title.strip(), "about": about.strip(), "title_label": label.strip()}


def _placed(design: DesignDetail) -> dict[str, Any]:
    """What an entry stands at, and when somebody must look again."""
    draft, number = design.draft, design.version
    stands = {name: _(label) for name, label in STANDS_AT.items()}
    days = {"": "—"} | {one.key: one.label for one in draft.open_fields if one.kind == "date"}
    at = st.multiselect(
        _("What an entry stands at"), list(stands), draft.at, key=f"d-at-{number}", format_func=_by(stands)
    )
    due = st.selectbox(
        _("Day of the next look"),
        list(days),
        _at(days, draft.due),
        key=f"d-due-{number}",
        format_func=_by(days),
    )
    return {"at": tuple(at), "due": due}


def _posted(design: DesignDetail) -> dict[str, Any]:
    """Who may see a register, and who may write in it."""
    draft, number = design.draft, design.version
    may = {name: role for name, role in roles().items() if "register.view" in role.may and not role.internal}
    posts = {name: _(role.title) for name, role in may.items()}
    asked = (("view", _("Who may see it"), draft.view), ("edit", _("Who may write in it"), draft.edit))
    return {
        name: tuple(
            st.multiselect(
                label, list(posts), _of(now, posts), key=f"d-{name}-{number}", format_func=_by(posts)
            )
        )
        for name, label, now in asked
    }


def _by(names: Mapping[str, str]) -> Callable[[str], str]:
    """How choices are shown: by their names."""
    return lambda key: names.get(key, key)


def _at(options: Any, value: str) -> int:
    return list(options).index(value) if value in options else 0


def _of(chosen: tuple[str, ...], known: Mapping[str, str]) -> list[str]:
    return [one for one in chosen if one in known]


# --- its fields -------------------------------------------------------------------------------------------


def fields_list(uow: UnitOfWork, design: DesignDetail) -> None:
    """The fields in their order; each can be opened, moved, ended or taken out of the draft."""
    kinds = codes("field_kind", lang=language.get())
    for place, plan in enumerate(design.draft.fields):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{plan.key}"):
            marks = " · ".join(_(label) for name, label in FLAGS.items() if getattr(plan, name))
            label = plan.label or _("No name yet")
            with st.container(gap=None, width="stretch"):
                st.page_link(
                    "pages/design.py",
                    label=f"~~{label}~~" if plan.ended else f"**{label}**",
                    query_params={"id": str(design.id), "field": plan.key},
                )
                st.caption(f"{kinds.get(plan.kind, plan.kind)} · {marks}")
            _move(uow, design, place, -1, "arrow_upward", _("Up"))
            _move(uow, design, place, 1, "arrow_downward", _("Down"))
    if not design.draft.fields:
        empty(_("No field yet."), _("Add the first one below; it appears in the preview at once."))
    if st.button(_("Add a field"), key=f"add-{design.id}", icon=":material/add:", type="primary"):
        key = f"x_{new_id():x}"
        url.keep(field=key)
        change(uow, design, fields=(*design.draft.fields, FieldPlan(key=key)))


def _move(uow: UnitOfWork, design: DesignDetail, place: int, step: int, icon: str, label: str) -> None:
    plans = list(design.draft.fields)
    key, other = f"move-{plans[place].key}-{step}", place + step
    if st.button(
        "",
        key=key,
        icon=f":material/{icon}:",
        help=label,
        type="tertiary",
        disabled=not 0 <= other < len(plans),
    ):
        plans[place], plans[other] = plans[other], plans[place]
        change(uow, design, fields=tuple(plans))


def field_form(uow: UnitOfWork, design: DesignDetail, plan: FieldPlan) -> None:
    """One field of the draft."""
    kinds, key = codes("field_kind", lang=language.get()), f"f-{plan.key}-{design.version}"
    is_held = plan.key in design.held
    with st.form(key, border=False):
        with st.grid(min_column_width=200, gap="small"):
            label = st.text_input(_("Label"), plan.label, max_chars=40, key=f"{key}-label")
            kind = st.selectbox(
                _("Kind of field"),
                list(kinds),
                _at(kinds, plan.kind),
                key=f"{key}-kind",
                format_func=_by(kinds),
            )
            label_en = st.text_input(_("Label in English"), plan.label_en, max_chars=60, key=f"{key}-en")
            told = st.text_input(_("Explanation"), plan.help, max_chars=200, key=f"{key}-help")
        options = st.text_area(
            _("Choices, one a line"),
            "\n".join(name for _code, name in plan.options),
            key=f"{key}-options",
            height=110,
        )
        names = dict(plan.options)
        over = st.multiselect(
            _("Choices that have ended"),
            list(names),
            list(plan.ended_options),
            key=f"{key}-over",
            format_func=_by(names),
        )
        with st.container(horizontal=True):
            flags = {n: st.checkbox(_(text), getattr(plan, n), key=f"{key}-{n}") for n, text in FLAGS.items()}
        if is_held:
            hint(_("This field holds data: its kind stays, and choices in use can be ended, not deleted."))
        if st.form_submit_button(_("Save the field"), type="primary", icon=":material/save:"):
            fresh = plan.model_copy(
                update={
                    "label": label.strip(), "kind": kind, "label_en": label_en.strip(), "help": told.strip(),
                    "options": choices(plan.options, options), "ended_options": tuple(over), **flags,
                }
            )  # fmt: skip
            change(uow, design, fields=_with(design.draft, fresh))
    _end(uow, design, plan)


def choices(before: tuple[tuple[str, str], ...], text: str) -> tuple[tuple[str, str], ...]:
    """The choices of a text, one a line. A name that was there keeps its code; one written over another takes it."""
    names = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    codes_of = {name: code for code, name in before}
    free = [code for code, name in before if name not in names]
    same_length = len(names) == len(before)
    last = max((int(code) for code, _name in before if code.isdecimal()), default=0)
    found: list[tuple[str, str]] = []
    for place, name in enumerate(names):
        code = codes_of.get(name, "")
        if not code and same_length and before[place][0] in free:
            code = before[place][0]
        if not code:
            last += 1
            code = str(last)
        found.append((code, name))
    return tuple(found)


def _with(draft: Body, fresh: FieldPlan) -> tuple[FieldPlan, ...]:
    return tuple(fresh if one.key == fresh.key else one for one in draft.fields)


def _end(uow: UnitOfWork, design: DesignDetail, plan: FieldPlan) -> None:
    """End a published field, or take a draft one away."""
    is_published = design.published.field(plan.key) is not None
    with st.container(horizontal=True):
        if not is_published and st.button(
            _("Delete the field"), key=f"del-{plan.key}", icon=":material/delete:"
        ):
            url.keep(field=None)
            change(uow, design, fields=tuple(one for one in design.draft.fields if one.key != plan.key))
        word = _("Use the field again") if plan.ended else _("End the field")
        if is_published and st.button(word, key=f"end-{plan.key}", icon=":material/block:"):
            change(uow, design, fields=_with(design.draft, plan.model_copy(update={"ended": not plan.ended})))
        if st.button(_("Back to all fields"), key=f"close-{plan.key}", icon=":material/arrow_back:"):
            url.keep(field=None)
            st.rerun()
