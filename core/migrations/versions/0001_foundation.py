"""The first tables: audit log, search, accounts, places and people.

A migration stands for ever: it imports nothing from the rest of the product, which goes on changing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LEVELS = ("PROVINCE", "CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID")
SQLITE = (
    "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE VIRTUAL TABLE search_fts USING fts5(tok, content='search_doc', content_rowid='id', "
    "tokenize=\"unicode61 tokenchars '='\", columnsize=0, prefix='1')",
    "CREATE TRIGGER search_doc_ai AFTER INSERT ON search_doc BEGIN "
    "INSERT INTO search_fts(rowid, tok) VALUES (new.id, new.tok); END",
    "CREATE TRIGGER search_doc_ad AFTER DELETE ON search_doc BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tok) VALUES ('delete', old.id, old.tok); END",
    "CREATE TRIGGER search_doc_au AFTER UPDATE ON search_doc BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tok) VALUES ('delete', old.id, old.tok); "
    "INSERT INTO search_fts(rowid, tok) VALUES (new.id, new.tok); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    "CREATE INDEX ix_search_doc_tok ON search_doc USING gin "
    "(array_to_tsvector(array_remove(string_to_array(tok, ' '), ''))) WITH (fastupdate = off)",
)

Parts = list[sa.schema.SchemaItem]


def _words(*, empty: bool = False, **longest: int) -> Parts:
    """Text columns and their longest text; 0: any length."""
    return [sa.Column(name, sa.String(most or None), nullable=empty) for name, most in longest.items()]


def _columns(kind: Any, *names: str, empty: bool = False) -> Parts:
    return [sa.Column(name, kind, nullable=empty) for name in names]


def _table(name: str, *parts: Parts) -> None:
    """A table of records with their number and version."""
    number = sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)
    op.create_table(name, number, *_columns(sa.Integer, "version"), *(p for some in parts for p in some))


def _area_table(name: str, *parts: Parts, indexed: bool = True) -> None:
    """A table of records that stand in the area tree."""
    _table(name, _words(area=60), *parts)
    if indexed:
        _index(name, "area")


def _index(table: str, *names: str, name: str = "", unique: bool = False, where: str = "") -> None:
    some: dict[str, Any] = {f"{kind}_where": sa.text(where) for kind in ("sqlite", "postgresql") if where}
    op.create_index(name or f"ix_{table}_{'_'.join(names)}", table, list(names), unique=unique, **some)


def _unique(*names: str) -> Parts:
    return [sa.UniqueConstraint(name) for name in names]


def _points_to(**targets: str) -> Parts:
    """Foreign keys: column=table."""
    return [sa.ForeignKeyConstraint([name], [f"{table}.id"]) for name, table in targets.items()]


def _verified() -> Parts:
    return [*_columns(sa.DateTime, "verified_at", empty=True), *_words(verified_by=60, verified_from=20)]


def _position() -> Parts:
    return [*_columns(sa.JSON, "polygon", empty=True), *_columns(sa.Float, "lon", "lat", empty=True)]


def _kernel() -> None:
    op.create_table("meta", sa.Column("name", sa.String(40), primary_key=True), *_words(value=400))
    _area_table(
        "audit_entry",
        _columns(sa.DateTime, "at"),
        _words(who=60, role=30, permission=60, outcome=30, about=80, reason=200),
        _columns(sa.JSON, "changes"),
        _words(key=8, mac=64),
    )
    for name in ("at", "who", "about"):
        _index("audit_entry", name)
    head = sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)
    op.create_table("audit_head", head, *_columns(sa.Integer, "last"), *_words(mac=64, key=8, seal=64))
    _area_table("search_doc", _words(kind=20, title=120, body=300, tok=0))
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def _accounts() -> None:
    _area_table(
        "account",
        _words(login=40, name=50, role=30, password_hash=200, approved_by=40, language=10),
        _words(empty=True, subject=120),
        _columns(sa.Boolean, "must_change", "disabled"),
        _columns(sa.Integer, "failures"),
        _columns(sa.DateTime, "password_at", "locked_until", "last_seen", empty=True),
        _unique("login", "subject"),
    )
    _table(
        "signin",
        _columns(sa.Integer, "account_id"),
        _words(empty=True, ticket_hash=64, token_hash=64),
        _columns(sa.DateTime, "started_at", "seen_at"),
        _columns(sa.DateTime, "ended_at", empty=True),
        _words(device=120),
        _points_to(account_id="account"),
        _unique("ticket_hash", "token_hash"),
    )
    _index("signin", "account_id")


def _areas() -> None:
    _area_table(
        "area",
        _words(code=15, name=60, kind=12, trade=20),
        _columns(sa.Enum(*LEVELS, name="level"), "level"),
        _position(),
        _columns(sa.Date, "valid_from", "valid_to", empty=True),
        _unique("area", "code"),
        indexed=False,
    )
    _index("area", "level")


def _buildings() -> None:
    _area_table(
        "building",
        _words(code=17, road=60, number=30, estate=60, name=30, address=200, address_key=200),
        _words(structure=2, use=2),
        _columns(sa.Integer, "floors", "units"),
        _columns(sa.Integer, "built_year", empty=True),
        _position(),
        [sa.CheckConstraint("floors between 1 and 200", name="building_floors")],
        _unique("address_key", "code"),
    )
    _area_table(
        "house",
        _verified(),
        _columns(sa.Integer, "building_id", "floor", "residents"),
        _words(unit=10, room=20, code=24, address=200, address_key=200, state=12),
        _words(use=2, ownership=2, note=200),
        _columns(sa.Float, "floor_area", empty=True),
        _points_to(building_id="building"),
        _unique("address_key", "code"),
    )
    _index("house", "building_id", "unit", "floor", "room", name="ix_house_building_unit")
    _index("house", "area", "id")
    _index("house", "area", "verified_at", name="ix_house_area_verified")
    _index("house", "state", "area", "id", name="ix_house_state_area")


def _households() -> None:
    _area_table(
        "household",
        _words(number=9, kind=12),
        _columns(sa.Integer, "house_id", "head_id", empty=True),
        _columns(sa.Integer, "size"),
        _columns(sa.Date, "opened_on", "closed_on", empty=True),
        _points_to(house_id="house"),
        indexed=False,
    )
    _index("household", "area", "closed_on", "kind", name="ix_household_list")
    _index("household", "head_id")
    _index("household", "house_id")
    headless = "head_id is null and closed_on is null and kind = 'family'"
    _index("household", "area", name="ix_household_headless", where=headless)


def _persons() -> None:
    _area_table(
        "person",
        _verified(),
        _words(name=50, document_kind=3, no_document_reason=12, sex=1),
        _words(empty=True, document_no=0, document_no_index=24, document_no_tail=24),
        _words(empty=True, phone=0, phone_index=24, phone_tail=24),
        _columns(sa.Date, "birth"),
        _words(category=10, hukou_division=6, hukou_address=80, consistent=2, inflow_reason=2, state=8),
        _words(relation=2),
        _columns(sa.Integer, "household_id", empty=True),
        _words(former_name=50, education=2, occupation=30, workplace=100, marital=2, political=2),
        _words(foreign_name=80, nationality=3, purpose=2),
        _columns(sa.Date, "registered_on", "arrived_on", "leaves_on", empty=True),
        _points_to(household_id="household"),
        _unique("document_no_index"),
        indexed=False,
    )
    for name in ("household_id", "phone_index"):
        _index("person", name)
    _index("person", "birth", "sex", "state", "area", name="ix_person_birth")
    listed = "area state category sex birth verified_at relation consistent political name"
    _index("person", *listed.split(), name="ix_person_list")
    _index("person", "name", "area", "state", name="ix_person_name")
    _index("person", "verified_at", "area", "state", name="ix_person_verified")
    paperless = "document_no is null and no_document_reason = '' and state = 'here'"
    _index("person", "area", name="ix_person_paperless", where=paperless)


def _ties() -> None:
    _area_table(
        "residence",
        _columns(sa.Integer, "person_id", "house_id"),
        _words(kind=10),
        _columns(sa.Date, "from_on", "to_on", empty=True),
        [sa.CheckConstraint("to_on is null or from_on is null or to_on >= from_on", name="residence_period")],
        _points_to(person_id="person", house_id="house"),
    )
    _index("residence", "house_id", "to_on", "person_id", "area", name="ix_residence_house")
    _index("residence", "person_id", "to_on", "kind", "house_id", "area", name="ix_residence_person")
    _area_table(
        "relation",
        _columns(sa.Integer, "person_id", "other_id"),
        _words(kind=2),
        _points_to(person_id="person", other_id="person"),
    )
    _index("relation", "other_id")
    _index("relation", "person_id", "other_id", name="ix_relation_pair", unique=True)
    _area_table(
        "declaredtag",
        _columns(sa.Integer, "person_id"),
        _words(tag=30, source=60),
        _columns(sa.Date, "verified_on"),
        _columns(sa.Date, "expires_on", empty=True),
        _points_to(person_id="person"),
    )
    _index("declaredtag", "person_id", "tag", name="ix_declared_tag_person", unique=True)
    _index("declaredtag", "tag", "person_id", name="ix_declared_tag_people")
    _index("declaredtag", "expires_on", name="ix_declared_tag_expiry")


def upgrade() -> None:
    """Make every table."""
    for part in (_kernel, _accounts, _areas, _buildings, _households, _persons, _ties):
        part()
