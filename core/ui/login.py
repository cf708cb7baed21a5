"""The sign-in, shown in place of the page that was asked for, and the change of a first or old password."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.accounts import door, passwords, queries
from core.kernel.access import Actor
from core.kernel.database import office
from core.kernel.i18n import N_, _
from core.kernel.problems import Problem
from core.ui import session
from core.ui.assets import STATIC
from core.ui.page import problem

OLD, NEW, AGAIN = "old_password", "new_password_1", "new_password_2"
RULE = N_("At least {count} characters, with three of: small letters, capital letters, digits, other signs.")


def _card(title: str, about: str) -> DeltaGenerator:
    """The framed box in the middle of an otherwise empty page."""
    box = st.container(key="login", horizontal_alignment="center")
    box.image(str(STATIC / "icon.svg"), width=48, alt="")
    box.title(title, anchor=False, text_alignment="center")
    box.caption(about, text_alignment="center")
    return box


def login_form() -> None:
    """Name and password, a provider where one is set, the sign-ins of the demo. The URL stays as it is."""
    with _card(_("LinGrid"), _("The register of people, homes and grids in your community")):
        with st.form("sign_in", border=False):
            login = st.text_input(_("Sign-in name"), key="login_name", max_chars=40, autocomplete="username")
            password = st.text_input(
                _("Password"),
                key="login_password",
                max_chars=passwords.LONGEST,
                type="password",
                autocomplete="current-password",
            )
            pressed = st.form_submit_button(_("Sign in"), key="login_button", type="primary", width="stretch")
        if pressed:
            _try(login or "", password or "")
        if told := session.refusal():
            problem(told)
        _openid()
        _demo()
        with st.container(horizontal=True, horizontal_alignment="center"):
            session.language_switch(None)


def _try(login: str, password: str) -> None:
    if not login.strip() or not password:
        problem(_("Enter your sign-in name and your password."))
        return
    try:
        ticket = door.sign_in(door.gate(), login, password, session.device())
    except Problem as trouble:
        problem(trouble.sentence)
    else:
        _enter(ticket)


def _enter(ticket: str) -> None:
    """Have the browser change the ticket for its cookie; the page loads anew, at the same address."""
    session.post("/api/session", {"ticket": ticket})


def _openid() -> None:
    """The way in through a provider: its fresh word opens the door once, later only the button does."""
    if not office().settings.oidc_client_id:
        return
    if st.user.get("is_logged_in"):
        _believe(st.user.to_dict())
    st.button(
        _("Sign in with the district's account"),
        key="openid",
        icon=":material/key:",
        width="stretch",
        on_click=st.login,
    )


def _believe(user: Mapping[str, object]) -> None:
    try:
        ticket = door.sign_in_openid(door.gate(), user, session.device())
    except Problem as trouble:
        problem(trouble.sentence)
    else:
        if ticket:
            _enter(ticket)


def _demo() -> None:
    """With what a visitor may look around an invented community."""
    hint = queries.demo_hint(door.gate())
    if hint is None:
        return
    with st.expander(_("To try the demo"), icon=":material/explore:"):
        st.markdown(
            _("Everybody here is invented. The password of all: {password}").format(
                password=f"`{hint.password}`"
            )
        )
        st.markdown("\n".join(f"- `{login}` {title}" for login, title in hint.people))


def change_password_form(actor: Actor) -> None:
    """Before anything else: a password that only its owner knows."""
    about = _("Your password was set by somebody else or is too old. Choose a new one to go on.")
    with _card(_("Choose a new password"), about):
        password_form(actor)
        with st.container(horizontal=True, horizontal_alignment="center"):
            session.sign_out_button(actor)


def password_form(actor: Actor) -> None:
    """The present password and twice a new one; what is wrong stands at its field."""
    with st.form("new_password", border=False):
        old = _secret(_("Present password"), OLD, "current-password")
        slot_old = st.empty()
        new = _secret(_("New password"), NEW, "new-password")
        slot_new = st.empty()
        again = _secret(_("New password again"), AGAIN, "new-password")
        st.caption(_(RULE).format(count=office().settings.password_length))
        pressed = st.form_submit_button(_("Save"), key="new_password_button", type="primary", width="stretch")
    if pressed:
        _change(actor, old, new, again, {"old": slot_old, "new": slot_new})


def _secret(label: str, key: str, kind: str) -> str:
    most = passwords.LONGEST
    return st.text_input(label, key=key, type="password", autocomplete=kind, max_chars=most) or ""


def _change(actor: Actor, old: str, new: str, again: str, slots: Mapping[str, DeltaGenerator]) -> None:
    if new != again:
        slots["new"].markdown(":red[" + _("The two new passwords differ.") + "]")
        return
    try:
        door.change_password(office().uow(actor), old, new)
    except Problem as trouble:
        for name, sentence in trouble.fields.items():
            slots[name].markdown(f":red[{sentence}]")
        if not trouble.fields:
            problem(trouble.sentence)
    else:
        for key in (OLD, NEW, AGAIN):
            del st.session_state[key]
        st.toast(_("The new password is saved."), icon=":material/check_circle:")
        st.rerun()
