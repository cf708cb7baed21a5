"""What lies on the disk is sealed, for its owner only, once for each content; nobody's change goes unnoticed."""

import os
import stat
import time
from pathlib import Path

import pytest

from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.kernel.files import all_paths, drop, put, read, store
from core.kernel.problems import Missing, Unavailable
from tests.pictures import photo


def path_of(office: Office) -> Path:
    """The one stored file."""
    [path] = all_paths(office)
    return path


def test_the_disk_holds_neither_the_picture_nor_an_open_door(office: Office) -> None:
    data = photo()
    digest = put(office, data)
    path = path_of(office)
    assert path.name == digest and path.parent.name == digest[:2]
    assert data[20:60] not in path.read_bytes() and b"JFIF" not in path.read_bytes()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert read(office, digest) == data


def test_the_same_content_is_stored_once(office: Office) -> None:
    assert put(office, photo()) == put(office, photo())
    assert len(all_paths(office)) == 1


def test_after_a_change_of_keys_old_files_still_open_and_new_ones_use_the_new_key(office: Office) -> None:
    old = put(office, photo(colour="red"))
    office.take(office.ring.with_new_key())
    new = put(office, photo(colour="blue"))
    assert read(office, old) == photo(colour="red")
    assert {p.read_bytes()[:8] for p in all_paths(office)} == {b"LGF1 k1\n", b"LGF1 k2\n"}
    office.take(Keyring({"k2": office.ring.masters["k2"]}))
    assert read(office, new) == photo(colour="blue")
    with pytest.raises(Unavailable, match="k1"):
        read(office, old)


@pytest.mark.parametrize(
    "harm", [lambda raw: raw[:-1] + b"x", lambda raw: raw[:40], lambda raw: b"", lambda raw: photo()]
)
def test_a_file_changed_on_the_disk_is_not_given_out(office: Office, harm) -> None:
    digest = put(office, photo())
    path_of(office).write_bytes(harm(path_of(office).read_bytes()))
    with pytest.raises(Unavailable):
        read(office, digest)


def test_a_file_in_the_place_of_another_is_not_given_out(office: Office) -> None:
    one, other = put(office, photo(colour="red")), put(office, photo(colour="blue"))
    paths = {path.name: path for path in all_paths(office)}
    paths[one].write_bytes(paths[other].read_bytes())
    with pytest.raises(Unavailable):
        read(office, one)


@pytest.mark.parametrize("digest", ["", "../../keys.txt", "a" * 64, "/etc/passwd", "x" * 63 + "/"])
def test_what_is_not_there_is_missing_whatever_it_is_called(office: Office, digest: str) -> None:
    with pytest.raises(Missing):
        read(office, digest)


def test_a_young_file_stays_because_somebody_is_about_to_use_it(office: Office) -> None:
    digest = put(office, photo())
    store.keep(office, digest, ".small", photo((10, 10)))
    assert not drop(office, digest)
    os.utime(path_of(office), (time.time() - 7200,) * 2)
    assert drop(office, digest)
    assert [p for p in store.folder(office.settings).rglob("*") if p.is_file() and p.suffix != ".lock"] == []


def test_storing_again_makes_an_old_file_young(office: Office) -> None:
    digest = put(office, photo())
    os.utime(path_of(office), (time.time() - 7200,) * 2)
    put(office, photo())
    assert not drop(office, digest)
