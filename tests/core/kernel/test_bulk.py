"""Loading many rows at once: complete, written down, and all or nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.kernel import audit, bulk
from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.problems import Clash, Refused
from core.kernel.search import SearchDoc, search, tokens
from core.people.models import Person
from core.places.models import Area, Level
from tests.conftest import GRID, UowOf
from tests.core.conftest import log
from tests.core.demo.conftest import empty

SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"


def person(number: int, **more: Any) -> dict[str, Any]:
    """The row of somebody."""
    return {"id": number, "area": GRID, "name": f"陈{number}", "birth": date(1980, 1, 2), **more}


def area(number: int, path: str) -> dict[str, Any]:
    """The row of an area."""
    return {
        "id": number,
        "area": path,
        "code": path.replace("/", ""),
        "name": "示例",
        "level": Level.GRID,
        "polygon": [[[116.7, 23.2], [116.8, 23.2], [116.7, 23.3], [116.7, 23.2]]],
    }


def rows_of(office: Office, sql: str) -> list[tuple[Any, ...]]:
    """Rows past the unit of work."""
    with office.reader.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_rows_go_in_with_the_defaults_of_their_fields(office: Office):
    uow = office.uow(job("test"))
    seen = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
    counts = bulk.load(uow, [(Person, [person(1), person(2, verified_at=seen), person(3)])])
    assert counts == {"person": 3}
    wanted = select(
        Person.id, Person.version, Person.document_kind, Person.state, Person.birth, Person.verified_at
    )
    with office.reader.connect() as connection:
        found = connection.execute(wanted.order_by(Person.id)).all()
    assert found[0] == (1, 1, "111", "here", date(1980, 1, 2), None)
    assert found[1][-1] == seen


def test_a_number_left_out_is_made(office: Office):
    nameless = {key: value for key, value in person(1).items() if key != "id"}
    bulk.load(office.uow(job("test")), [(Person, [nameless, dict(nameless)])])
    assert len({row[0] for row in rows_of(office, "SELECT id FROM person")}) == 2


def test_each_table_leaves_one_line_with_its_count_however_often_it_comes(office: Office):
    uow = office.uow(job("test"))
    bulk.load(uow, [(Person, [person(1)]), (Area, [area(7, "440599/002/")]), (Person, [person(2)])])
    lines = log(office)
    assert [(line.about, line.outcome) for line in lines] == [("person", "loaded"), ("area", "loaded")]
    assert lines[0].changes["rows"] == [0, 2]
    assert audit.verify(office.reader).holds


def test_only_a_job_may_load(uow_of: UowOf):
    for way in (bulk.load, bulk.fill):
        with pytest.raises(Refused):
            way(uow_of("lead"), [(Person, [person(1)])])


def test_a_bad_row_leaves_nothing_behind(office: Office):
    with pytest.raises(IntegrityError):
        bulk.load(office.uow(job("test")), [(Person, [person(1), person(1)])])
    assert rows_of(office, "SELECT count(*) FROM person") == [(0,)]
    assert rows_of(office, "SELECT count(*) FROM audit_entry") == [(0,)]


def test_an_office_with_data_is_not_filled(office: Office):
    with pytest.raises(Clash):
        bulk.fill(office.uow(job("test")), [(Person, [person(1)])])


@pytest.fixture
def fresh(tmp_path: Any, office: Office) -> Iterator[Office]:
    """An office without anything."""
    made = empty(tmp_path / "fresh")
    yield made
    made.close()


def test_filling_keeps_every_index_and_trigger_and_the_search_works(fresh: Office):
    before = rows_of(fresh, SCHEMA)
    tok = tokens("person", GRID, "陈志强", "")
    doc = {"id": 1, "area": GRID, "kind": "person", "title": "陈志强", "tok": tok}
    heard: list[float] = []
    bulk.fill(fresh.uow(job("test")), [(Person, [person(1)]), (SearchDoc, [doc])], heard.append)
    assert rows_of(fresh, SCHEMA) == before
    assert [hit.title for hit in search(fresh.uow(job("test")), "志强")] == ["陈志强"]
    assert heard == sorted(heard)
    assert 0 <= heard[0] <= heard[-1] <= 1
    assert rows_of(fresh, "PRAGMA journal_mode") == [("wal",)]
    assert rows_of(fresh, "PRAGMA synchronous") == [(2,)]


def test_a_failed_filling_leaves_the_office_as_it_was(fresh: Office):
    before = rows_of(fresh, SCHEMA)
    with pytest.raises(IntegrityError):
        bulk.fill(fresh.uow(job("test")), [(Person, [person(1), person(1)])])
    assert rows_of(fresh, SCHEMA) == before
    assert rows_of(fresh, "SELECT count(*) FROM person") == [(0,)]
    assert rows_of(fresh, "PRAGMA journal_mode") == [("wal",)]


def test_filling_works_while_somebody_else_reads(fresh: Office):
    with fresh.reader.connect() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0
        bulk.fill(fresh.uow(job("test")), [(Person, [person(1)])])
    assert rows_of(fresh, "SELECT count(*) FROM person") == [(1,)]
