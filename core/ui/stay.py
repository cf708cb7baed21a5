"""One period of a home: what is said of it, and the ways to put it right, each shown beforehand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from core.kernel.codes import codes
from core.kernel.fields import declared
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands
from core.people.models import Residence
from core.people.queries import Statement, StayLine
from core.ui.form import EARLIEST, Form, choose
from core.ui.happened import preview_and_save
from core.ui.pieces import card, coded, facts, hint, said
from core.ui.table import Column, Row, table
from core.ui.timeline import days
from core.ui.verify import verify_button

SAID = (
    Column("days", N_("Time"), "main"),
    Column("kind", N_("Lives there as")),
    Column("source", N_("Source")),
    Column("who", N_("Who"), "quiet"),
    Column("at", N_("Said on"), "quiet"),
    Column("reason", N_("Reason"), "wide"),
)
SAVE = N_("Save")


def stay_facts(stay: StayLine) -> None:
    """What is said now and who looked last."""
    looked = _("never")
    if stay.verified_at:
        by = stay.verified_by, coded("sources", stay.verified_from)
        looked = " · ".join(part for part in (said(stay.verified_at), *by) if part)
    facts(
        {
            _("Lives there as"): coded("residence_kind", stay.kind),
            _("Time"): days(stay.from_on, stay.to_on),
            _("Source"): coded("sources", stay.source),
            _("Verified"): looked,
        }
    )


def statements_table(statements: Sequence[Statement]) -> None:
    """What is said now and what was said before, newest first."""
    rows = [
        Row(
            {
                "days": days(one.from_on, one.to_on),
                "kind": coded("residence_kind", one.kind),
                "source": coded("sources", one.source),
                "who": one.who,
                "at": said(one.at) if one.at else _("loaded with the register"),
                "reason": one.reason,
            }
        )
        for one in statements
    ]
    table(SAID, rows, key="statements")


def verify_stay(uow: UnitOfWork, stay: StayLine) -> None:
    """Somebody looked, and it is so."""
    verify_button(
        lambda source: commands.confirm_residence(uow, stay.residence_id, source),
        key=f"stay-{stay.residence_id}",
    )


def put_right(uow: UnitOfWork, stay: StayLine) -> str:
    """Choose what was otherwise, see what would change, save; the name of what was done, else nothing."""
    ways = {name: words for name, (words, _act) in WAYS.items() if stay.to_on is None or name != "end"}
    with card("put_right", _("What was otherwise?"), "edit_calendar"):
        way = st.segmented_control(
            _("What was otherwise?"),
            list(ways),
            format_func=lambda name: _(ways[name]),
            key=f"stay-{stay.residence_id}-way",
            label_visibility="collapsed",
        )
        if way is None:
            hint(_("What was said before stays in the history, and every correction can be taken back."))
            return ""
        _words, act = WAYS[way]
        return way if act(uow, stay, Form(f"{way}-{stay.residence_id}", seen=stay.version)) else ""


def _correct(uow: UnitOfWork, stay: StayLine, form: Form) -> bool:
    fields = [declared(Residence)[name] for name in ("kind", "from_on", "to_on")]
    values = form.ask(fields, {"kind": stay.kind, "from_on": stay.from_on, "to_on": stay.to_on})
    source, reason = _known(form)
    told = {**values, "source": source, "reason": reason, "seen": form.seen}
    return bool(preview_and_save(uow, form, _(SAVE), commands.correct_residence, stay.residence_id, **told))


def _split(uow: UnitOfWork, stay: StayLine, form: Form) -> bool:
    hint(
        _("The same home, but from one day on as something else: a tenant who bought it, a guest who stayed.")
    )
    day = _day(form, _("From that day on"))
    others = {code: name for code, name in _kinds().items() if code != stay.kind}
    kind = choose(_("Lives there as"), others, f"{form.key}-kind", next(iter(others)))
    about = (stay.residence_id, day, kind, *_known(form))
    return bool(preview_and_save(uow, form, _(SAVE), commands.split_residence, *about))


def _end(uow: UnitOfWork, stay: StayLine, form: Form) -> bool:
    about = (stay.residence_id, _day(form, _("Last day")), *_known(form))
    return bool(preview_and_save(uow, form, _(SAVE), commands.end_residence, *about))


def _withdraw(uow: UnitOfWork, stay: StayLine, form: Form) -> bool:
    hint(_("Only when this person never lived there, such as after a mix-up of names."))
    reason = st.text_input(_("Reason"), key=f"{form.key}-reason", max_chars=200)
    about = (stay.residence_id, reason)
    return bool(preview_and_save(uow, form, _("Withdraw"), commands.withdraw_residence, *about))


WAYS: Mapping[str, tuple[str, Callable[[UnitOfWork, StayLine, Form], bool]]] = {
    "correct": (N_("The days or the kind"), _correct),
    "split": (N_("It changed on a day"), _split),
    "end": (N_("It has ended"), _end),
    "withdraw": (N_("It was never so"), _withdraw),
}
"""What was otherwise -> the words for it and its form."""


def _kinds() -> dict[str, str]:
    return dict(codes("residence_kind", lang=language.get()))


def _day(form: Form, label: str) -> date:
    chosen = st.date_input(
        label,
        key=f"{form.key}-day",
        value=date.today(),
        min_value=EARLIEST,
        max_value=date.today(),
        format="YYYY-MM-DD",
    )
    return chosen or date.today()


def _known(form: Form) -> tuple[str, str]:
    """Who says so, and why."""
    names = codes("sources", lang=language.get())
    with st.grid(min_column_width=200, gap="small"):
        source = choose(_("How do you know?"), names, f"{form.key}-source", "visit")
        reason = st.text_input(_("Reason"), key=f"{form.key}-reason", max_chars=200)
    return source, reason
