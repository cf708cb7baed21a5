"""Who is here."""

from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import cookies, door
from core.accounts.door import commands as at_the_door
from core.kernel.database import Office
from core.ui import session
from tests.core.conftest import PASSWORD, Clock, Hire


def come_with(monkeypatch: pytest.MonkeyPatch, **jar: object) -> None:
    """Let the browser bring these cookies."""
    context = SimpleNamespace(
        cookies=jar, headers={"User-Agent": "Firefox on Windows"}, ip_address="192.0.2.7"
    )
    monkeypatch.setattr(session.st, "context", context)


def test_nobody_is_here_without_a_cookie_of_ours(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, "", "li", MagicMock()):
        come_with(monkeypatch, lingrid_session=value)
        assert session.current_actor() is None


def test_a_signed_token_without_a_sign_in_is_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    come_with(monkeypatch, lingrid_session=cookies.write("token"))
    assert session.current_actor() is None


def test_the_cookie_says_who_is_here_until_the_sign_in_ends(
    office: Office, hire: Hire, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hire("li")
    token = at_the_door.open_session(door.gate(), door.sign_in(door.gate(), "li", PASSWORD)).token
    come_with(monkeypatch, lingrid_session=cookies.write(token))
    actor = session.current_actor()
    assert actor is not None
    assert actor.login == "li"
    clock.pass_by(minutes=30)
    assert session.current_actor() is None


def test_a_browser_speaks_the_language_of_its_cookie_else_the_offices(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value, spoken in (("en", "en"), ("de", "zh_CN"), (MagicMock(), "zh_CN"), (None, "zh_CN")):
        come_with(monkeypatch, lingrid_lang=value)
        assert session.language() == spoken


def test_a_device_has_a_name(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    come_with(monkeypatch)
    assert session.device() == "Firefox · Windows · 192.0.2.7"


def _frame() -> None:
    import streamlit as st

    from core.ui import session

    session.sign_out_button(st.session_state["actor"])
    session.language_switch(st.session_state["actor"])


def test_signing_out_and_changing_the_language_ask_the_browser(
    office: Office, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[tuple[str, dict[str, str], str]] = []
    monkeypatch.setattr(session, "post", lambda path, body, next="": posted.append((path, dict(body), next)))
    li = hire("li")
    at = AppTest.from_function(_frame, default_timeout=20)
    at.session_state["actor"] = li
    at.run().button(key="sign_out").click().run()
    at.button(key="speak_en").click().run()
    assert posted == [("/api/session/end", {}, "/"), ("/api/language", {"language": "en"}, "")]
    token = at_the_door.open_session(door.gate(), door.sign_in(door.gate(), "li", PASSWORD)).token
    actor = door.actor_of(door.gate(), token)
    assert actor is not None
    assert actor.language == "en"
