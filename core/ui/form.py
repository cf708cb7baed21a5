"""Forms from field declarations: labels, choices, help, masks and messages stand on the model, once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import SQLModel
from streamlit.delta_generator import DeltaGenerator

from core.kernel.crypto import Sealed
from core.kernel.fields import CUSTOM, Declared
from core.kernel.forms import form_fields
from core.kernel.i18n import N_, _, language
from core.kernel.problems import Clash, Problem
from core.kernel.unit_of_work import UnitOfWork
from core.ui import widgets
from core.ui.pieces import link

WIDTH = 200
THERE = {
    "person_id": ("person", N_("Open that person"), "person"),
    "organisation_id": ("organisation", N_("Open that organisation"), "storefront"),
}
"""What a Clash may say beside its fields: the number of the record that is there already."""
EARLIEST, LATEST = date(1890, 1, 1), date(2100, 12, 31)


def asked(uow: UnitOfWork, model: type[SQLModel], only: Sequence[str] = (), area: str = "") -> list[Declared]:
    """The fields a form asks of this actor: declared, switched on at the place, the office's own, and permitted.

    `only` names the declared ones that are wanted; the office's own come in any case.
    """
    return [
        known
        for known in form_fields(uow, model, area)
        if not only or known.name in only or known.name.startswith(CUSTOM)
    ]


class Form:
    """One form on a page. What was typed stays until it is saved; troubles appear under their fields."""

    def __init__(self, key: str, *, seen: int | None = None) -> None:
        self.key = key
        self.slots: dict[str, DeltaGenerator] = {}
        self.asked: dict[str, dict[str, str]] = {}
        if not any(str(name).startswith(f"{key}-") for name in st.session_state):
            st.session_state[f"{key}:seen"] = seen  # a new visit: the fields show this version
        self.seen: int | None = st.session_state.get(f"{key}:seen", seen)
        self.current = seen
        self.is_live = False
        self.lost: dict[str, str] = {}

    @contextmanager
    def frame(self, fields: Sequence[Declared]) -> Iterator[None]:
        """Where the fields stand: a form that is handed in as a whole, or an open card when something is picked by
        typing, for which the page must answer meanwhile."""
        self.is_live = any(known.facts.widget for known in fields)
        with st.container(border=True, key=f"{self.key}:card") if self.is_live else st.form(self.key):
            yield

    def ask(
        self,
        fields: Sequence[Declared],
        values: Mapping[str, Any] | None = None,
        prefix: str = "",
        *,
        grouped: bool = True,
        folded: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Ask for the fields under their headings, `folded` ones closed at first; values as Python has them."""
        given: dict[str, Any] = {}
        self.asked.setdefault(prefix, {}).update((known.name, _(known.label)) for known in fields)
        for group in dict.fromkeys(known.facts.group if grouped else "" for known in fields):
            members = [known for known in fields if not grouped or known.facts.group == group]
            with _heading(group, is_folded=group in folded), st.grid(min_column_width=WIDTH, gap="small"):
                for known in members:
                    with st.container(gap=None):
                        key = f"{self.key}-{prefix}{known.name}"
                        given[known.name] = ask(known, key, (values or {}).get(known.name))
                        self.slots[f"{prefix}{known.name}"] = st.empty()
        return given

    def handed_in(self, label: str) -> bool:
        """The button of the form; also true when somebody chose to save over the other's version. When a field was
        ended meanwhile, the first press only tells what was typed there. Everything has been asked by now."""
        self._miss()
        if self.is_live:
            pressed = st.button(label, type="primary", icon=":material/save:", key=f"{self.key}:save")
        else:
            pressed = st.form_submit_button(label, type="primary", icon=":material/save:")
        again = bool(st.session_state.pop(f"{self.key}:again", False))
        return (pressed or again) and not self.lost

    def _miss(self) -> None:
        """Say which fields are gone since the form was opened, and keep what was typed into them."""
        kept, before = f"{self.key}:gone", f"{self.key}:asked"
        known = st.session_state.get(before, {})
        for prefix, now in self.asked.items():
            for name, label in known.get(prefix, {}).items():
                typed = st.session_state.get(f"{self.key}-{prefix}{name}")
                if name not in now and typed not in (None, "", False):
                    self.lost[label] = str(typed)
        st.session_state[before] = self.asked
        told = st.session_state.get(kept, {}) | self.lost
        if told:
            st.session_state[kept] = told
            said = _("These fields were ended while the form was open. What was typed there is not saved:")
            rest = "\n".join(f"- {label}: {typed}" for label, typed in told.items())
            after = _("Everything else is kept: save once more.")
            st.warning(f"{said}\n\n{rest}\n\n{after}")

    @contextmanager
    def saving(self, message: str) -> Iterator[None]:
        """Run the command: a toast when it is done, a sentence at the field when it cannot be."""
        try:
            yield
        except Clash as clash:
            self._complain(clash)
            if clash.differences:
                self._choose(clash)
        except Problem as trouble:
            self._complain(trouble)
        else:
            self.forget()
            st.toast(message, icon=":material/check_circle:")

    def forget(self) -> None:
        """Start anew: the next time the form shows what is saved."""
        for name in [n for n in st.session_state if str(n).startswith((f"{self.key}-", f"{self.key}:"))]:
            del st.session_state[name]

    def _complain(self, trouble: Problem) -> None:
        st.error(trouble.sentence, icon=":material/error:")
        for name, sentence in trouble.fields.items():
            if slot := self.slots.get(name):
                slot.markdown(f":red[:material/error: {sentence}]")
            elif name in THERE:
                page, label, icon = THERE[name]
                link(_(label), f"{page}?id={sentence}", icon)
            elif sentence and sentence != trouble.sentence:
                st.caption(f"• {sentence}")

    def _choose(self, clash: Clash) -> None:
        """Two people saved one record: show both versions; nothing typed is lost."""
        labels = (_("Field"), _("Yours"), _("Saved meanwhile"))
        rows = [f"| {d.label} | {d.yours} | {d.theirs} |" for d in clash.differences.values()]
        st.markdown("\n".join([f"| {' | '.join(labels)} |", "|---|---|---|", *rows]))
        with st.container(horizontal=True):
            st.button(_("Save mine"), key=f"{self.key}:mine", on_click=self._mine, icon=":material/upload:")
            st.button(
                _("Take theirs"), key=f"{self.key}:theirs", on_click=self.forget, icon=":material/download:"
            )

    def _mine(self) -> None:
        st.session_state[f"{self.key}:seen"] = self.current
        st.session_state[f"{self.key}:again"] = True


def _heading(group: str, *, is_folded: bool) -> DeltaGenerator:
    """Where the fields of a group stand."""
    if group and is_folded:
        return st.expander(_(group))
    if group:
        st.markdown(f"**{_(group)}**")
    return st.container()


WIDGETS = {
    "person": widgets.pick,
    "house": widgets.pick,
    "place": widgets.place,
    "picture": widgets.picture,
}


def ask(known: Declared, key: str, value: Any) -> Any:
    """One widget for one field; None or "" when it was left empty."""
    label = _(known.label) + (" *" if known.required else "")
    tip, off = _help(known), bool(known.keeper)
    value = known.default if value is None and not known.required else value
    if known.kind is Sealed:
        shown = _("Kept: {masked}. Leave empty to keep it.").format(masked=value) if value else None
        typed = st.text_input(label, key=key, help=tip, placeholder=shown, autocomplete="off", disabled=off)
        return typed.strip() or None
    if known.facts.widget in WIDGETS and not off:
        return WIDGETS[known.facts.widget](known, key, label, value, tip)
    if known.choices():
        names, must = known.offered(language.get(), value), bool(known.default)
        return choose(label, names, key, value, tip, required=must, off=off)
    if known.kind is bool:
        return st.toggle(label, key=key, value=bool(value), help=tip, disabled=off)
    if known.kind is date:
        return st.date_input(
            label,
            key=key,
            value=value,
            help=tip,
            min_value=EARLIEST,
            max_value=LATEST,
            format="YYYY-MM-DD",
            disabled=off,
        )
    if known.kind in (int, float):
        number = known.kind
        now = None if value is None else number(value)
        return st.number_input(label, key=key, value=now, step=number(1), help=tip, disabled=off)
    text: dict[str, Any] = {"key": key, "value": value or "", "max_chars": known.longest, "help": tip}
    if known.facts.long:
        return st.text_area(label, **text, height=96, disabled=off)
    return st.text_input(label, **text, autocomplete="off", disabled=off)


def _help(known: Declared) -> str | None:
    """What is said about a field: its explanation, and who keeps it when others do."""
    kept = _("Kept by {line}: propose a change.").format(line=known.keeper) if known.keeper else ""
    return " ".join(said for said in (_(known.facts.help), kept) if said) or None


def choose(
    label: str,
    names: Mapping[str, str],
    key: str,
    value: str | None,
    tip: str | None = None,
    *,
    required: bool = True,
    off: bool = False,
) -> str:
    """A choice among codes by their names; the empty choice only where the field may stay empty."""
    options = list(names) if required else ["", *names]
    index = options.index(value) if value in options else 0
    chosen = st.selectbox(
        label,
        options,
        index=index,
        key=key,
        help=tip,
        format_func=lambda c: names.get(c, "—"),
        disabled=off,
    )
    return chosen or ""
