"""What is over goes only after two people agreed, holds are kept, and what is shown is what goes."""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from core.attachments import queries as attachments
from core.attachments import taking
from core.attachments.models import Attachment
from core.entries.commands import remove_entry
from core.jobs.retention import by_night, dispose
from core.kernel import access
from core.kernel.access import Actor
from core.kernel.audit import AuditEntry, verify
from core.kernel.database import Office
from core.kernel.files import all_paths
from core.kernel.history import FieldChange
from core.kernel.jobs import Job
from core.kernel.jobs import queries as jobs
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.models import Organisation
from core.people.commands import edit_person
from core.people.models import DeclaredTag, Person, Relation, Residence
from core.registers.volunteer import Volunteer
from core.retention import commands, queries
from core.retention.models import ItemState
from core.retention.periods import defaults, kinds
from tests.conftest import COMMUNITY, GRID
from tests.pictures import photo

DISTRICT = "440599/"
Who = Callable[..., UnitOfWork]


@pytest.fixture
def who(town: Office) -> Who:
    """Somebody at work in the town; the system administrator unless said otherwise."""

    def at_work(login: str = "xitong", role: str = "system_admin", area: str = DISTRICT) -> UnitOfWork:
        return town.uow(Actor(login, role, area))

    return at_work


def anquan(who: Who) -> UnitOfWork:
    """The security administrator."""
    return who("anquan", "security_admin")


def rows(office: Office, kind: type, *where: object) -> list[int]:
    """Numbers of records, past the unit of work."""
    with office.reader.connect() as connection:
        return list(connection.execute(select(kind.id).where(*where)).scalars())


def prepared(who: Who) -> int:
    """A list of what is over now."""
    return commands.record_list(who(), queries.due_now(who()))


def run(office: Office, list_id: int) -> dict[str, int]:
    """What the job does, without its thread."""
    return dict(dispose(office.uow(access.job("retention.dispose")), lambda share, words: None, list_id))


@pytest.mark.parametrize("role", ["clerk", "lead", "security_admin", "audit_admin", "grid_worker"])
def test_only_the_system_administrator_prepares_and_chooses(who: Who, role: str) -> None:
    for act in (lambda uow: queries.due_now(uow), lambda uow: commands.set_period(uow, "moved_away", 900)):
        with pytest.raises(Refused):
            act(who("x", role))


@pytest.mark.parametrize("role", ["clerk", "lead", "system_admin", "audit_admin"])
def test_only_the_security_administrator_approves(who: Who, town: Office, role: str) -> None:
    number = prepared(who)
    with pytest.raises(Refused):
        commands.approve(who("x", role), number)
    assert queries.disposal(who(), number).state == "prepared"


def test_nobody_approves_a_list_of_their_own_whatever_the_role(who: Who, town: Office) -> None:
    number = prepared(who)
    with pytest.raises(Refused):
        commands.approve(who("xitong", "security_admin"), number)


def test_what_the_list_shows_is_what_goes_and_every_part_of_it(who: Who, town: Office) -> None:
    number = prepared(who)
    shown = queries.disposal(who(), number).counts
    gone = [due.record_id for due in queries.due_now(who())["moved_away"]]
    assert shown["moved_away"] == len(gone) > 0
    people, others = rows(town, Person), len(rows(town, Person)) - len(gone)
    job = commands.approve(anquan(who), number)
    assert jobs.job_line(anquan(who), job).name == "retention.dispose"
    told = run(town, number)
    kept = [row for row in _items(who, number) if row.state == ItemState.KEPT]
    assert told.get("deleted", 0) == sum(shown.values()) - len(kept)
    left = rows(town, Person)
    assert set(people) - set(left) == set(gone) - {int(k) for k in _kept_ids(town, number)}
    assert len(left) == others + len(_kept_ids(town, number))
    away = sorted(set(people) - set(left))
    for kind, column in (
        (Residence, Residence.person_id),
        (Relation, Relation.other_id),
        (DeclaredTag, DeclaredTag.person_id),
    ):
        assert rows(town, kind, column.in_(away)) == []
    assert rows(town, FieldChange, FieldChange.kind == "Person", FieldChange.record_id.in_(away)) == []
    assert queries.disposal(who(), number).state == "done"
    assert verify(town.reader).holds


def _items(who: Who, number: int) -> list[queries.ItemLine]:
    return queries.items(who(), number, limit=5000).items


def _kept_ids(office: Office, number: int) -> list[int]:
    from core.retention.models import DisposalItem

    with office.reader.connect() as connection:
        asked = select(DisposalItem.record_id).where(
            DisposalItem.list_id == number, DisposalItem.state == "kept", DisposalItem.kind == "moved_away"
        )
        return list(connection.execute(asked).scalars())


def test_the_removal_of_each_person_stands_in_the_log(who: Who, town: Office) -> None:
    number = prepared(who)
    gone = queries.due_now(who())["moved_away"][0].record_id
    commands.approve(anquan(who), number)
    run(town, number)
    with town.reader.connect() as connection:
        entry = AuditEntry
        asked = select(entry.who, entry.permission).where(
            entry.about == f"Person/{gone}", entry.outcome == "removed"
        )
        assert connection.execute(asked).all() == [("retention.dispose", "retention.delete")]


def test_the_administrators_see_numbers_and_no_person(who: Who, town: Office) -> None:
    number = prepared(who)
    for uow in (who(), anquan(who)):
        for item in queries.items(uow, number, "moved_away").items:
            assert "*" in item.about and item.href == ""
    lead = queries.items(who("lin", "lead"), number, "moved_away").items[0]
    assert lead.about.isdecimal() and lead.href.startswith("person?id=")


def test_a_list_holds_only_the_branch_of_who_prepares_it(who: Who) -> None:
    found = queries.due_now(who("x", "system_admin", GRID))
    assert {due.area for some in found.values() for due in some} <= {GRID}


def test_who_is_held_stays_also_when_the_hold_came_after_the_list(who: Who, town: Office) -> None:
    lead = who("lin", "lead")
    first, second = [due.record_id for due in queries.due_now(who())["moved_away"]][:2]
    hold = commands.set_hold(lead, "Person", first, why="诉讼中")
    number = prepared(who)
    assert first not in [due.record_id for due in queries.due_now(who())["moved_away"]]
    commands.set_hold(lead, "Person", second, why="诉讼中")
    commands.approve(anquan(who), number)
    run(town, number)
    assert {first, second} <= set(rows(town, Person))
    kept = [item for item in _items(who, number) if item.state == "kept" and item.why == "已保全。"]
    assert len(kept) >= 1
    commands.lift_hold(lead, hold)
    assert first in [due.record_id for due in queries.due_now(who())["moved_away"]]


def test_a_hold_ends_by_itself_on_its_day(who: Who) -> None:
    lead = who("lin", "lead")
    first = queries.due_now(who())["moved_away"][0].record_id
    commands.set_hold(lead, "Person", first, why="核查", until=date.today() - timedelta(days=2))
    assert first in [due.record_id for due in queries.due_now(who())["moved_away"]]


def test_a_hold_wants_a_reason_a_record_in_sight_and_comes_once(who: Who, town: Office) -> None:
    lead = who("lin", "lead")
    person = rows(town, Person, Person.area == GRID)[0]
    with pytest.raises(Invalid):
        commands.set_hold(lead, "Person", person, why="")
    with pytest.raises(Missing):
        commands.set_hold(who("x", "lead", "440599/001/001/002/"), "Person", person, why="诉讼中")
    commands.set_hold(lead, "Person", person, why="诉讼中")
    with pytest.raises(Clash):
        commands.set_hold(lead, "Person", person, why="诉讼中")
    with pytest.raises(Refused):
        commands.set_hold(who(), "Person", person, why="诉讼中")


def test_who_came_back_before_the_approval_stays(who: Who, town: Office) -> None:
    number = prepared(who)
    back = queries.due_now(who())["moved_away"][0].record_id
    clerk = town.uow(Actor("li", "clerk", COMMUNITY))
    edit_person(clerk, back, seen=None, state="here")
    commands.approve(anquan(who), number)
    run(town, number)
    assert back in rows(town, Person)


def test_a_person_whom_an_organisation_leans_on_stays_with_the_reason(who: Who, town: Office) -> None:
    gone = queries.due_now(who())["moved_away"][0].record_id
    with town.writer.begin() as connection:
        one = connection.execute(select(Organisation.id).limit(1)).scalar_one()
        table = Organisation.__table__  # type: ignore[attr-defined]
        connection.execute(table.update().where(table.c.id == one).values(legal_person_id=gone))
    number = prepared(who)
    commands.approve(anquan(who), number)
    run(town, number)
    assert gone in rows(town, Person)
    assert any(item.state == "kept" and item.why for item in _items(who, number))


def test_a_list_that_was_cut_short_is_gone_on_with(who: Who, town: Office) -> None:
    number = prepared(who)
    commands.approve(anquan(who), number)
    machine = town.uow(access.job("retention.dispose"))
    item_id, kind, record_id, _why = queries.open_items(machine, number)[0]
    remove = kinds()[kind].remove
    assert remove is not None
    remove(machine, record_id)  # the process died here, before the list heard of it
    run(town, number)
    assert queries.disposal(who(), number).state == "done"
    assert item_id not in [one[0] for one in queries.open_items(machine, number)]


def test_a_rejected_list_deletes_nothing_and_says_why(who: Who, town: Office) -> None:
    number, people = prepared(who), rows(town, Person)
    with pytest.raises(Invalid):
        commands.reject(anquan(who), number, "")
    commands.reject(anquan(who), number, "名单有误")
    assert queries.disposal(who(), number).why == "名单有误"
    with pytest.raises(Clash):
        commands.approve(anquan(who), number)
    assert rows(town, Person) == people and rows(town, Job) == []


def test_an_old_list_is_not_approved(who: Who, town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    number = prepared(who)
    later = who().now + timedelta(days=31)
    monkeypatch.setattr(UnitOfWork, "now", property(lambda _uow: later))
    with pytest.raises(Clash):
        commands.approve(anquan(who), number)


def test_an_empty_list_is_not_made(who: Who) -> None:
    for kind in kinds():
        commands.set_period(who(), kind, 36500)
    with pytest.raises(Invalid):
        prepared(who)


def test_a_period_may_be_longer_but_not_shorter_than_the_law(who: Who) -> None:
    with pytest.raises(Invalid, match="183"):
        commands.set_period(who(), "audit_log", 90)
    with pytest.raises(Invalid):
        commands.set_period(who(), "nothing", 90)
    commands.set_period(who(), "moved_away", 900, "本区规定")
    commands.set_period(who(), "moved_away", 950, "本区规定二")
    [line] = [one for one in queries.period_lines(who()) if one.kind == "moved_away"]
    assert (line.days, line.default, line.why) == (950, 1825, "本区规定二")
    with pytest.raises((Clash, Missing)):
        commands.set_period(who("y", "system_admin", GRID), "moved_away", 30)


def test_every_kind_of_data_has_its_period_and_its_reason() -> None:
    assert set(kinds()) == set(defaults())
    assert all(one.law and one.law_en and one.days >= one.at_least for one in defaults().values())
    assert defaults()["audit_log"].at_least >= 180 and kinds()["audit_log"].remove is None


def test_by_night_identity_pictures_go_when_their_day_is_over(
    who: Who, town: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = town.uow(Actor("li", "clerk", COMMUNITY))
    from core.places.models import House

    house = rows(town, House, House.area == GRID)[0]
    number = taking.take(clerk, "House", house, photo(colour="orange"), kind="identity")
    digest = attachments.attachment(clerk, number).digest
    path = next(p for p in all_paths(town) if p.name == digest)
    os.utime(path, (time.time() - 7200,) * 2)

    def night() -> None:
        by_night(town.uow(access.job("retention.night")), lambda share, words: None)

    night()
    assert path.exists()
    later = who().now + timedelta(days=2)
    monkeypatch.setattr(UnitOfWork, "now", property(lambda _uow: later))
    night()
    assert not path.exists()
    with pytest.raises(Missing):
        attachments.attachment(clerk, number)


def test_nobody_is_found_who_is_gone(who: Who, town: Office) -> None:
    number = prepared(who)
    gone = queries.due_now(who())["moved_away"][0].record_id
    clerk = town.uow(Actor("li", "clerk", COMMUNITY))
    with town.reader.connect() as connection:
        name = connection.execute(select(Person.name).where(Person.id == gone)).scalar_one()
    commands.approve(anquan(who), number)
    run(town, number)
    assert gone not in [hit.id for hit in search(clerk, name)]


def test_by_night_what_a_removed_entry_said_is_forgotten_after_its_year(
    town: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = town.uow(Actor("chen", "lead", COMMUNITY))
    entry = rows(town, Volunteer)[0]
    taking.take(lead, "Volunteer", entry, photo())
    remove_entry(lead, "volunteer", entry, "退出")
    told = (FieldChange.kind == "Volunteer", FieldChange.record_id == entry)
    hung = (Attachment.about_kind == "Volunteer", Attachment.about_id == entry)
    assert rows(town, FieldChange, *told) and rows(town, Attachment, *hung)
    for days, is_left in ((364, True), (366, False)):
        later = lead.now + timedelta(days=days)
        with monkeypatch.context() as patch:
            patch.setattr(UnitOfWork, "now", property(lambda _uow, later=later: later))
            by_night(town.uow(access.job("retention.night")), lambda share, words: None)
        assert bool(rows(town, FieldChange, *told)) is bool(rows(town, Attachment, *hung)) is is_left
