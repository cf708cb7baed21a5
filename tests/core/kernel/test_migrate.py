"""Migrations: they make the tables that the models declare, keep the data, and are done once."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Insert, Integer, MetaData, String, Table, insert, inspect, text
from sqlmodel import SQLModel

from core.geo.mercator import cell_of
from core.kernel import migrate, revisions
from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.kernel.opening import open_office
from core.kernel.problems import Unavailable
from tests import stores
from tests.offices import GRID, chosen, identity, office_in, people, phone, rows

LAST = revisions.revisions()[-1]
NEXT = f"{int(LAST) + 1:04}"
PROGRAM = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{next}", "{last}"
def upgrade():
    with op.batch_alter_table("household") as household:
        household.add_column(sa.Column("motto", sa.String(20), nullable=False, server_default=""))
        household.alter_column("number", type_=sa.String(12))
    op.add_column("person", sa.Column("shoe_size", sa.Integer))
    {trouble}
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that knows one migration more, which works."""
    return _next_version(tmp_path, monkeypatch, "pass")


def _next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(revisions.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    program = PROGRAM.format(next=NEXT, last=LAST, trouble=trouble)
    (folder / "versions" / f"{NEXT}_next.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(revisions, "MIGRATIONS", folder)
    return folder


def _shape(engine: Engine) -> dict[str, object]:
    """Everything about the tables that matters, in an order of its own."""
    looked = inspect(engine)
    shape: dict[str, object] = {}
    for name in sorted(set(looked.get_table_names()) - {"alembic_version"}):
        shape[name] = (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in looked.get_columns(name)),
            looked.get_pk_constraint(name)["constrained_columns"],
            sorted(u["column_names"] for u in looked.get_unique_constraints(name)),
            sorted((f["constrained_columns"], f["referred_table"]) for f in looked.get_foreign_keys(name)),
            sorted((str(c["name"]), c["sqltext"]) for c in looked.get_check_constraints(name)),
        )
    return shape


def _statements(path: Path) -> list[tuple[str, ...]]:
    """Indexes, triggers and the full-text table, as they were made."""
    wanted = "sql NOT NULL AND (type <> 'table' OR sql LIKE 'CREATE VIRTUAL%')"
    return rows(path, f"SELECT name, sql FROM sqlite_schema WHERE {wanted} ORDER BY name")


def test_migrating_an_empty_database_makes_what_the_models_declare(tmp_path: Path) -> None:
    migrated = office_in(tmp_path / "migrated")
    (tmp_path / "created").mkdir()
    created = Office(chosen(tmp_path / "created"), Keyring({"k1": b"k" * 32}))
    SQLModel.metadata.create_all(created.writer)
    assert _shape(migrated.reader) == _shape(created.reader)
    assert _statements(tmp_path / "migrated" / "office.db") == _statements(tmp_path / "created" / "office.db")
    with migrated.reader.connect() as connection:
        options = {"include_name": lambda name, *_more: not str(name).startswith("search_fts")}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
    migrated.close()
    created.close()


def test_the_newest_file_is_the_head_that_alembic_finds() -> None:
    found = ScriptDirectory(str(revisions.MIGRATIONS))
    assert found.get_heads() == [revisions.revisions()[-1]]
    assert sorted(one.revision for one in found.walk_revisions()) == list(revisions.revisions())


def test_opening_again_changes_nothing_and_makes_no_copy(tmp_path: Path) -> None:
    office_in(tmp_path, people=2).close()
    before = rows(tmp_path / "office.db", "SELECT * FROM sqlite_schema")
    office = office_in(tmp_path)
    assert migrate.upgrade(office) is None
    assert not (tmp_path / "backups").exists()
    office.close()
    assert rows(tmp_path / "office.db", "SELECT * FROM sqlite_schema") == before


def test_data_survive_a_migration_and_a_copy_from_before_stays(tmp_path: Path, next_version: Path) -> None:
    shutil.move(next_version / "versions" / f"{NEXT}_next.py", tmp_path)
    office_in(tmp_path, people=3).close()
    shutil.move(tmp_path / f"{NEXT}_next.py", next_version / "versions")
    office = office_in(tmp_path)
    assert people(office)["林2"] == (identity(2), phone(2))
    assert "shoe_size" in {c["name"] for c in inspect(office.reader).get_columns("person")}
    (copy,) = (tmp_path / "backups").glob(f"before-{NEXT}-*.db")
    assert rows(copy, "SELECT version_num FROM alembic_version") == [(LAST,)]
    assert rows(copy, "SELECT count(*) FROM person") == [(3,)]
    with office.reader.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    office.close()


@pytest.mark.parametrize("trouble", ["1 / 0", "op.execute('UPDATE person SET household_id = 1')"])
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    office_in(tmp_path, people=2).close()
    before = rows(tmp_path / "office.db", "SELECT * FROM sqlite_schema ORDER BY name")
    _next_version(tmp_path, monkeypatch, trouble)
    with pytest.raises((ZeroDivisionError, Unavailable)):
        open_office(chosen(tmp_path))
    assert rows(tmp_path / "office.db", "SELECT * FROM sqlite_schema ORDER BY name") == before
    assert rows(tmp_path / "office.db", "SELECT version_num FROM alembic_version") == [(LAST,)]


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    with office.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    office.close()
    with pytest.raises(Unavailable, match="0999"):
        open_office(chosen(tmp_path))
    assert rows(tmp_path / "office.db", "SELECT version_num FROM alembic_version") == [("0999",)]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    rows(tmp_path / "office.db", "CREATE TABLE recipe (name TEXT)")
    with pytest.raises(Unavailable):
        open_office(chosen(tmp_path))
    assert rows(tmp_path / "office.db", "SELECT name FROM sqlite_schema") == [("recipe",)]


def test_a_household_and_its_head_point_at_each_other(tmp_path: Path) -> None:
    office = office_in(tmp_path, people=1)
    with office.writer.begin() as connection:
        head = connection.execute(text("SELECT id FROM person")).scalar()
        connection.execute(
            text(
                "INSERT INTO household (id, version, area, number, kind, size, head_id) "
                "VALUES (1, 1, '440599/', '', 'family', 1, :head)"
            ),
            {"head": head},
        )
        connection.execute(text("UPDATE person SET household_id = 1"))
    assert rows(tmp_path / "office.db", "PRAGMA foreign_key_check") == []
    office.close()


PLAIN = {
    **dict.fromkeys(("road", "number", "estate", "name", "structure", "address"), ""),
    **{"version": 1, "area": GRID, "floors": 1, "units": 1, "use": "10", "extra": {}},
}
"""A building of the time before the map, but for its number, code and position."""


def test_what_had_a_position_before_the_map_is_found_on_it(store: stores.Store, tmp_path: Path) -> None:
    office = Office(store.fresh(tmp_path), stores.KEYS)
    with office.writer.begin() as connection:
        revisions.bring(connection, "0002")
        building = Table("building", MetaData(), autoload_with=connection)
        places = ((1, 116.74, 23.27), (2, -0.1, -51.5), (3, None, None))
        for number, lon, lat in places:
            own = {"id": number, "code": str(number), "address_key": str(number), "lon": lon, "lat": lat}
            connection.execute(insert(building), {**PLAIN, **own})
        revisions.bring(connection)
        found = dict(connection.execute(text("SELECT id, cell FROM building")).all())
    assert found == {number: cell_of(lon, lat) for number, lon, lat in places}
    office.close()


DOOR = {"version": 1, "area": GRID, "building_id": 1, "unit": "", "room": "", "extra": {}, "residents": 1}
"""A house of the time before the codes, but for its number, code and address."""
SOMEBODY = {"version": 1, "area": GRID, "name": "林一", "document_kind": "111", "birth": date(1990, 1, 1)}


def _filled(table: Table, values: dict[str, object]) -> Insert:
    """A row in which everything that must say something does."""
    blank = {c.name: "" for c in table.columns if not c.nullable and isinstance(c.type, String)}
    zero = {c.name: 0 for c in table.columns if not c.nullable and isinstance(c.type, Integer)}
    return insert(table).values({**blank, **zero, **values})


def test_codes_and_homes_of_before_keep_the_rules_of_today(store: stores.Store, tmp_path: Path) -> None:
    """Every code is entered, also one that a house lost; of two homes at once the earlier one has ended."""
    office = Office(store.fresh(tmp_path), stores.KEYS)
    with office.writer.begin() as connection:
        revisions.bring(connection, "0003")
        building, house, person, stay, told = (
            Table(name, MetaData(), autoload_with=connection)
            for name in ("building", "house", "person", "residence", "field_change")
        )
        connection.execute(_filled(building, {**PLAIN, "id": 1, "code": "B1", "address_key": "1"}))
        for number in (2, 3):
            own = {"id": number, "code": f"H{number}", "address_key": str(number), "state": "owned"}
            connection.execute(_filled(house, {**DOOR, **own}))
        connection.execute(_filled(person, {**SOMEBODY, "id": 4, "extra": {}}))
        for number, since in ((2, date(2001, 1, 1)), (3, date(2010, 5, 1))):
            period = {"person_id": 4, "house_id": number, "kind": "owner", "from_on": since, "to_on": None}
            connection.execute(_filled(stay, {"id": number, "version": 1, "area": GRID, **period}))
        lost = {"kind": "House", "record_id": 2, "field": "code", "before": '"H0"', "after": '"H2"'}
        connection.execute(_filled(told, {"id": 5, "at": datetime(2020, 1, 1), **lost}))
        revisions.bring(connection)
        given = connection.execute(text("SELECT code, about_id, closed_on IS NULL FROM given_code")).all()
        homes = dict(connection.execute(text("SELECT house_id, to_on FROM residence")).all())
        left = dict(connection.execute(text("SELECT id, residents FROM house")).all())
    assert sorted((code, about, bool(is_open)) for code, about, is_open in given) == [
        ("B1", 1, True),
        ("H0", 2, False),
        ("H2", 2, True),
        ("H3", 3, True),
    ]
    assert {number: str(end) for number, end in homes.items()} == {2: "2010-05-01", 3: "None"}
    assert left == {2: 0, 3: 1}
    office.close()
