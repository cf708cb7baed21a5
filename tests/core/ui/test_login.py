"""The sign-in form and the change of a first password, run without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import commands, door, queries
from core.accounts.door import commands as at_the_door
from core.kernel.access import Actor, job
from core.kernel.database import Office
from core.kernel.settings import Settings
from core.ui import login, session
from tests.core.conftest import PASSWORD, Hire, told


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str], str]]:
    """What the browser would have been asked to post."""
    found: list[tuple[str, dict[str, str], str]] = []
    monkeypatch.setattr(session, "post", lambda path, body, next="": found.append((path, dict(body), next)))
    return found


def _sign_in() -> None:
    from core.ui import login

    login.login_form()


def form() -> AppTest:
    """The sign-in as a visitor finds it."""
    return AppTest.from_function(_sign_in, default_timeout=20).run()


def fill_in(at: AppTest, name: str, password: str) -> AppTest:
    """Type and press the button."""
    at.text_input(key="login_name").set_value(name)
    at.text_input(key="login_password").set_value(password)
    return at.button(key="login_button").click().run()


def test_a_wrong_password_shows_a_sentence_and_keeps_the_name(
    office: Office, hire: Hire, posted: list[object]
) -> None:
    li = hire("li")
    at = fill_in(form(), "li", "wrong")
    assert len(at.error) == 1
    assert at.text_input(key="login_name").value == "li"
    assert posted == []
    assert ("gate", "refused", f"Account/{li.account_id}") in told(office, "session.start")


@pytest.mark.parametrize(("name", "password"), [("", ""), ("li", ""), ("  ", "x")])
def test_an_empty_form_is_not_tried(office: Office, posted: list[object], name: str, password: str) -> None:
    at = fill_in(form(), name, password)
    assert len(at.error) == 1
    assert posted == []
    assert told(office, "session.start") == []


def test_a_right_password_hands_the_browser_a_ticket_for_the_same_page(
    office: Office, hire: Hire, posted: list[tuple[str, dict[str, str], str]]
) -> None:
    hire("li")
    at = fill_in(form(), "li", PASSWORD)
    assert not at.error
    [(path, body, then)] = posted
    assert (path, then) == ("/api/session", "")
    assert at_the_door.open_session(door.gate(), body["ticket"]).token


def test_what_the_route_refused_is_said_once(office: Office) -> None:
    at = AppTest.from_function(_sign_in, default_timeout=20)
    at.session_state["post_refusal"] = "late"
    assert [e.value for e in at.run().error] == ["late"]
    assert not at.run().error


def test_the_sign_ins_of_the_demo_stand_below_the_form_only_in_a_demo(office: Office, hire: Hire) -> None:
    hire("wang", "grid_worker")
    assert not form().expander
    office.settings = Settings(data=office.settings.data, demo="community")
    shown = " ".join(m.value for m in form().expander[0].markdown)
    hint = queries.demo_hint(door.gate())
    assert hint is not None
    assert "`wang`" in shown
    assert hint.password in shown


def test_a_provider_is_offered_when_one_is_set(office: Office) -> None:
    assert "openid" not in [b.key for b in form().button]
    office.settings = office.settings.model_copy(update={"oidc_client_id": "lingrid"})
    assert "openid" in [b.key for b in form().button]


def test_the_word_of_a_provider_is_believed_or_answered(
    office: Office, hire: Hire, posted: list[tuple[str, dict[str, str], str]]
) -> None:
    hire("li")
    now = door.gate().now.timestamp()
    login._believe({"sub": "s", "iat": now, "preferred_username": "li"})
    assert posted[0][0] == "/api/session"
    login._believe({"sub": "other", "iat": now})
    assert len(posted) == 1


def _change() -> None:
    import streamlit as st

    from core.ui import login

    login.change_password_form(st.session_state["actor"])


def change(actor: Actor, old: str, new: str, again: str) -> AppTest:
    """Fill in the form of somebody who must change their password."""
    at = AppTest.from_function(_change, default_timeout=20)
    at.session_state["actor"] = actor
    at.run()
    for key, value in (("old_password", old), ("new_password_1", new), ("new_password_2", again)):
        at.text_input(key=key).set_value(value)
    return at.button(key="new_password_button").click().run()


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "Muguang_88", "Muguang_88"),
        (PASSWORD, "weak", "weak"),
        (PASSWORD, "Muguang_88", "Muguang_89"),
    ],
)
def test_a_new_password_that_cannot_be_taken_says_why_at_its_field(
    office: Office, hire: Hire, old: str, new: str, again: str
) -> None:
    at = change(hire("li"), old, new, again)
    assert sum(":red[" in m.value for m in at.markdown) == 1
    assert door.sign_in(door.gate(), "li", PASSWORD)


def test_a_good_new_password_is_taken(office: Office, hire: Hire) -> None:
    li = hire("li")
    first = commands.reset_password(office.uow(job("test")), li.account_id)
    at = change(li, first.password, "Muguang_88", "Muguang_88")
    assert not any(":red[" in m.value for m in at.markdown)
    assert door.sign_in(door.gate(), "li", "Muguang_88")
