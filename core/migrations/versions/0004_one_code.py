"""One house, one code: labels, self-reports, visits, building changes, own pages; homes as periods that do not
contradict each other.

A migration stands for ever: it imports nothing from the rest of the product, which goes on changing.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import combinations, groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LAST, BEYOND = date(9999, 12, 30), date(9999, 12, 31)
STAY = sa.table(
    "residence",
    *(sa.column(each) for each in ("id", "version", "area", "person_id", "house_id", "kind")),
    sa.column("from_on", sa.Date),
    sa.column("to_on", sa.Date),
)
HOUSE = sa.table("house", sa.column("id"), sa.column("residents"))
TOLD = ("id", "kind", "record_id", "field", "before", "after", "who", "permission", "reason", "source")
CHANGE = sa.table("field_change", *(sa.column(each) for each in TOLD), sa.column("at", sa.DateTime))

FIRST = "coalesce({row}from_on, {row}to_on, '9999-12-30')"
END = "coalesce({row}to_on, '9999-12-31')"
OLD, NEW = {"row": "old_stay."}, {"row": "new."}
MET = (
    "EXISTS (SELECT 1 FROM residence AS old_stay WHERE old_stay.person_id = new.person_id "
    "AND old_stay.id <> new.id AND {condition} "
    f"AND max({FIRST.format(**OLD)}, {FIRST.format(**NEW)}) < min({END.format(**OLD)}, {END.format(**NEW)}))"
)
RULES = {
    "residence_apart": "old_stay.kind <> 'temporary' AND new.kind <> 'temporary'",
    "residence_once": "old_stay.house_id = new.house_id",
}
VERBS = {"insert": "INSERT", "update": "UPDATE OF person_id, house_id, kind, from_on, to_on"}
WHOSE = "int8range(person_id, person_id, '[]') WITH &&"
WHEN = (
    "daterange(coalesce(from_on, to_on, DATE '9999-12-30'), coalesce(to_on, DATE '9999-12-31'), '[)') WITH &&"
)
APART = {
    "sqlite": [
        f"CREATE TRIGGER {name}_{verb} BEFORE {what} ON residence "
        f"WHEN {MET.format(condition=condition)} BEGIN SELECT RAISE(ABORT, '{name}'); END"
        for name, condition in RULES.items()
        for verb, what in VERBS.items()
    ],
    "postgresql": [
        f"ALTER TABLE residence ADD CONSTRAINT residence_apart EXCLUDE USING gist ({WHOSE}, {WHEN}) "
        "WHERE (kind <> 'temporary')",
        "ALTER TABLE residence ADD CONSTRAINT residence_once EXCLUDE USING gist "
        f"({WHOSE}, int8range(house_id, house_id, '[]') WITH &&, {WHEN})",
    ],
}
"""What the database keeps of the rule: one usual home at a time, and never twice in one house at once."""


def upgrade() -> None:
    """Make the tables, enter every code that was ever given, and keep the periods of homes apart."""
    op.create_table(
        "given_code",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("about_kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date, nullable=True),
        sa.Column("why", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    with op.batch_alter_table("given_code", schema=None) as batch_op:
        batch_op.create_index("ix_given_code_about", ["about_id", "about_kind"], unique=False)
        batch_op.create_index("ix_given_code_area", ["area", "id"], unique=False)

    op.create_table(
        "house_change_step",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("about_kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("said", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("house_change_step", schema=None) as batch_op:
        batch_op.create_index("ix_house_change_step_about", ["about_id", "id"], unique=False)
        batch_op.create_index("ix_house_change_step_area", ["area", "id"], unique=False)

    op.create_table(
        "label_sheet",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("width", sa.Float, nullable=False),
        sa.Column("height", sa.Float, nullable=False),
        sa.Column("columns", sa.Integer, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("left", sa.Float, nullable=False),
        sa.Column("top", sa.Float, nullable=False),
        sa.Column("gap_x", sa.Float, nullable=False),
        sa.Column("gap_y", sa.Float, nullable=False),
        sa.Column("marks", sa.Boolean, nullable=False),
        sa.Column("header", sa.String(24), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("hint", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("area"),
    )
    op.create_table(
        "limit_count",
        sa.Column("mark", sa.String(24), nullable=False),
        sa.Column("slot", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("mark", "slot"),
    )
    with op.batch_alter_table("limit_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_limit_count_until"), ["until"], unique=False)

    op.create_table(
        "own_code",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("house_id", sa.Integer, nullable=True),
        sa.Column("channel", sa.String(8), nullable=False),
        sa.Column("slip", sa.String(12), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("guardian", sa.String(60), nullable=False),
        sa.Column("given_by", sa.String(60), nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.Column("good_until", sa.DateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("used_at", sa.DateTime, nullable=True),
        sa.Column("ended_at", sa.DateTime, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slip"),
    )
    with op.batch_alter_table("own_code", schema=None) as batch_op:
        batch_op.create_index("ix_own_code_area", ["area", "id"], unique=False)
        batch_op.create_index("ix_own_code_house", ["house_id", "good_until"], unique=False)
        batch_op.create_index("ix_own_code_person", ["person_id", "given_at"], unique=False)

    op.create_table(
        "own_visit",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("code_id", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime, nullable=True),
        sa.Column("compared", sa.Integer, nullable=False),
        sa.Column("guardian", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("own_visit", schema=None) as batch_op:
        batch_op.create_index("ix_own_visit_area", ["area", "id"], unique=False)
        batch_op.create_index("ix_own_visit_person", ["person_id", "started_at"], unique=False)

    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("choice", sa.JSON, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("wanted", sa.Integer, nullable=False),
        sa.Column("labels", sa.Integer, nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("job_id", sa.Integer, nullable=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("print_run", schema=None) as batch_op:
        batch_op.create_index("ix_print_run_area", ["area", "id"], unique=False)

    op.create_table(
        "successor",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("about_kind", sa.String(40), nullable=False),
        sa.Column("about_id", sa.Integer, nullable=False),
        sa.Column("new_id", sa.Integer, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("successor", schema=None) as batch_op:
        batch_op.create_index("ix_successor_about", ["about_id", "about_kind"], unique=False)
        batch_op.create_index("ix_successor_area", ["area", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_successor_new_id"), ["new_id"], unique=False)

    op.create_table(
        "visit_period",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("visit_period", schema=None) as batch_op:
        batch_op.create_index("ix_visit_period_area", ["area", "reason"], unique=True)

    op.create_table(
        "house_change",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("building_id", sa.Integer, nullable=True),
        sa.Column("replaces_id", sa.Integer, nullable=True),
        sa.Column("house_ids", sa.JSON, nullable=False),
        sa.Column("doors", sa.JSON, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("stays", sa.JSON, nullable=False),
        sa.Column("made", sa.JSON, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("applicant", sa.String(60), nullable=False),
        sa.Column("applicant_name", sa.String(50), nullable=False),
        sa.Column("applied_at", sa.DateTime, nullable=False),
        sa.Column("reviewer", sa.String(60), nullable=False),
        sa.Column("approver", sa.String(60), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"],
            ["building.id"],
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["building.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("house_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_house_change_building_id"), ["building_id"], unique=False)
        batch_op.create_index("ix_house_change_list", ["area", "state", "id"], unique=False)
        batch_op.create_index("ix_house_change_state", ["state", "id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=False),
        sa.Column("label_id", sa.Integer, nullable=False),
        sa.Column("once", sa.String(40), nullable=False),
        sa.Column("who", sa.String(10), nullable=False),
        sa.Column("what", sa.String(120), nullable=False),
        sa.Column("contact_name", sa.String(50), nullable=False),
        sa.Column("contact_phone", sa.String, nullable=True),
        sa.Column("receipt", sa.String, nullable=False),
        sa.Column("receipt_index", sa.String(24), nullable=True),
        sa.Column("receipt_tail", sa.String(24), nullable=True),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("handed_in_at", sa.DateTime, nullable=False),
        sa.Column("corrected_at", sa.DateTime, nullable=True),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("is_urgent", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=True),
        sa.Column("decided_by", sa.String(60), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("receipt_index"),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_house", ["house_id", "state"], unique=False)
        batch_op.create_index("ix_claim_list", ["area", "state", "due_on", "id"], unique=False)
        batch_op.create_index("ix_claim_once", ["label_id", "once"], unique=True)

    op.create_table(
        "door_label",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("token_index", sa.String(24), nullable=False),
        sa.Column("short_code", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("issued_at", sa.DateTime, nullable=False),
        sa.Column("issued_by", sa.String(60), nullable=False),
        sa.Column("print_count", sa.Integer, nullable=False),
        sa.Column("printed_at", sa.DateTime, nullable=True),
        sa.Column("printed_by", sa.String(60), nullable=False),
        sa.Column("printed_address", sa.String(200), nullable=False),
        sa.Column("printed_code", sa.String(24), nullable=False),
        sa.Column("printed_for", sa.String(200), nullable=False),
        sa.Column("ended_at", sa.DateTime, nullable=True),
        sa.Column("ended_by", sa.String(60), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("short_code"),
        sa.UniqueConstraint("token_index"),
    )
    with op.batch_alter_table("door_label", schema=None) as batch_op:
        batch_op.create_index(
            "ix_door_label_active",
            ["house_id"],
            unique=True,
            sqlite_where=sa.text("state = 'active'"),
            postgresql_where=sa.text("state = 'active'"),
        )
        batch_op.create_index("ix_door_label_area", ["area", "state", "print_count"], unique=False)
        batch_op.create_index("ix_door_label_house", ["house_id", "state"], unique=False)

    op.create_table(
        "visit_act",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("house_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("who_name", sa.String(50), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("seen", sa.String(16), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("again_on", sa.Date, nullable=True),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("visit_act", schema=None) as batch_op:
        batch_op.create_index("ix_visit_act_again", ["area", "again_on"], unique=False)
        batch_op.create_index("ix_visit_act_area", ["area", "day"], unique=False)
        batch_op.create_index("ix_visit_act_house", ["house_id", "at"], unique=False)

    op.create_table(
        "claim_item",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("claim_id", sa.Integer, nullable=False),
        sa.Column("house_id", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("organisation_id", sa.Integer, nullable=True),
        sa.Column("field", sa.String(30), nullable=False),
        sa.Column("before", sa.String, nullable=True),
        sa.Column("after", sa.String, nullable=True),
        sa.Column("secret_before", sa.String, nullable=True),
        sa.Column("secret_after", sa.String, nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["claim.id"],
        ),
        sa.ForeignKeyConstraint(
            ["house_id"],
            ["house.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("claim_item", schema=None) as batch_op:
        batch_op.create_index("ix_claim_item_area", ["area", "id"], unique=False)
        batch_op.create_index("ix_claim_item_claim", ["claim_id", "part", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_item_house_id"), ["house_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_item_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_item_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_provisional", sa.Boolean, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("spot", sa.String(60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("closed_on", sa.Date, nullable=True))
        batch_op.drop_index(batch_op.f("ix_building_totals"))
        batch_op.create_index("ix_building_totals", ["area", "use", "closed_on"], unique=False)
        batch_op.create_index("ix_building_provisional", ["is_provisional", "area"], unique=False)

    with op.batch_alter_table("field_change", schema=None) as batch_op:
        batch_op.create_index(
            "ix_field_change_person",
            ["before"],
            unique=False,
            sqlite_where=sa.text("field = 'person_id'"),
            postgresql_where=sa.text("field = 'person_id'"),
        )

    with op.batch_alter_table("house", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_on", sa.Date, nullable=True))
        batch_op.drop_index(batch_op.f("ix_house_area_verified"))
        batch_op.create_index("ix_house_area_verified", ["area", "verified_at", "state"], unique=False)

    with op.batch_alter_table("residence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("verified_at", sa.DateTime, nullable=True))
        batch_op.add_column(sa.Column("verified_by", sa.String(60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("verified_from", sa.String(20), server_default="", nullable=False))
        batch_op.add_column(sa.Column("source", sa.String(20), server_default="", nullable=False))
        batch_op.create_index(
            "ix_residence_tenant",
            ["area", "from_on", "to_on", "house_id"],
            unique=False,
            sqlite_where=sa.text("kind = 'tenant'"),
            postgresql_where=sa.text("kind = 'tenant'"),
        )

    with op.batch_alter_table("subject_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(40), server_default="", nullable=False))
    _enter_codes()
    _cut_contradictions()
    for statement in APART[op.get_bind().dialect.name]:
        op.execute(statement)


# --- codes ----------------------------------------------------------------------------------------------------


def _enter_codes() -> None:
    """Every code of a building or house as given; of those that houses had before, every one that no other has now,
    as closed: none of them is given again."""
    names = ("id", "version", "area", "about_kind", "about_id", "code", "given_on", "closed_on", "why")
    given = sa.table("given_code", *(sa.column(each) for each in names))
    today, run = sa.literal(_today(), sa.Date), op.get_bind().execute
    for name in ("building", "house"):
        table = sa.table(name, *(sa.column(each) for each in ("id", "area", "code")))
        kind, nothing, why = sa.literal(name.capitalize()), sa.cast(sa.null(), sa.Date), sa.literal("entered")
        rows = sa.select(
            table.c.id, sa.literal(1), table.c.area, kind, table.c.id, table.c.code, today, nothing, why
        )
        run(given.insert().from_select(names, rows))
    known = set(run(sa.select(given.c.code)).scalars())
    before = [row for row in _codes_before() if row["code"] not in known]
    if before:
        run(given.insert(), list({row["code"]: row for row in before}.values()))


def _codes_before() -> Iterator[dict[str, Any]]:
    """The codes that corrections of a door took from houses, as the history of fields tells it."""
    change = sa.table(
        "field_change",
        *(sa.column(each) for each in ("id", "kind", "record_id", "field", "before")),
        sa.column("at", sa.DateTime),
    )
    house = sa.table("house", *(sa.column(each) for each in ("id", "area")))
    told = (
        sa.select(change.c.id, change.c.record_id, change.c.before, change.c.at, house.c.area)
        .join(house, house.c.id == change.c.record_id)
        .where(change.c.kind == "House", change.c.field == "code", change.c.before.is_not(None))
    )
    for row in op.get_bind().execute(told.order_by(change.c.id)):
        code, day = json.loads(row.before), row.at.date()
        if code:
            own = {
                "id": row.id,
                "version": 1,
                "area": row.area,
                "about_kind": "House",
                "about_id": row.record_id,
            }
            yield {**own, "code": code, "given_on": day, "closed_on": day, "why": "corrected"}


def _today() -> date:
    """The day in China."""
    return datetime.now(timezone(timedelta(hours=8))).date()


# --- periods of homes ---------------------------------------------------------------------------------------------


def _cut_contradictions() -> None:
    """Of two stays of one person that speak against each other (two usual homes, or the same house twice) the earlier
    one ends where the later begins, as after a move; one that lies wholly inside is cut to the day on which it began.
    No row is lost, and the history says what it was."""
    many = sa.select(STAY.c.person_id).group_by(STAY.c.person_id).having(sa.func.count() > 1)
    asked = sa.select(STAY).where(STAY.c.person_id.in_(many)).order_by(STAY.c.person_id, STAY.c.id)
    rows = op.get_bind().execute(asked).mappings().all()
    for _person, stays in groupby(map(dict, rows), key=lambda stay: stay["person_id"]):
        latest_first = sorted(stays, key=lambda stay: (_first(stay), stay["id"]), reverse=True)
        for later, early in combinations(latest_first, 2):
            if _clash(early, later):
                until = later["from_on"] or later["to_on"] or _today()
                _cut(early, max(until, early["from_on"] or date.min))


def _first(stay: dict[str, Any]) -> date:
    first: date = stay["from_on"] or stay["to_on"] or LAST
    return first


def _clash(one: dict[str, Any], other: dict[str, Any]) -> bool:
    is_same, are_usual = one["house_id"] == other["house_id"], "temporary" not in (one["kind"], other["kind"])
    ends = min(one["to_on"] or BEYOND, other["to_on"] or BEYOND)
    return (is_same or are_usual) and max(_first(one), _first(other)) < ends


def _cut(stay: dict[str, Any], until: date) -> None:
    run, was = op.get_bind().execute, stay["to_on"]
    run(sa.update(STAY).where(STAY.c.id == stay["id"]).values(to_on=until, version=STAY.c.version + 1))
    last = run(sa.select(sa.func.max(CHANGE.c.id))).scalar() or stay["id"]
    about = {"id": last + 1, "kind": "Residence", "record_id": stay["id"], "field": "to_on"}
    said = {"before": _json(was), "after": _json(until), "reason": "居住时段重叠，自动截断"}
    by = {"at": datetime.now(UTC).replace(tzinfo=None), "who": "migration", "permission": "", "source": ""}
    run(sa.insert(CHANGE).values({**about, **said, **by}))
    if was is None:
        there = sa.update(HOUSE).where(HOUSE.c.id == stay["house_id"], HOUSE.c.residents > 0)
        run(there.values(residents=HOUSE.c.residents - 1))
    stay["to_on"] = until


def _json(day: date | None) -> str | None:
    return json.dumps(day.isoformat()) if day else None
