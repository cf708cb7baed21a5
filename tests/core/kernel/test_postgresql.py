"""An office on PostgreSQL: opened, upset and found well again. What both databases share is tested on both elsewhere."""

import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.kernel import advisory, audit, checks, lease, postgresql
from core.kernel.access import job
from core.kernel.database import Office, translated
from core.kernel.opening import open_office
from core.kernel.problems import Clash, Invalid, Lost, Unavailable
from core.kernel.settings import Settings
from core.people.models import Person
from tests import stores
from tests.offices import chosen, identity, people, phone, take_in


@pytest.fixture
def fresh(databases: stores.Databases, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an office on PostgreSQL that nobody has opened yet."""
    yield chosen(tmp_path, database_url=databases.fresh(tmp_path).url)
    databases.tidy()


@pytest.fixture
def office(fresh: Settings) -> Iterator[Office]:
    """An open office on PostgreSQL with one person."""
    made = open_office(fresh)
    take_in(made.uow(job("test")), 0)
    yield made
    made.close()


ONE = {"林0": (identity(0), phone(0))}


# --- opening ----------------------------------------------------------------------------------------------


def test_a_database_that_is_missing_is_made_as_it_must_be(
    databases: stores.Databases, tmp_path: Path
) -> None:
    name = "lingrid_made_by_opening"
    databases.do(f"DROP DATABASE IF EXISTS {name}")
    office = open_office(chosen(tmp_path, database_url=databases.at(name).replace("postgresql", "postgres")))
    take_in(office.uow(job("test")), 0)
    with office.reader.connect() as connection:
        assert connection.execute(text("SHOW lc_collate")).scalar() == "C"
    office.close()
    databases.do(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_database_that_sorts_by_a_language_is_refused_with_the_way_to_go(
    databases: stores.Databases, tmp_path: Path
) -> None:
    name = "lingrid_sorts_otherwise"
    databases.do(f"DROP DATABASE IF EXISTS {name}")
    databases.do(
        f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh' LOCALE 'C' ENCODING 'UTF8'"
    )
    with pytest.raises(Unavailable, match="createdb --template=template0 --encoding=UTF8 --locale=C"):
        open_office(chosen(tmp_path, database_url=databases.at(name)))
    databases.do(f"DROP DATABASE {name}")


def test_tables_of_another_program_are_left_alone(fresh: Settings) -> None:
    with psycopg.connect(fresh.url) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(Unavailable):
        open_office(fresh)
    with psycopg.connect(fresh.url) as connection:
        assert connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall() == [("recipe",)]


def test_a_server_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    nowhere = f"postgresql://postgres@127.0.0.1:{stores.free_port()}/office"
    with pytest.raises(Unavailable):
        open_office(chosen(tmp_path, database_url=nowhere))


def test_keys_hold_more_than_32_bits_everywhere(office: Office) -> None:
    asked = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type IN ('integer', 'smallint')"
    )
    with office.reader.connect() as connection:
        assert connection.execute(asked).all() == []


def test_two_that_open_a_fresh_office_at_once_migrate_it_once(fresh: Settings) -> None:
    opened: list[Office] = []
    starts = [Thread(target=lambda: opened.append(open_office(fresh))) for _n in range(3)]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    assert len(opened) == 3
    take_in(opened[0].uow(job("test")), 0)
    assert people(opened[2]) == ONE
    for each in opened:
        each.close()


# --- faults -----------------------------------------------------------------------------------------------


def _cut(databases: stores.Databases, office: Office) -> None:
    """End every connection of an office, as a restart or a firewall does."""
    name = office.settings.url.rpartition("/")[2]
    databases.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_a_connection_lost_between_two_pieces_of_work_is_not_noticed(
    office: Office, databases: stores.Databases
) -> None:
    assert people(office) == ONE
    _cut(databases, office)
    assert people(office) == ONE
    _cut(databases, office)
    take_in(office.uow(job("test")), 1)
    assert len(people(office)) == 2


def test_a_connection_lost_in_the_middle_saves_nothing_says_so_and_comes_back(
    office: Office, databases: stores.Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = audit.append

    def cut_before(connection: Any, lines: Any) -> None:
        _cut(databases, office)
        append(connection, lines)

    monkeypatch.setattr(audit, "append", cut_before)
    with pytest.raises(Lost):
        take_in(office.uow(job("test")), 1)
    monkeypatch.setattr(audit, "append", append)
    assert people(office) == ONE
    take_in(office.uow(job("test")), 1)
    assert len(people(office)) == 2
    assert audit.verify(office.reader).holds


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DO $$ BEGIN RAISE SQLSTATE '53100'; END $$", "disk is full|磁盘已满"),
        ("DO $$ BEGIN RAISE SQLSTATE '53300'; END $$", "Too many people|人"),
        ("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", "Too many people|人"),
        ("DO $$ BEGIN RAISE SQLSTATE 'XX001'; END $$", "damaged|损坏"),
        ("DO $$ BEGIN RAISE SQLSTATE '57P01'; END $$", "does not answer|没有响应"),
        ("SET default_transaction_read_only = on; COMMIT; BEGIN; DELETE FROM meta", "no changes|不能"),
    ],
)
def test_every_fault_of_the_server_is_a_sentence(office: Office, statement: str, words: str) -> None:
    with pytest.raises(Unavailable, match=words), translated(), office.writer.begin() as connection:
        connection.exec_driver_sql(statement)


def test_a_mistake_of_ours_stays_a_mistake(office: Office) -> None:
    with pytest.raises(DBAPIError), translated(), office.writer.begin() as connection:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")


def test_a_server_without_room_for_another_connection_is_a_sentence(office: Office) -> None:
    name = office.settings.url.rpartition("/")[2]
    office.close()
    with psycopg.connect(office.settings.url, autocommit=True) as connection:
        connection.execute("CREATE ROLE lingrid_guest LOGIN")
        try:
            connection.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 0')
            guest = office.settings.url.replace("postgres@", "lingrid_guest@")
            with pytest.raises(Unavailable, match=r"Too many people|人"):
                open_office(office.settings.model_copy(update={"database_url": guest}))
        finally:
            connection.execute("DROP ROLE lingrid_guest")


def test_a_second_person_with_the_number_is_refused_without_a_word_about_the_first(office: Office) -> None:
    with pytest.raises(Clash) as refusal:
        take_in(office.uow(job("test")), 0)
    assert list(refusal.value.fields) == ["document_no"]
    assert "林0" not in refusal.value.sentence


def test_no_error_quotes_the_row_it_is_about(office: Office) -> None:
    row = {"id": 7, "version": 1, "area": "440599/", "name": "林某某", "birth": "1990-01-01"}
    with pytest.raises(DBAPIError) as trouble, office.writer.begin() as connection:
        statement = text(
            "INSERT INTO person (id, version, area, name, birth) VALUES (:id, :version, :area, :name, :birth)"
        )
        connection.execute(statement, row)
    assert "林某某" not in str(trouble.value) + str(trouble.value.orig)
    assert "null value" in str(trouble.value.orig)


def test_a_restarted_server_is_found_again_by_itself(tmp_path: Path) -> None:
    stores.wanted_or_skip()
    with stores.server() as server:
        office = open_office(chosen(tmp_path, database_url=server.url("office")))
        take_in(office.uow(job("test")), 0)
        server.stop()
        with pytest.raises(Unavailable):
            people(office)
        with pytest.raises(Unavailable):
            take_in(office.uow(job("test")), 1)
        server.start("synchronous_commit=on")
        assert people(office) == ONE
        take_in(office.uow(job("test")), 1)
        server.stop(signal.SIGQUIT)
        server.start()
        assert len(people(office)) == 2
        office.close()


def test_a_tampered_line_is_named(office: Office) -> None:
    for number in range(1, 4):
        take_in(office.uow(job("test")), number)
    stores.tamper(office, "UPDATE audit_entry SET who = 'nobody' WHERE id = 3")
    assert list(audit.verify(office.reader).broken) == [(3, "changed")]


def test_the_guard_of_the_log_also_stands_before_emptying_it(office: Office) -> None:
    with pytest.raises(DBAPIError, match="append-only"), office.writer.begin() as connection:
        connection.exec_driver_sql("TRUNCATE audit_entry")


# --- turns ------------------------------------------------------------------------------------------------


def test_two_processes_change_one_record_one_after_the_other(office: Office) -> None:
    other = open_office(office.settings)
    errors: list[Exception] = []

    def save(at: Office, numbers: range) -> None:
        try:
            for number in numbers:
                take_in(at.uow(job("test")), number)
        except Exception as trouble:
            errors.append(trouble)

    writers = [
        Thread(target=save, args=(at, range(start, start + 15))) for at, start in ((office, 1), (other, 20))
    ]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert errors == []
    assert len(people(office)) == 31
    assert audit.verify(office.reader).holds
    other.close()


def test_a_query_sees_one_moment_whatever_others_save_meanwhile(office: Office) -> None:
    with office.reader.connect() as reading:
        before = reading.execute(text("SELECT count(*) FROM person")).scalar()
        take_in(office.uow(job("test")), 1)
        assert reading.execute(text("SELECT count(*) FROM person")).scalar() == before == 1


def test_a_query_cannot_write(office: Office) -> None:
    with pytest.raises(DBAPIError, match="read-only"), office.reader.begin() as connection:
        connection.execute(Person.__table__.delete())  # type: ignore[attr-defined]


def test_the_lease_holds_between_processes_and_survives_a_restart_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.wanted_or_skip()
    monkeypatch.setattr(advisory, "HEARTBEAT", 0.1)
    with stores.server() as server:
        postgresql.prepare(server.url("office"))
        here = chosen(tmp_path / "here", database_url=server.url("office"))
        elsewhere = chosen(tmp_path / "elsewhere", database_url=server.url("office"))
        with lease.hold(here), lease.hold(elsewhere):
            with pytest.raises(Unavailable), lease.alone(elsewhere):
                pass
            server.stop()
            server.start()
            stores.wait_until(lambda: lease.is_held(elsewhere))
        with lease.alone(elsewhere):
            assert lease.is_held(here)


# --- checks -----------------------------------------------------------------------------------------------


def test_a_well_office_passes_its_check(office: Office) -> None:
    assert [one for one in checks.all_of(office.settings) if not one.is_well] == []


def test_a_check_names_what_is_wrong(office: Office) -> None:
    with office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_head SET last = 1, mac = ''")
        connection.exec_driver_sql(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'person_pkey'::regclass"
        )
    wrong = {one.name for one in checks.all_of(office.settings) if not one.is_well}
    assert wrong == {"Database", "Audit log"}


def test_a_check_of_a_server_that_is_gone_is_made_of_sentences(tmp_path: Path) -> None:
    nowhere = chosen(tmp_path, database_url=f"postgresql://postgres@127.0.0.1:{stores.free_port()}/office")
    wrong = {one.name for one in checks.all_of(nowhere) if not one.is_well}
    assert {"Tables", "Database"} <= wrong


def test_an_address_of_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises((Unavailable, Invalid), match="sqlite"):
        open_office(chosen(tmp_path, database_url="mysql://localhost/office"))
