"""The promises of the unit of work, tried on the records of a tiny community."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlmodel import select

from core.kernel import audit
from core.kernel.access import Actor, roles
from core.kernel.audit import AuditEntry
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import PERMISSIONS, UnitOfWork, command, query
from core.people.models import Person
from tests import stores
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf

NUMBER = "440599199001010019"


@command("person.edit")
def take_in(uow: UnitOfWork, area: str = GRID, **values: object) -> int:
    """File a person."""
    return uow.add(Person, **{"area": area, "name": "陈示例", "birth": "1990-01-01", **values}).id


@command("person.edit")
def rename(uow: UnitOfWork, key: int, name: str, seen: int | None = None) -> None:
    """Call a person otherwise."""
    uow.change(uow.get(Person, key), seen=seen, name=name)


@query("person.view")
def name_of(uow: UnitOfWork, key: int) -> str:
    """The name of one person."""
    return uow.get(Person, key).name


@query("person.view")
def names(uow: UnitOfWork) -> list[str]:
    """The names in sight."""
    return list(uow.session.exec(select(Person.name)).all())


@query("person.view")
def leak(uow: UnitOfWork) -> list[Person]:
    """A careless query."""
    return list(uow.session.exec(select(Person)).all())


@command("person.reveal")
def open_number(uow: UnitOfWork, key: int, reason: str) -> str:
    """One number in full."""
    return uow.reveal(uow.get(Person, key), "document_no", reason)


def log(uow: UnitOfWork) -> list[AuditEntry]:
    """The whole audit log, oldest first."""
    with uow.office.reader.connect() as connection:
        return [AuditEntry(**row) for row in connection.execute(select(AuditEntry).order_by("id")).mappings()]


def test_a_role_without_the_permission_is_refused_and_the_log_says_so(uow_of: UowOf) -> None:
    uow = uow_of("analyst")
    with pytest.raises(Refused):
        take_in(uow)
    assert names(uow_of()) == []
    [line] = log(uow)
    assert (line.permission, line.outcome, line.who) == ("person.edit", "refused", "wang")


def test_nobody_files_into_the_next_grid_and_the_attempt_is_logged(uow_of: UowOf) -> None:
    with pytest.raises(Refused):
        take_in(uow_of("grid_worker", GRID), area=NEXT_GRID)
    assert names(uow_of()) == []
    assert [line.outcome for line in log(uow_of())] == ["refused"]


def test_out_of_sight_and_not_there_look_the_same(uow_of: UowOf) -> None:
    key = take_in(uow_of())
    with pytest.raises(Missing) as away:
        name_of(uow_of("grid_worker", NEXT_GRID), key)
    with pytest.raises(Missing) as nowhere:
        name_of(uow_of("grid_worker", NEXT_GRID), 12345)
    assert away.value.sentence == nowhere.value.sentence
    assert names(uow_of("grid_worker", NEXT_GRID)) == []
    assert names(uow_of("grid_worker", GRID)) == ["陈示例"]


def test_the_branch_of_another_street_with_the_same_beginning_is_not_mine(uow_of: UowOf) -> None:
    assert Actor("a", "clerk", "440599/001/").branch == ("440599/001/", "440599/0010")
    take_in(uow_of())
    assert names(uow_of(area="440599/00/")) == []


def test_a_change_says_before_and_after(uow_of: UowOf) -> None:
    key = take_in(uow_of())
    rename(uow_of(), key, "陈改名")
    line = log(uow_of())[-1]
    assert (line.outcome, line.about, line.changes["name"]) == ("done", f"Person/{key}", ["陈示例", "陈改名"])
    assert line.area == GRID


def test_a_sealed_number_is_masked_outside_and_a_digest_in_the_log(uow_of: UowOf) -> None:
    key = take_in(uow_of(), document_no=NUMBER)
    stored = log(uow_of())[-1]
    assert NUMBER not in str(stored.changes) and "sealed:" in str(stored.changes["document_no"])
    with uow_of().office.reader.connect() as connection:
        row = connection.exec_driver_sql(f"select * from person where id={key}").mappings().one()
    assert NUMBER not in str(dict(row)) and row["document_no"].startswith("k1.")


def test_nobody_sees_a_number_without_a_reason(uow_of: UowOf) -> None:
    key = take_in(uow_of(), document_no=NUMBER)
    with pytest.raises(Invalid) as refusal:
        open_number(uow_of(), key, " ")
    assert "reason" in refusal.value.fields
    with pytest.raises(Refused):
        open_number(uow_of("analyst"), key, "核对")
    assert open_number(uow_of(), key, "核对户口") == NUMBER
    line = log(uow_of())[-1]
    assert (line.outcome, line.reason, list(line.changes)) == ("revealed", "核对户口", ["document_no"])


def test_a_look_at_a_person_is_written_down_once_in_a_while(uow_of: UowOf) -> None:
    key = take_in(uow_of())
    for _again in range(3):
        name_of(uow_of(), key)
    name_of(uow_of(login="li"), key)
    assert [line.who for line in log(uow_of()) if line.outcome == "viewed"] == ["wang", "li"]


def test_the_later_of_two_sees_the_difference(uow_of: UowOf) -> None:
    key = take_in(uow_of())
    rename(uow_of(), key, "陈先到", seen=1)
    with pytest.raises(Clash) as clash:
        rename(uow_of(), key, "陈后到", seen=1)
    difference = clash.value.differences["name"]
    assert (difference.yours, difference.theirs) == ("陈后到", "陈先到")
    assert name_of(uow_of(), key) == "陈先到"
    rename(uow_of(), key, "陈先到", seen=1)


def test_a_second_person_with_the_number_is_refused_without_a_word_about_the_first(uow_of: UowOf) -> None:
    take_in(uow_of(), area=NEXT_GRID, document_no=NUMBER, name="林邻居")
    with pytest.raises(Clash) as clash:
        take_in(uow_of("grid_worker", GRID), document_no=NUMBER)
    assert "document_no" in clash.value.fields and "林邻居" not in str(clash.value.fields)


def test_there_is_no_session_outside_a_query_or_command(uow_of: UowOf) -> None:
    with pytest.raises(RuntimeError):
        _ = uow_of().session


def test_a_query_changes_nothing(uow_of: UowOf) -> None:
    key = take_in(uow_of())
    uow = uow_of()
    with pytest.raises(RuntimeError, match="outside a command"), uow.reading("person.view"):
        uow.get(Person, key).name = "偷改"
        uow.session.flush()
    assert name_of(uow_of(), key) == "陈示例"


@pytest.mark.parametrize(
    "statement",
    [
        update(Person).values(name="x"),
        delete(Person),
        text("delete from person"),
        text("select 1"),
        select(Person.__table__),
    ],  # type: ignore[attr-defined]
)
def test_there_is_no_way_round_the_session(uow_of: UowOf, statement: object) -> None:
    take_in(uow_of())
    uow = uow_of("lead")
    with pytest.raises(RuntimeError), uow.running("person.edit"):
        uow.session.execute(statement)  # type: ignore[call-overload]
    assert names(uow_of()) == ["陈示例"]


def test_a_record_never_leaves_its_query(uow_of: UowOf) -> None:
    take_in(uow_of())
    with pytest.raises(RuntimeError, match="plain values"):
        leak(uow_of())


def test_a_command_happens_whole_or_not_at_all(uow_of: UowOf) -> None:
    uow = uow_of()
    with pytest.raises(Invalid), uow.running("person.edit"):
        take_in(uow)
        take_in(uow, name="")
    assert names(uow_of()) == [] and log(uow) == []


def test_names_are_masked_for_roles_without_them(uow_of: UowOf) -> None:
    from core.kernel.masking import name_for

    assert name_for(Actor("a", "analyst", COMMUNITY), "陈示例") == "陈**"
    assert name_for(Actor("a", "clerk", COMMUNITY), "陈示例") == "陈示例"


def test_the_log_is_chained_and_append_only(uow_of: UowOf) -> None:
    key = take_in(uow_of())
    rename(uow_of(), key, "陈改名")
    office = uow_of().office
    assert audit.verify(office.reader).holds
    with pytest.raises(Exception, match="append-only"), office.writer.begin() as connection:
        connection.exec_driver_sql("update audit_entry set who='nobody'")
    stores.tamper(office, "update audit_entry set reason='forged' where id=2")
    assert audit.verify(office.reader).broken[0] == (2, "changed")


def test_cutting_off_the_end_of_the_log_shows(uow_of: UowOf) -> None:
    key = take_in(uow_of())
    rename(uow_of(), key, "陈改名")
    office = uow_of().office
    stores.tamper(office, "delete from audit_entry where id=2")
    assert audit.verify(office.reader).broken == ((2, "cut off"),)


def test_every_permission_belongs_to_somebody(office: object) -> None:
    granted = set().union(*(role.may for role in roles().values()))
    assert PERMISSIONS - {"person.edit"} <= granted


def test_administrators_see_no_person(uow_of: UowOf) -> None:
    take_in(uow_of())
    for role in ("system_admin", "security_admin", "audit_admin", "analyst"):
        with pytest.raises(Refused):
            names(uow_of(role, "440599/"))


def test_a_day_is_a_day_in_china_wherever_the_machine_stands(
    uow_of: UowOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(UnitOfWork, "now", property(lambda _uow: evening))
    assert uow_of().today == date(2026, 11, 27)
    assert datetime.now().astimezone().utcoffset() == timedelta(hours=8)
