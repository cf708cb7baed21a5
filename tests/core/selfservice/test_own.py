"""The own page: everything about oneself, masked, with why and who looked; nothing of anybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from core.accounts import door
from core.kernel.access import roles
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.discovery import discover
from core.kernel.extensions import Holding
from core.kernel.problems import Clash, Invalid, Missing, Problem, Refused
from core.kernel.records import TreeRecord
from core.kernel.session import scoped_kinds
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands as people_commands
from core.people import queries as register
from core.people.models import Person, Residence
from core.places.models import Area, Building, House
from core.rights import commands as rights
from core.rights import queries as asked
from core.rights.models import ConsentText
from core.selfservice import commands, queries
from core.selfservice.rules import COMPARED, OPEN_REQUESTS
from tests.conftest import GRID
from tests.core.selfservice.conftest import Somebody, Who
from tests.core.test_scope import NAMED, arguments, called

Inside = Callable[[int], UnitOfWork]
PERSONAL = "own.view", "own.ask"


def test_what_is_held_says_what_for_and_shows_no_number(inside: Inside, people: list[Somebody]) -> None:
    one = people[0]
    found = queries.mine(inside(one.id))
    assert {"facts", "homes"} <= {part.key for part in found.parts}
    assert all(part.purpose and part.basis for part in found.parts)
    said = str(found)
    assert one.document not in said and one.phone not in said and one.name not in said
    assert found.name[0] == one.name[0] and "*" in found.name


def test_every_part_says_what_for_and_by_what_law() -> None:
    parts = discover("core.held", Holding)
    assert not [name for name, one in parts.items() if not (one.purpose and one.basis)]


def test_only_what_one_typed_oneself_is_confirmed(inside: Inside, people: list[Somebody]) -> None:
    me = inside(people[0].id)
    assert commands.compare(me, people[0].document) == "document_no"
    assert commands.compare(me, f" {people[0].phone} ") == "phone"
    assert commands.compare(me, people[1].document) == ""
    for _n in range(COMPARED - 3):
        assert commands.compare(me, "x") == ""
    with pytest.raises(Refused):
        commands.compare(me, people[0].document)


def test_who_looked_is_a_post_and_an_office_never_a_name(
    town: Office, who: Who, inside: Inside, people: list[Somebody]
) -> None:
    one = people[0].id
    register.person(who("wang", "grid_worker", GRID), one)
    register_reveal(who(), one)
    me = inside(one)
    queries.mine(me)
    found = queries.looks(me)
    assert {"网格员", "社区工作者"} <= {look.post for look in found}
    assert any(look.why == "核对证件" for look in found)
    assert "wang" not in str(found) and not any("person/" in look.post for look in found)


def register_reveal(uow: UnitOfWork, person: int) -> None:
    """Somebody looks at a number."""
    people_commands.reveal(uow, person, "phone", "核对证件")


def test_asking_becomes_a_request_with_a_legal_deadline(
    who: Who, inside: Inside, people: list[Somebody]
) -> None:
    me = inside(people[0].id)
    number = commands.ask(me, "object", part="tags", wish="不同意使用我的电话")
    line = asked.request(who(), number)
    assert (line.kind, line.channel, line.person_id, line.part) == ("object", "online", people[0].id, "tags")
    assert (line.due_on - line.received_on).days == 30 and line.name == people[0].name
    rights.decide(who("chen", "lead"), number, "answered", decision="已停止使用该电话")
    [mine] = [one for one in queries.own_requests(me) if one.id == number]
    assert (mine.state, mine.decision) == ("answered", "已停止使用该电话")
    with pytest.raises(Clash):
        commands.take_back(me, number)


def test_a_request_can_be_taken_back_by_its_person_only(
    who: Who, inside: Inside, people: list[Somebody]
) -> None:
    me, other = inside(people[0].id), inside(people[1].id)
    number = commands.ask(me, "copy")
    with pytest.raises(Missing):
        commands.take_back(other, number)
    commands.take_back(me, number)
    assert asked.request(who(), number).state == "withdrawn"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "relative"}, "kind"),
        ({"kind": "delete", "wish": " "}, "wish"),
        ({"kind": "delete", "wish": "请删", "part": "nothing"}, "part"),
        ({"kind": "delete", "wish": "删" * 501}, "wish"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(
    inside: Inside, people: list[Somebody], wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        commands.ask(inside(people[0].id), **wrong)
    assert field in told.value.fields


def test_nobody_floods_the_office(inside: Inside, people: list[Somebody]) -> None:
    me = inside(people[0].id)
    with pytest.raises(Clash):
        for n in range(OPEN_REQUESTS + 1):
            commands.ask(me, "explain", wish=f"第{n}问")


def test_handing_in_twice_makes_one_request(inside: Inside, people: list[Somebody]) -> None:
    me = inside(people[0].id)
    assert commands.ask(me, "delete", wish="删除电话") == commands.ask(me, "delete", wish=" 删除电话")
    assert len(queries.own_requests(me)) == 1


def test_a_consent_ends_with_one_step_and_only_ones_own(
    town: Office, who: Who, inside: Inside, people: list[Somebody]
) -> None:
    with town.reader.connect() as connection:
        text = (
            connection.execute(select(ConsentText.id).where(ConsentText.approved_at.is_not(None)))
            .scalars()
            .first()
        )
    clerk, day = who(), who().today
    number = rights.record_consent(
        clerk, "Person", people[0].id, text_id=text, given_on=day, channel="counter"
    )
    with pytest.raises(Missing):
        commands.no_longer_agree(inside(people[1].id), number)
    me = inside(people[0].id)
    commands.no_longer_agree(me, number)
    assert [one.withdrawn_on for one in queries.own_consents(me) if one.id == number] == [day]


# --- nobody else ------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_every_kind_of_record_is_narrowed_to_the_one_person(inside: Inside, people: list[Somebody]) -> None:
    me = inside(people[0].id)
    mine, loose = str(people[0].id), []
    with me.reading("own.view"):
        for kind in scoped_kinds():
            if issubclass(kind, TreeRecord):
                continue
            for row in me.session.exec(select(kind)).all():
                if not _is_about(row, mine, people[0].house_id):
                    loose.append(f"{kind.__name__}/{row.id}")
    assert loose == []


def _is_about(row: Any, person: str, house: int) -> bool:
    """Whether a row names the person, or is a home of theirs."""
    kind = type(row).__name__
    if kind in ("House", "Building"):
        return True
    said = {str(value) for value in row.model_dump().values()}
    return person in said or f"Person/{person}" in said


def test_homes_are_only_the_ones_of_the_person(inside: Inside, people: list[Somebody]) -> None:
    me = inside(people[0].id)
    with me.reading("own.view"):
        stays = {one.house_id for one in me.session.exec(select(Residence))}
        houses = {one.id: one.building_id for one in me.session.exec(select(House))}
        buildings = {one.id for one in me.session.exec(select(Building))}
    assert set(houses) <= stays and people[0].house_id in houses
    assert buildings == set(houses.values())


@pytest.mark.sqlite
def test_no_query_tells_a_person_of_another_one(town: Office, inside: Inside, people: list[Somebody]) -> None:
    """Every query that the role may ask, with the numbers of somebody else."""
    me, other = inside(people[0].id), people[1]
    mine = {n for n in roles()["subject"].may}
    for fn in (f for f in NAMED if "queries" in f.__module__ and f.permission in mine):
        positional, named = arguments(town, fn, GRID)
        given = [_other(value, other) for value in positional]
        try:
            answer = fn(me, *given, **named)
        except (Problem, TypeError, AttributeError, KeyError):
            continue
        told = str(answer)
        assert other.name not in told and str(other.id) not in told, called(fn)


def _other(value: Any, other: Somebody) -> Any:
    return other.id if isinstance(value, int) and value > 10**6 else value


def test_a_subject_without_a_person_sees_nobody(town: Office, who: Who) -> None:
    nobody = who("x", "subject", "440599/")
    with pytest.raises(Missing):
        queries.mine(nobody)
    with nobody.reading("own.view"):
        assert nobody.session.exec(select(Person)).all() == []
        assert nobody.session.exec(select(AuditEntry)).all() == []
        assert nobody.session.exec(select(Area)).all()


@pytest.mark.parametrize("permission", PERSONAL)
def test_no_account_of_the_office_has_a_page_of_its_own(permission: str) -> None:
    assert [name for name, role in roles().items() if permission in role.may] == ["subject"]


def test_a_merged_or_dead_person_has_no_page(town: Office, who: Who, people: list[Somebody]) -> None:
    slip = commands.give_code(who(), people[0].id, seen_document=True)
    token = commands.enter(door.gate(), slip.code, slip=slip.number).token
    with town.writer.begin() as connection:
        table = SQLModel.metadata.tables["person"]
        connection.execute(table.update().where(table.c.id == people[0].id).values(state="dead"))
    assert queries.guest(door.gate(), token) is None
    with pytest.raises(Refused):
        commands.give_code(who(), people[0].id, seen_document=True)


def test_late_requests_are_on_the_workbench(
    who: Who, town: Office, inside: Inside, people: list[Somebody]
) -> None:
    number = commands.ask(inside(people[0].id), "copy")
    before = {line.kind: line.count for line in queries.todo(who())}
    with town.writer.begin() as connection:
        table = SQLModel.metadata.tables["subject_request"]
        day = who().today.replace(day=1).replace(year=2025)
        connection.execute(table.update().where(table.c.id == number).values(due_on=day))
    after = {line.kind: line.count for line in queries.todo(who())}
    assert after["request_late"] == before.get("request_late", 0) + 1
    assert number in [one.id for one in asked.requests(who(), state="overdue").items]
    assert queries.todo(who("x", "grid_worker", GRID)) == []
    assert all(one.urgency == "soon" for one in asked.requests(who(), state="soon").items)
