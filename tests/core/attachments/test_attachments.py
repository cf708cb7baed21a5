"""Photos and documents: who may not, the line in the log, the story, and bad input."""

import os
import time
from datetime import timedelta

import pytest
from sqlmodel import select

from core.attachments import commands, queries, taking
from core.kernel import files
from core.kernel.access import job
from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.files import all_paths
from core.kernel.problems import Clash, Invalid, Missing, Problem, Refused
from core.people.commands import start_residence
from core.people.queries import person
from core.retention.commands import set_period
from tests.conftest import GRID, NEXT_GRID
from tests.core.attachments.conftest import Ids, Who
from tests.pictures import document, from_phone, photo


def log(office: Office, permission: str) -> list[tuple[str, str, str]]:
    """Outcome, about and reason of the lines under a permission."""
    entry = AuditEntry
    asked = select(entry.outcome, entry.about, entry.reason).where(entry.permission == permission)
    with office.reader.connect() as connection:
        return [tuple(row) for row in connection.execute(asked.order_by(entry.id))]


@pytest.mark.parametrize("role", ["department", "analyst", "system_admin", "security_admin", "audit_admin"])
def test_who_may_not_change_the_record_adds_no_photo(who: Who, ids: Ids, town: Office, role: str) -> None:
    before = len(all_paths(town))
    with pytest.raises(Refused):
        taking.take(who("x", role), "House", ids.house, photo())
    assert len(all_paths(town)) == before


@pytest.mark.parametrize("role", ["analyst", "system_admin", "security_admin", "audit_admin"])
def test_who_may_not_see_the_record_sees_no_photo(who: Who, ids: Ids, role: str) -> None:
    number = taking.take(who(), "House", ids.house, photo())
    for look in (
        lambda uow: queries.gallery(uow, "House", ids.house),
        lambda uow: taking.served(uow, number),
        lambda uow: taking.served(uow, number, is_small=True),
    ):
        with pytest.raises(Refused):
            look(who("x", role))


def test_a_department_sees_photos_of_houses_and_changes_none(who: Who, ids: Ids) -> None:
    number = taking.take(who(), "House", ids.house, photo())
    line = who("zhao", "department")
    assert taking.served(line, number).media == "image/jpeg"
    with pytest.raises(Refused):
        commands.remove_attachment(line, number)


def test_the_photo_of_the_next_grid_is_not_there(who: Who, ids: Ids) -> None:
    number = taking.take(who(), "House", ids.next_house, photo())
    wang = who("wang", "grid_worker", GRID)
    for look in (
        lambda: queries.gallery(wang, "House", ids.next_house),
        lambda: taking.served(wang, number),
        lambda: taking.take(wang, "House", ids.next_house, photo()),
        lambda: commands.remove_attachment(wang, number),
    ):
        with pytest.raises(Missing):
            look()


def test_adding_removing_and_putting_back_stand_in_the_log(who: Who, ids: Ids, town: Office) -> None:
    start = len(log(town, "photo.edit"))
    number = taking.take(who(), "House", ids.house, photo(), note="门口")
    commands.remove_attachment(who(), number, "重复")
    commands.put_back(who(), number)
    about = f"Attachment/{number}"
    assert log(town, "photo.edit")[start:] == [
        ("done", about, ""),
        ("done", about, "重复"),
        ("done", about, ""),
    ]


def test_a_photo_from_a_phone_is_there_with_its_facts(who: Who, ids: Ids) -> None:
    number = taking.take(
        who(), "House", ids.house, from_phone(), name="../../C:\\IMG<1>.exe.jpg", kind="house", note="门口"
    )
    [one] = [a for a in queries.gallery(who(), "House", ids.house) if a.id == number]
    assert (one.width, one.height, one.note, one.name, one.added_by) == (1920, 2560, "门口", "IMG1.exe", "li")
    assert one.taken_at is not None and not one.is_sensitive and one.delete_after is None
    assert taking.served(who(), number, is_small=True).data != taking.served(who(), number).data


def test_a_removed_photo_is_out_of_sight_until_it_is_put_back(who: Who, ids: Ids) -> None:
    number = taking.take(who(), "House", ids.house, photo())
    commands.remove_attachment(who(), number)
    assert number not in [a.id for a in queries.gallery(who(), "House", ids.house)]
    assert [a.id for a in queries.removed(who(), "House", ids.house)] == [number]
    with pytest.raises(Missing):
        taking.served(who(), number)
    commands.put_back(who(), number)
    assert taking.served(who(), number).data


def test_a_sensitive_picture_wants_a_reason_and_shows_who_looks(who: Who, ids: Ids, town: Office) -> None:
    number = taking.take(who(), "Person", ids.person, photo((900, 700)), kind="other")
    assert queries.gallery(who(), "Person", ids.person)[0].is_sensitive
    with pytest.raises(Refused):
        taking.served(who(), number)
    with pytest.raises(Invalid):
        commands.open_sensitive(who(), number, " ")
    leave = commands.open_sensitive(who(), number, "核对证件")
    assert log(town, "photo.sensitive")[-1] == ("revealed", f"Person/{ids.person}", "核对证件")
    shown = taking.served(who(), number, grant=leave).data
    stored = files.checked(photo((900, 700))).data
    assert shown != stored
    for other in (who("wang", "grid_worker", GRID), who("chen", "lead")):
        with pytest.raises(Refused):
            taking.served(other, number, grant=leave)
    own = commands.open_sensitive(who("chen", "lead"), number, "复核")
    assert taking.served(who("chen", "lead"), number, grant=own).data != shown


def test_leave_for_one_picture_opens_no_other_and_ends(
    who: Who, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (taking.take(who(), "Person", ids.person, photo(colour=c)) for c in ("red", "blue"))
    leave = commands.open_sensitive(who(), one, "核对证件")
    with pytest.raises(Refused):
        taking.served(who(), other, grant=leave)
    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Refused):
        taking.served(who(), one, grant=leave)


def test_an_identity_picture_is_sensitive_whatever_is_said_and_goes_the_next_day(who: Who, ids: Ids) -> None:
    number = taking.take(who(), "House", ids.house, photo(), kind="identity", sensitive=False)
    one = next(a for a in queries.gallery(who(), "House", ids.house) if a.id == number)
    assert one.is_sensitive and one.delete_after == who().today + timedelta(days=1)
    commands.edit_attachment(who(), number, seen=one.version, note="", kind="other", sensitive=False)
    again = next(a for a in queries.gallery(who(), "House", ids.house) if a.id == number)
    assert again.delete_after == one.delete_after


def test_the_office_chooses_for_how_long_identity_pictures_stay(who: Who, ids: Ids) -> None:
    set_period(who("xitong", "system_admin"), "identity_pictures", 7)
    number = taking.take(who(), "House", ids.house, photo(), kind="identity")
    one = next(a for a in queries.gallery(who(), "House", ids.house) if a.id == number)
    assert one.delete_after == who().today + timedelta(days=7)


def test_photos_move_with_the_person(who: Who, ids: Ids) -> None:
    number = taking.take(who(), "Person", ids.person, document())
    assert [a.area for a in queries.gallery(who(), "Person", ids.person)] == [GRID]
    start_residence(who(), ids.person, ids.next_house, kind="tenant", from_on=None)
    assert person(who(), ids.person).area == NEXT_GRID
    assert [(a.id, a.area) for a in queries.gallery(who(), "Person", ids.person)] == [(number, NEXT_GRID)]
    with pytest.raises(Missing):
        queries.gallery(who("wang", "grid_worker", GRID), "Person", ids.person)


def test_content_that_two_records_share_stays_while_one_of_them_has_it(
    who: Who, ids: Ids, town: Office
) -> None:
    machine = town.uow(job("test"))
    one = taking.take(who(), "House", ids.house, photo(colour="purple"))
    other = taking.take(who(), "House", ids.next_house, photo(colour="purple"))
    digest = queries.attachment(who(), one).digest
    path = next(p for p in all_paths(town) if p.name == digest)
    os.utime(path, (time.time() - 7200,) * 2)
    taking.clear(machine, one)
    assert path.exists() and taking.served(who(), other).data
    taking.clear(machine, other)
    assert not path.exists()


def test_the_sweep_takes_what_nothing_refers_to_and_nothing_else(who: Who, ids: Ids, town: Office) -> None:
    machine = town.uow(job("test"))
    number = taking.take(who(), "House", ids.house, photo(colour="pink"))
    orphan = files.put(town, b"left behind")
    for path in all_paths(town):
        os.utime(path, (time.time() - 7200,) * 2)
    orphans, missing = queries.unused(machine)
    assert orphan in orphans and queries.attachment(who(), number).digest not in orphans | missing
    assert taking.sweep(machine) >= 1
    assert taking.served(who(), number).data
    assert queries.unused(machine)[0] == set()


@pytest.mark.parametrize("kind", ["Account", "AuditEntry", "", "Nothing"])
def test_nothing_is_attached_to_a_kind_of_record_that_takes_none(who: Who, kind: str) -> None:
    with pytest.raises(Missing):
        taking.take(who(), kind, 1, photo())


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, 0, 1])
def test_nothing_is_attached_to_a_record_that_is_not_there(who: Who, number: object) -> None:
    with pytest.raises(Missing):
        taking.take(who(), "House", number, photo())


def test_a_bad_file_leaves_no_trace(who: Who, ids: Ids, town: Office) -> None:
    before = len(all_paths(town)), len(queries.gallery(who(), "House", ids.house))
    with pytest.raises(Invalid):
        taking.take(who(), "House", ids.house, b"MZ", name="photo.jpg")
    with pytest.raises(Problem):
        taking.take(who(), "House", ids.house, photo(), kind="selfie")
    assert len(queries.gallery(who(), "House", ids.house)) == before[1]


def test_two_people_who_correct_one_photo_hear_of_each_other(who: Who, ids: Ids) -> None:
    number = taking.take(who(), "House", ids.house, photo(), note="门口")
    seen = next(a for a in queries.gallery(who(), "House", ids.house) if a.id == number).version
    commands.edit_attachment(who(), number, seen=seen, note="大门", kind="house", sensitive=False)
    with pytest.raises(Clash):
        commands.edit_attachment(
            who("chen", "lead"), number, seen=seen, note="后门", kind="house", sensitive=False
        )
