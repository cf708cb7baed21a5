"""Whatever happens to program, disk or server: what was acknowledged is there, and the trouble is a sentence."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from sqlalchemy import select

from core.kernel import audit
from core.kernel.access import job
from core.kernel.database import Office, translated
from core.kernel.opening import open_office
from core.kernel.problems import Unavailable
from core.kernel.settings import Settings
from core.kernel.snapshot import is_well
from core.people.models import Person
from tests import stores
from tests.offices import chosen, office_in, people, take_in

ROUNDS = 50
SPAN = 18
"""Numbers of people that one round may use."""
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["core.models", "tests.offices"])


@pytest.fixture(autouse=True)
def no_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh process must not run again what another test of this one has put in the place of the main program."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def write_until_killed(settings: Settings, start: int, told: Connection) -> None:
    """Take people in one after the other, and say each number once it is saved."""
    office = open_office(settings)
    for number in range(start, start + SPAN):
        told.send(take_in(office.uow(job("test")), number))
    told.recv()


def killed(settings: Settings, start: int, chance: Random) -> set[int]:
    """What a process had acknowledged when it was killed at some moment."""
    ours, theirs = FORKS.Pipe()
    writer = FORKS.Process(target=write_until_killed, args=(settings, start, theirs))
    writer.start()
    theirs.close()
    acknowledged = {ours.recv() for _n in range(chance.randint(1, SPAN - 6))}
    ours.poll(chance.uniform(0, 0.02))
    writer.kill()
    writer.join()
    with suppress(EOFError):
        while True:
            acknowledged.add(ours.recv())
    return acknowledged


def assert_all_there(office: Office, acknowledged: set[int]) -> None:
    """Every number that was said is in the register, each with its line, and nothing is damaged."""
    with office.reader.connect() as connection:
        there = set(connection.execute(select(Person.id)).scalars())
        lines = set(connection.execute(select(audit.AuditEntry.about)).scalars())
    assert acknowledged <= there
    assert {f"Person/{number}" for number in there} <= lines
    assert audit.verify(office.reader).holds
    assert is_well(office.settings)


@pytest.fixture
def settings(store: stores.Store, tmp_path: Path) -> Settings:
    """An office on either database, made and closed again."""
    made = store.fresh(tmp_path).model_copy(update={"keys": chosen(tmp_path).keys})
    open_office(made).close()
    return made


def test_fifty_kills_lose_nothing_that_was_acknowledged(settings: Settings) -> None:
    chance, acknowledged = Random(20261126), set[int]()
    for number in range(ROUNDS):
        acknowledged |= killed(settings, number * SPAN, chance)
        office = open_office(settings)
        assert_all_there(office, acknowledged)
        office.close()
    assert len(acknowledged) >= ROUNDS


def test_a_crash_of_the_server_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    stores.wanted_or_skip()
    with stores.server() as server:
        server.stop()
        server.start("synchronous_commit=on", "fsync=on")
        settings = chosen(tmp_path, database_url=server.url("office"))
        open_office(settings).close()
        ours, theirs = FORKS.Pipe()
        writer = FORKS.Process(target=write_until_killed, args=(settings, 0, theirs))
        writer.start()
        acknowledged = {ours.recv() for _n in range(7)}
        server.stop(signal.SIGQUIT)
        writer.kill()
        writer.join()
        server.start("synchronous_commit=on", "fsync=on")
        office = open_office(settings)
        assert_all_there(office, acknowledged)
        office.close()


# --- the disk ---------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own with room for some megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.name == "nt" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a disk; `test_a_file_that_may_not_grow` does without")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(office: Office, most: int) -> int:
    """Take people in until the disk has no more room; how many."""
    for number in range(most):
        try:
            take_in(office.uow(job("test")), number)
        except Unavailable:
            return number
    raise AssertionError("the disk never became full")


def test_a_full_disk_is_a_sentence_and_what_was_saved_stays(small_disk: Path) -> None:
    office = office_in(small_disk)
    block = small_disk / "something else"
    room = os.statvfs(small_disk)
    block.write_bytes(b"x" * max(0, room.f_bavail * room.f_frsize - 400_000))
    count = fill(office, 900)
    assert len(people(office)) == count > 0
    block.unlink()
    take_in(office.uow(job("test")), 999)
    assert len(people(office)) == count + 1
    assert audit.verify(office.reader).holds
    office.close()


def test_a_disk_that_turned_read_only_is_a_sentence(small_disk: Path) -> None:
    office_in(small_disk, people=1).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    try:
        with pytest.raises(Unavailable), translated():
            office = office_in(small_disk)
            take_in(office.uow(job("test")), 1)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    office = office_in(small_disk)
    assert len(people(office)) == 1
    office.close()


def write_within(settings: Settings, most: int, told: Connection) -> None:
    """Take people in while no file may be longer than so many bytes; say how many, and what is read then."""
    office = open_office(settings)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    count = fill(office, 900)
    there = len(people(office))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    take_in(office.uow(job("test")), 999)
    told.send((count, there, len(people(office)), audit.verify(office.reader).holds))


def test_a_file_that_may_not_grow_is_a_sentence_and_what_was_saved_stays(tmp_path: Path) -> None:
    office_in(tmp_path).close()
    size = (tmp_path / "office.db").stat().st_size
    ours, theirs = FORKS.Pipe()
    writer = FORKS.Process(target=write_within, args=(chosen(tmp_path), size + 200_000, theirs))
    writer.start()
    theirs.close()
    count, there, after, holds = ours.recv()
    writer.join()
    assert there == count > 0
    assert (after, holds) == (count + 1, True)
