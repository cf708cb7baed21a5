"""Sealing: what is sealed opens only with its key and in its place, and can be found without being opened."""

import base64
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel import crypto
from core.kernel.crypto import Keyring, Sealed, read_keys, write_key_file
from core.kernel.problems import Unavailable

ONE, TWO = b"1" * 32, b"2" * 32
RING = Keyring({"k1": ONE})


@given(st.text(), st.sampled_from(["document", "phone"]))
def test_what_is_sealed_opens_again(text: str, about: str) -> None:
    assert RING.open(RING.seal(text, about), about) == text


def test_the_same_text_is_sealed_differently_each_time_and_never_shows() -> None:
    tokens = {RING.seal("440599199001010019", "document") for _ in range(50)}
    assert len(tokens) == 50
    assert not any("440599" in token for token in tokens)


def test_a_sealed_text_does_not_open_as_another_kind_of_field() -> None:
    with pytest.raises(Unavailable):
        RING.open(RING.seal("19900000001", "phone"), "document")


@pytest.mark.parametrize("place", [3, 10, 20, -2])
def test_a_changed_ciphertext_does_not_open(place: int) -> None:
    token = RING.seal("19900000001", "phone")
    raw = bytearray(base64.urlsafe_b64decode(token[3:]))
    raw[place] ^= 1
    with pytest.raises(Unavailable):
        RING.open("k1." + base64.urlsafe_b64encode(raw).decode(), "phone")


@pytest.mark.parametrize("token", ["", "k1", "k1.", "k1.!", "k1.AAAA", "."])
def test_what_was_never_sealed_is_refused_with_a_sentence(token: str) -> None:
    with pytest.raises(Unavailable):
        RING.open(token, "phone")


def test_another_key_of_the_same_name_does_not_open_it() -> None:
    with pytest.raises(Unavailable):
        Keyring({"k1": TWO}).open(RING.seal("19900000001", "phone"), "phone")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(Unavailable, match="k7"):
        RING.open("k7.AAAA", "phone")


def test_the_newest_key_seals_and_the_old_ones_still_open() -> None:
    both = RING.with_new_key()
    assert both.current == "k2"
    assert both.open(RING.seal("a", "phone"), "phone") == "a"
    assert both.seal("a", "phone").startswith("k2.")
    assert both.using("k1").seal("a", "phone").startswith("k1.")
    assert both.using("k1").index("a", "phone") == RING.index("a", "phone") != both.index("a", "phone")
    assert both.with_new_key().current == "k3"


def test_look_up_marks_differ_by_field_and_by_key() -> None:
    number = "440599199001010019"
    other = Keyring({"k1": TWO})
    marks = {
        RING.index(number, "document"),
        RING.index(number, "phone"),
        other.index(number, "document"),
        RING.tail(number, "document"),
        RING.tail(number, "phone"),
        RING.index(number[-4:], "document"),
    }
    assert len(marks) == 6
    assert RING.tail(number, "document") == RING.tail("0019", "document")


@given(st.text(), st.text())
def test_marks_are_equal_only_for_equal_texts(one: str, two: str) -> None:
    assert (RING.index(one, "document") == RING.index(two, "document")) == (one == two)


def test_keys_survive_their_file(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "keys.txt"
    ring = RING.with_new_key().with_new_key()
    write_key_file(path, RING)
    write_key_file(path, ring)
    assert read_keys(path.read_text("utf-8")) == Keyring(ring.masters)
    assert [p.name for p in path.parent.iterdir()] == ["keys.txt"]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keys_may_come_in_one_line_from_the_environment() -> None:
    text = ",".join(f"{n}:{base64.b64encode(k).decode()}" for n, k in (("k1", ONE), ("k2", TWO)))
    assert read_keys(text) == Keyring({"k1": ONE, "k2": TWO})
    assert read_keys(text).current == "k2"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "k1",
        "k1:",
        "k1:abc",
        "\x00",
        "k1:" + "A" * 43,
        "x1:" + "A" * 43 + "=",
        "k:" + "A" * 43 + "=",
        "k1:" + "A" * 43 + "=,k2",
    ],
)
def test_a_damaged_key_file_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unavailable):
        read_keys(text)


def test_a_key_file_never_shows_its_keys_in_an_error_or_a_log() -> None:
    secret = base64.b64encode(ONE).decode()
    RING.key("seal")
    assert secret not in repr(RING)
    assert repr(ONE) not in repr(RING)


def test_a_sealed_value_shows_itself_only_masked() -> None:
    crypto.use(RING)
    sealed = Sealed("phone", plain="19900001234")
    again = Sealed("phone", token=sealed.token())
    assert (str(again), repr(again), f"{again}") == ("199****1234", "Sealed(phone)", "199****1234")
    assert again == sealed
    assert hash(again) == hash(sealed)
    assert again != Sealed("document", plain="19900001234")
    assert again.index == sealed.index == RING.index("19900001234", "phone")
