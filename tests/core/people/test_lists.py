"""Lists of people: filters, orders, pages, scope; and that the fast shapes of the query are really taken."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, event

from core.kernel.problems import Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.people import commands, queries
from core.people.models import Person
from core.people.queries import PeopleFilter, PersonLine, keyset
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import Door, Someone, citizen, log, years_ago


@command("person.edit")
def crowd(uow: UnitOfWork, size: int) -> None:
    """Many people at once: names and birth dates repeat, every third was never verified."""
    for n in range(size):
        seen = None if n % 3 == 0 else datetime(2026, 1, 1 + n % 5, tzinfo=UTC)
        uow.add(
            Person, name=f"陈{'一二三四'[n % 4]}", birth=date(1980, 1, 1 + n % 7), sex=str(1 + n % 2),
            area=GRID if n % 5 else NEXT_GRID, verified_at=seen,
        )  # fmt: skip


def names(uow: UnitOfWork, **wanted: object) -> set[str]:
    """Who is in the list."""
    return {line.name for line in queries.people(uow, PeopleFilter(**wanted)).items}  # type: ignore[arg-type]


def every_page(uow: UnitOfWork, wanted: PeopleFilter, limit: int) -> list[PersonLine]:
    """All pages one after the other."""
    found, token = [], None
    while True:
        page = queries.people(uow, wanted, token, limit)
        found += page.items
        token = page.after
        if token is None:
            return found


@pytest.mark.parametrize("role", ["analyst", "system_admin", "security_admin", "audit_admin"])
def test_those_who_see_no_person_see_no_list_and_no_number(
    uow_of: UowOf, someone: Someone, role: str
) -> None:
    key = someone()
    looks = (
        lambda uow: queries.people(uow, PeopleFilter()),
        lambda uow: queries.person(uow, key),
        lambda uow: queries.tags_of(uow, key),
        lambda uow: queries.graph(uow, key),
        lambda uow: queries.numbers(uow),
        lambda uow: queries.freshness(uow),
        lambda uow: queries.households(uow, queries.HouseholdFilter()),
        lambda uow: queries.find_same(uow, "陈示例", years_ago(40)),
        lambda uow: queries.residences_of(uow, key),
        lambda uow: queries.occupants(uow, 1),
    )
    for look in looks:
        with pytest.raises(Refused):
            look(uow_of(role))
    assert len(log(uow_of().office, "refused")) == len(looks)
    assert not [line for line in queries.todo(uow_of(role)) if line.page == "people"]


def test_a_line_is_masked_and_says_home_age_and_tags(uow_of: UowOf, door: Door, someone: Someone) -> None:
    house, birth = door(), years_ago(70)
    someone(document_no=citizen(birth, 1), birth=birth, phone="19900001234", house_id=house)
    [line] = queries.people(uow_of(), PeopleFilter()).items
    assert (line.phone, line.document_no) == ("199****1234", f"440{'*' * 11}{citizen(birth, 1)[-4:]}")
    assert (line.age, line.sex, line.house_id) == (70, "1", house)
    assert line.address.startswith("和平路")
    assert "独居老人" in line.tags


def test_each_filter_narrows(uow_of: UowOf, someone: Someone) -> None:
    someone("陈男", sex="1", birth=years_ago(30), category="migrant")
    key = someone("林女", sex="2", birth=years_ago(65))
    commands.verify_person(uow_of(), key, "visit")
    uow = uow_of()
    assert names(uow) == {"陈男", "林女"}
    assert names(uow, sex="1") == {"陈男"}
    assert names(uow, category="hukou") == {"林女"}
    assert names(uow, age_from=31) == {"林女"}
    assert names(uow, age_to=30) == {"陈男"}
    assert names(uow, age_from=65, age_to=65) == {"林女"}
    assert names(uow, stale_days=180) == {"陈男"}
    assert names(uow, words="林女") == {"林女"}
    assert names(uow, words="陈") == {"陈男"}
    assert names(uow, words="男") == set(), "one character begins a name"
    assert names(uow, words="！") == set()
    assert names(uow, state="dead") == set()
    assert names(uow, under=NEXT_GRID) == set()


def test_people_without_document_and_reason_are_open_work(uow_of: UowOf, someone: Someone) -> None:
    key = someone("陈无证")
    someone("林新生", no_document_reason="newborn")
    assert names(uow_of(), todo="document") == {"陈无证"}
    assert {line.kind: line.count for line in queries.todo(uow_of())}["document"] == 1
    commands.edit_person(uow_of(), key, seen=None, no_document_reason="lost")
    assert names(uow_of(), todo="document") == set()


def test_nobody_sees_the_next_grid(uow_of: UowOf, someone: Someone) -> None:
    someone("陈本格")
    someone("林隔壁", area=NEXT_GRID)
    assert names(uow_of("grid_worker", GRID)) == {"陈本格"}
    assert names(uow_of("grid_worker", GRID), under=NEXT_GRID) == set()
    assert names(uow_of("grid_worker", GRID), under=COMMUNITY) == {"陈本格"}
    assert names(uow_of("grid_worker", GRID), words="林隔壁") == set()
    assert names(uow_of("lead", "440599/"), under=NEXT_GRID) == {"林隔壁"}


@pytest.mark.parametrize("area", [COMMUNITY, "440599/"])
@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("sort", ["recent", "name", "birth", "verified"])
def test_pages_of_any_order_hold_everybody_once(
    uow_of: UowOf, monkeypatch: pytest.MonkeyPatch, sort: str, down: bool, area: str
) -> None:
    monkeypatch.setattr(keyset, "STRIDES", (3, 10))
    crowd(uow_of(), 30)
    uow = uow_of("lead", area)
    found = every_page(uow, PeopleFilter(sort=sort, down=down), 7)
    assert len({line.id for line in found}) == len(found) == 30
    key = {
        "recent": lambda line: -line.id,
        "name": lambda line: (line.name, line.id),
        "birth": lambda line: (line.birth, line.id),
        "verified": lambda line: (line.verified_at is not None, line.verified_at or 0, line.id),
    }[sort]
    assert found == sorted(found, key=key, reverse=down)
    narrow = every_page(uow, PeopleFilter(sort=sort, down=down, sex="2", stale_days=0), 4)
    assert {line.id for line in narrow} == {line.id for line in found if line.sex == "2"}


def test_a_key_that_somebody_changed_begins_anew(uow_of: UowOf, someone: Someone) -> None:
    someone()
    for token in ("x", "1~2~3", "~", "9" * 40):
        for sort in ("recent", "verified"):
            assert len(queries.people(uow_of(), PeopleFilter(sort=sort), token).items) <= 1


def plans(uow: UnitOfWork, wanted: PeopleFilter) -> list[str]:
    """How SQLite goes about each statement on people of one list."""
    seen: list[tuple[str, object]] = []

    def note(
        _connection: Connection, _cursor: object, statement: str, values: object, *_rest: object
    ) -> None:
        if "FROM person" in statement:
            seen.append((statement, values))

    event.listen(uow.office.reader, "before_cursor_execute", note)
    try:
        queries.people(uow, wanted)
    finally:
        event.remove(uow.office.reader, "before_cursor_execute", note)
    with uow.office.reader.connect() as connection:
        return [
            "; ".join(row[3] for row in connection.exec_driver_sql(f"explain query plan {statement}", values))  # type: ignore[arg-type]
            for statement, values in seen
        ]


@pytest.mark.sqlite
def test_the_whole_office_is_walked_along_the_order(uow_of: UowOf, someone: Someone) -> None:
    someone()
    indexes = {"recent": "INTEGER PRIMARY KEY", "name": "ix_person_name", "birth": "ix_person_birth"}
    for sort, index in indexes.items():
        for wanted in (
            PeopleFilter(sort=sort),
            PeopleFilter(sort=sort, category="hukou", sex="0", age_to=50),
        ):
            assert index in plans(uow_of("lead", "440599/"), wanted)[0], (sort, wanted)


@pytest.mark.sqlite
def test_a_part_of_the_office_is_collected_from_the_covering_index(uow_of: UowOf, someone: Someone) -> None:
    someone()
    for sort in ("recent", "name", "birth", "verified"):
        wanted = PeopleFilter(sort=sort, category="hukou", sex="0", stale_days=10)
        assert "COVERING INDEX ix_person_list" in plans(uow_of(), wanted)[0], sort


@pytest.mark.sqlite
def test_open_work_is_read_from_its_own_small_index(uow_of: UowOf, someone: Someone) -> None:
    someone()
    for area in (GRID, "440599/"):
        assert "ix_person_paperless" in plans(uow_of("lead", area), PeopleFilter(todo="document"))[0]


def test_stale_people_come_longest_ago_first(uow_of: UowOf) -> None:
    crowd(uow_of(), 9)
    found = queries.people(uow_of(), PeopleFilter(sort="verified")).items
    assert [line.verified_at is None for line in found] == [True] * 3 + [False] * 6
    seen = [line.verified_at for line in found[3:] if line.verified_at]
    assert seen == sorted(seen)
