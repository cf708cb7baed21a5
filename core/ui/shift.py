"""One's own shift on a phone: beginning it, ending it, and the phone that tells where it is meanwhile."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.staff import commands
from core.staff.queries import Own, ShiftLine
from core.ui.assets import STATIC, module
from core.ui.page import show_problems
from core.ui.pieces import facts, hint, said

WORDS = (
    N_("Your position is being shared; keep this page open."),
    N_("Waiting for the phone's position…"),
    N_("Last told at {time}"),
    N_("{n} waiting for the net"),
    N_("The phone does not share its position. Allow it for this page in the browser's settings."),
    N_("The phone finds no position here. It goes on trying."),
    N_("This browser shares positions over https only. Ask the system administrator for the https address."),
    N_("The shift is over. Nothing is told any more."),
)
USUAL, WIDE = 8, 420

_PHONE = st.components.v2.component(
    "lingrid_shift",
    html='<div class="shift" role="status">\n</div>',
    css=(STATIC / "shift.css").read_text(encoding="utf-8"),
    js=module("shift.mjs"),
)


def shift_now(uow: UnitOfWork, own: Own) -> None:
    """The shift one is on and the way to end it, or the way to begin one."""
    if own.shift is None:
        hint(_("You are not on a shift: nobody sees where you are, and nothing is kept."))
        _begin(uow, own)
        return
    facts({_("Begun"): own.shift.started_at, _("Ends by itself"): said(own.shift.ends_at)})
    _phone(own.shift)
    if st.button(_("End my shift"), key="end-shift", icon=":material/stop_circle:", width=WIDE):
        with show_problems():
            commands.end_shift(uow)
            st.rerun()


def _begin(uow: UnitOfWork, own: Own) -> None:
    hours = st.slider(
        _("Ends by itself after (hours)"),
        1,
        own.longest,
        min(USUAL, own.longest),
        key="shift-hours",
        width=WIDE,
    )
    if st.button(
        _("Begin my shift"), key="begin-shift", type="primary", icon=":material/play_circle:", width=WIDE
    ):
        with show_problems():
            commands.start_shift(uow, int(hours))
            st.rerun()


def _phone(shift: ShiftLine) -> None:
    begin, end = (at.timestamp() * 1000 for at in (shift.started_at, shift.ends_at))
    _PHONE(
        key=f"phone-{shift.id}",
        data={"startsAt": begin, "endsAt": end, "words": {text: _(text) for text in WORDS}},
    )
