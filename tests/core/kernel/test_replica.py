"""A real streaming replica: it answers people while it is in step, and nobody misses their own change."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from core.kernel import replica
from core.kernel.access import Actor, job
from core.kernel.database import Office
from core.kernel.opening import open_office
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Person
from tests import stores
from tests.offices import GRID, chosen, take_in

CLERK = Actor("wang", "clerk", "440599/")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[stores.Server, stores.Server]]:
    """A server and a second one that follows it."""
    stores.wanted_or_skip()
    with stores.server() as first, stores.follower_of(first) as second:
        yield first, second


@pytest.fixture
def office(pair: tuple[stores.Server, stores.Server], tmp_path: Path) -> Iterator[Office]:
    """An office with a replica."""
    first, second = pair
    name = f"office_{os.getpid()}_{abs(hash(tmp_path))}"
    made = open_office(chosen(tmp_path, database_url=first.url(name), replica_url=second.url(name)))
    take_in(made.uow(job("test")), 0)
    yield made
    made.close()


def in_step(office: Office) -> None:
    """Wait until the replica answers for somebody who has saved nothing."""
    stores.wait_until(lambda: office.reader_for(CLERK) is not office.reader)


@query("person.view")
def names(uow: UnitOfWork) -> list[str]:
    """Names in sight, after the kind of server that answered."""
    standby = uow.session.connection().execute(text("SELECT pg_is_in_recovery()")).scalar()
    return ["replica" if standby else "primary", *uow.session.exec(select(Person.name)).all()]


def test_people_are_answered_by_the_replica_and_jobs_by_the_database(office: Office) -> None:
    in_step(office)
    assert names(office.uow(CLERK)) == ["replica", "林0"]
    assert names(office.uow(job("test"))) == ["primary", "林0"]


def test_a_grid_worker_sees_no_more_there_than_here(office: Office) -> None:
    stranger = Actor("chen", "grid_worker", "440599/001/001/009/")
    in_step(office)
    stores.wait_until(lambda: office.reader_for(stranger) is not office.reader)
    assert names(office.uow(stranger)) == ["replica"]


def pause(office: Office, verb: str) -> None:
    """Let the replica stop or go on replaying; a pause is only asked for, and taken a moment later."""
    assert office.replica is not None
    wanted = "paused" if verb == "pause" else "not paused"
    with office.replica._ask.connect() as connection:
        connection.execute(text(f"SELECT pg_wal_replay_{verb}()"))
        stores.wait_until(
            lambda: connection.execute(text("SELECT pg_get_wal_replay_pause_state()")).scalar() == wanted
        )


def test_whoever_saved_sees_it_at_once_and_the_others_soon(office: Office) -> None:
    in_step(office)
    pause(office, "pause")
    try:
        wang = Actor("wang", "clerk", GRID)
        take_in(office.uow(wang), 1)
        assert names(office.uow(wang)) == ["primary", "林0", "林1"]
    finally:
        pause(office, "resume")
    stores.wait_until(lambda: names(office.uow(wang)) == ["replica", "林0", "林1"])


def test_a_replica_that_falls_behind_is_left_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "LOOK", 0.0)
    in_step(office)
    pause(office, "pause")
    try:
        take_in(office.uow(job("test")), 1)
        stores.wait_until(lambda: office.reader_for(CLERK) is office.reader)
        assert names(office.uow(CLERK)) == ["primary", "林0", "林1"]
    finally:
        pause(office, "resume")
    stores.wait_until(lambda: names(office.uow(CLERK)) == ["replica", "林0", "林1"])


def test_a_replica_that_goes_down_in_between_is_not_noticed(
    office: Office, pair: tuple[stores.Server, stores.Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_step(office)
    monkeypatch.setattr(replica, "REST", 0.0)
    monkeypatch.setattr(replica, "LOOK", 60.0)
    assert names(office.uow(CLERK)) == ["replica", "林0"]
    pair[1].stop()
    assert names(office.uow(CLERK)) == ["primary", "林0"]
    pair[1].start()
    stores.wait_until(lambda: names(office.uow(CLERK)) == ["replica", "林0"])


def test_without_the_setting_there_is_none(tmp_path: Path, pair: tuple[stores.Server, stores.Server]) -> None:
    office = open_office(chosen(tmp_path, database_url=pair[0].url(f"alone_{os.getpid()}")))
    assert isinstance(office.reader_for(CLERK), Engine)
    assert office.reader_for(CLERK) is office.reader
    office.close()
