"""The small rules around accounts and sign-ins."""

from datetime import UTC, datetime, timedelta

import pytest

from core.accounts import rules
from core.accounts.models import Account
from core.kernel.i18n import speak

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0 Safari/537.36 Edg/156.0",
            "Edge · Windows · 192.0.2.7",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) Chrome/156.0 Mobile Safari/537.36 MicroMessenger/8.0",
            "微信 · Android · 192.0.2.7",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604",
            "Safari · iPhone · 192.0.2.7",
        ),
        (None, "192.0.2.7"),
    ],
)
def test_a_browser_has_a_short_name(agent: object, name: str) -> None:
    assert rules.device_name(agent, "192.0.2.7") == name


def test_nothing_known_of_a_browser_is_an_empty_name() -> None:
    assert rules.device_name(object(), None) == ""


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"approved_by": "an"}, rules.State.ACTIVE),
        ({}, rules.State.WAITING),
        ({"approved_by": "an", "locked_until": NOW}, rules.State.ACTIVE),
        ({"approved_by": "an", "locked_until": NOW + timedelta(seconds=1)}, rules.State.LOCKED),
        ({"approved_by": "an", "disabled": True, "locked_until": rules.FOREVER}, rules.State.DISABLED),
        ({"approved_by": "an", "role": "abolished"}, rules.State.DISABLED),
        ({"approved_by": "an", "role": "gate"}, rules.State.DISABLED),
    ],
)
def test_the_state_of_an_account(values: dict[str, object], state: rules.State) -> None:
    account = Account(**{"login": "li", "name": "李", "role": "clerk", "area": "440599/", **values})
    assert rules.state(account, NOW) is state
    assert bool(rules.barred(account, NOW)) == (state is not rules.State.ACTIVE)


def test_a_lock_without_end_names_no_time() -> None:
    speak("en")
    assert "9999" not in rules.locked(rules.FOREVER)
    assert "11-23 12:15" in rules.locked(NOW + timedelta(minutes=15))


@pytest.mark.parametrize(
    "user",
    [
        {},
        {"sub": "s"},
        {"iat": NOW.timestamp()},
        {"sub": "", "iat": NOW.timestamp()},
        {"sub": "s", "iat": NOW.timestamp() - 301},
        {"sub": "s", "iat": NOW.timestamp() + 301},
        {"sub": "s", "iat": "now"},
    ],
)
def test_a_word_of_the_provider_without_name_or_time_counts_nothing(user: dict[str, object]) -> None:
    assert rules.claim(user, NOW) is None


def test_a_mail_address_counts_only_when_the_provider_checked_it() -> None:
    user = {"sub": "s", "iat": NOW.timestamp(), "email": "li@office.example", "preferred_username": "li"}
    assert rules.claim(user, NOW) == rules.Claim("s", int(NOW.timestamp()), ("li",))
    checked = rules.claim({**user, "email_verified": True}, NOW)
    assert checked is not None
    assert checked.names == ("li", "li@office.example")
