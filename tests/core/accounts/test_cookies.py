"""The signed cookie."""

from unittest.mock import MagicMock

import pytest

from core.accounts import cookies
from core.kernel import crypto
from core.kernel.database import Office
from tests.conftest import KEYS


@pytest.mark.parametrize("forged", ["", "abc", None, 5, MagicMock(), b"abc", "ImFiYyI.AAAA"])
def test_what_we_did_not_sign_is_nothing(office: Office, forged: object) -> None:
    assert cookies.read(forged) == ""


def test_a_changed_cookie_is_nothing(office: Office) -> None:
    value = cookies.write("token")
    assert cookies.read(value) == "token"
    assert cookies.read(("x" if value[0] != "x" else "y") + value[1:]) == ""


def test_a_cookie_outlives_a_change_of_keys_but_not_another_office(office: Office) -> None:
    value = cookies.write("token")
    crypto.use(KEYS.with_new_key())
    assert cookies.read(value) == "token"
    assert cookies.write("token") != value
    crypto.use(crypto.Keyring({"k1": b"o" * 32}))
    assert cookies.read(value) == ""
