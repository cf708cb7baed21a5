"""What the database itself keeps of the rule that periods of one person do not contradict each other.

`residence_apart`: one usual home at a time; `residence_once`: never twice in one house at once. SQLite has triggers for
it and PostgreSQL exclusion constraints, which also hold when two people file at the same moment. Both say it in the
words of core/people/rules/residences.py: an unknown beginning counts as the day on which the period ended.
"""

from sqlalchemy import DDL, Table, event

FIRST = "coalesce({row}from_on, {row}to_on, '9999-12-30')"
END = "coalesce({row}to_on, '9999-12-31')"
COLUMNS = "person_id, house_id, kind, from_on, to_on"


def _met(condition: str) -> str:
    """SQLite: whether another stay of the person lies in the time of the new one."""
    old, new = ({"row": f"{row}."} for row in ("old_stay", "new"))
    return (
        "EXISTS (SELECT 1 FROM residence AS old_stay WHERE old_stay.person_id = new.person_id "
        f"AND old_stay.id <> new.id AND {condition} "
        f"AND max({FIRST.format(**old)}, {FIRST.format(**new)}) < min({END.format(**old)}, {END.format(**new)}))"
    )


RULES = {
    "residence_apart": "old_stay.kind <> 'temporary' AND new.kind <> 'temporary'",
    "residence_once": "old_stay.house_id = new.house_id",
}
SQLITE = tuple(
    f"CREATE TRIGGER {name}_{verb} BEFORE {verb.upper()}{f' OF {COLUMNS}' if verb == 'update' else ''} ON residence "
    f"WHEN {_met(condition)} BEGIN SELECT RAISE(ABORT, '{name}'); END"
    for name, condition in RULES.items()
    for verb in ("insert", "update")
)
WHEN = (
    "daterange(coalesce(from_on, to_on, DATE '9999-12-30'), coalesce(to_on, DATE '9999-12-31'), '[)') WITH &&"
)
WHOSE = "int8range(person_id, person_id, '[]') WITH &&"
POSTGRESQL = (
    f"ALTER TABLE residence ADD CONSTRAINT residence_apart EXCLUDE USING gist ({WHOSE}, {WHEN}) "
    "WHERE (kind <> 'temporary')",
    "ALTER TABLE residence ADD CONSTRAINT residence_once EXCLUDE USING gist "
    f"({WHOSE}, int8range(house_id, house_id, '[]') WITH &&, {WHEN})",
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements that make the rule in a database of this kind."""
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[dialect]


def made_with(table: Table) -> None:
    """Make the rule whenever the table is made."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(dialect):
            ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl)
