"""Adding, editing and verifying people: who may, what the log says, and what happens."""

from datetime import date

import pytest

from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.people import commands, queries
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.people.conftest import TODAY, Door, Someone, citizen, log, residents, years_ago

BIRTH = date(1990, 1, 1)
MAN, WOMAN = citizen(BIRTH, 1), citizen(BIRTH, 2)


@pytest.mark.parametrize("role", ["department", "analyst", "system_admin", "security_admin", "audit_admin"])
def test_only_those_who_keep_the_register_add_people(uow_of: UowOf, role: str) -> None:
    with pytest.raises(Refused):
        commands.add_person(uow_of(role), name="陈示例", birth=BIRTH, area=GRID)
    [line] = log(uow_of().office)
    assert (line.outcome, line.permission) == ("refused", "person.edit")


def test_a_new_person_stands_in_the_log_without_numbers(uow_of: UowOf, someone: Someone) -> None:
    key = someone(birth=None, document_no=MAN, phone="19900001234")
    [line] = [entry for entry in log(uow_of().office) if entry.about == f"Person/{key}"]
    assert line.changes["name"] == [None, "陈示例"]
    assert MAN not in str(line.changes)
    assert "19900001234" not in str(line.changes)


def test_the_house_says_the_grid_and_the_number_says_birth_and_sex(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    house = door()
    key = someone(birth=None, document_no=WOMAN.lower(), house_id=house, from_on=date(2024, 5, 1))
    found = queries.person(uow_of(), key)
    assert (found.area, found.values["birth"], found.values["sex"]) == (GRID, BIRTH, "2")
    assert (found.house_id, found.values["registered_on"]) == (house, TODAY)
    assert found.home is not None
    assert (found.home.kind, found.home.from_on) == ("owner", date(2024, 5, 1))
    assert found.address.startswith("和平路")
    assert residents(uow_of(), house) == 1


def test_a_contradiction_to_the_number_is_refused_and_names_the_day(uow_of: UowOf, someone: Someone) -> None:
    with pytest.raises(Invalid) as refusal:
        someone(document_no=MAN, birth=date(1991, 1, 1), sex="2")
    assert "1990-01-01" in refusal.value.fields["birth"]
    assert "男" in refusal.value.fields["sex"]
    assert queries.people(uow_of(), queries.PeopleFilter()).items == []


def test_wrong_values_are_named_field_by_field(someone: Someone) -> None:
    with pytest.raises(Invalid) as refusal:
        someone(name="", document_no="440599199001010018", phone="123")
    assert set(refusal.value.fields) == {"name", "document_no", "phone"}


def test_somebody_lives_somewhere(uow_of: UowOf) -> None:
    with pytest.raises(Invalid) as refusal:
        commands.add_person(uow_of(), name="陈示例", birth=BIRTH)
    assert "area" in refusal.value.fields
    with pytest.raises(Invalid):
        commands.add_person(uow_of(), name="陈示例", birth=BIRTH, area=COMMUNITY)


def test_what_is_no_field_of_a_form_cannot_be_set(someone: Someone) -> None:
    with pytest.raises(Invalid):
        someone(verified_by="nobody")
    with pytest.raises(Invalid):
        someone(document_no_index="x")


def test_a_twin_in_the_own_branch_is_offered(uow_of: UowOf, someone: Someone) -> None:
    key = someone(document_no=MAN, birth=BIRTH)
    with pytest.raises(Clash) as clash:
        someone(name="陈又来", document_no=MAN, birth=BIRTH)
    assert clash.value.fields["person_id"] == str(key)
    assert "document_no" in clash.value.fields


def test_a_twin_of_another_grid_is_refused_and_nothing_told_of_it(uow_of: UowOf, someone: Someone) -> None:
    someone(name="林隔壁", document_no=MAN, birth=BIRTH, area=NEXT_GRID)
    with pytest.raises(Clash) as clash:
        someone(uow=uow_of("grid_worker", GRID), document_no=MAN, birth=BIRTH)
    assert list(clash.value.fields) == ["document_no"]
    assert "林" not in clash.value.sentence
    assert queries.people(uow_of("grid_worker", GRID), queries.PeopleFilter()).items == []


def test_an_edit_says_before_and_after_and_the_search_follows(uow_of: UowOf, someone: Someone) -> None:
    key = someone()
    commands.edit_person(uow_of(), key, seen=1, name="陈改名", phone="19900005678")
    assert [hit.id for hit in search(uow_of(), "陈改名")] == [key]
    assert [hit.id for hit in search(uow_of(), "5678")] == [key]
    assert search(uow_of(), "陈示例") == []
    line = log(uow_of().office, "done")[-1]
    assert line.changes["name"] == ["陈示例", "陈改名"]


def test_a_person_is_found_by_the_home(uow_of: UowOf, door: Door, someone: Someone) -> None:
    key = someone(house_id=door())
    assert [hit.id for hit in search(uow_of(), "和平路", kinds=("person",))] == [key]
    assert "第一网格" in search(uow_of(), "陈示例")[0].body


def test_an_empty_number_in_the_form_keeps_it_and_a_dash_takes_it_away(
    uow_of: UowOf, someone: Someone
) -> None:
    key = someone(document_no=MAN, birth=BIRTH, phone="19900001234")
    commands.edit_person(uow_of(), key, seen=None, document_no="", phone=None, name="陈某")
    assert queries.person(uow_of(), key).values["phone"] == "199****1234"
    commands.edit_person(uow_of(), key, seen=None, document_no="-", phone="-", no_document_reason="lost")
    values = queries.person(uow_of(), key).values
    assert (values["document_no"], values["phone"]) == (None, None)


def test_a_field_that_is_not_shown_is_not_wiped_out(uow_of: UowOf, someone: Someone) -> None:
    key = someone(political="01")
    commands.edit_person(uow_of("grid_worker", GRID), key, seen=None, political="", name="陈某")
    assert queries.person(uow_of(), key).values["political"] == "01"
    assert queries.person(uow_of("grid_worker", GRID), key).values["political"] is None


def test_the_later_of_two_sees_what_the_first_saved(uow_of: UowOf, someone: Someone) -> None:
    key = someone()
    seen = queries.person(uow_of(), key).version
    commands.edit_person(uow_of(login="first"), key, seen=seen, hukou_address="和平路1号")
    with pytest.raises(Clash) as clash:
        commands.edit_person(uow_of(login="later"), key, seen=seen, hukou_address="建设路2号", name="陈示例")
    difference = clash.value.differences["hukou_address"]
    assert (difference.yours, difference.theirs) == ("建设路2号", "和平路1号")
    assert list(clash.value.differences) == ["hukou_address"]
    assert queries.person(uow_of(), key).values["hukou_address"] == "和平路1号"


def test_a_number_entered_later_must_agree_and_may_belong_to_nobody_else(
    uow_of: UowOf, someone: Someone
) -> None:
    first, second = someone(document_no=MAN, birth=BIRTH), someone(name="林第二", birth=BIRTH)
    with pytest.raises(Clash) as clash:
        commands.edit_person(uow_of(), second, seen=None, document_no=MAN)
    assert clash.value.fields["person_id"] == str(first)
    with pytest.raises(Invalid):
        commands.edit_person(uow_of(), second, seen=None, document_no=citizen(date(1991, 1, 1), 1))
    commands.edit_person(uow_of(), second, seen=None, document_no=WOMAN)
    assert queries.person(uow_of(), second).values["sex"] == "2"


def test_another_grids_person_is_not_there_for_the_grid_worker(uow_of: UowOf, someone: Someone) -> None:
    key = someone(area=NEXT_GRID)
    worker = uow_of("grid_worker", GRID)
    for act in (
        lambda: commands.edit_person(worker, key, seen=None, name="陈某"),
        lambda: commands.verify_person(worker, key, "visit"),
        lambda: commands.reveal(worker, key, "phone", "核对"),
        lambda: queries.person(worker, key),
        lambda: queries.trail(worker, key),
    ):
        with pytest.raises(Missing):
            act()


def test_a_verification_says_when_who_and_from_what(uow_of: UowOf, someone: Someone) -> None:
    key = someone()
    with pytest.raises(Invalid):
        commands.verify_person(uow_of(), key, "gossip")
    commands.verify_person(uow_of(), key, "visit")
    found = queries.person(uow_of(), key)
    assert (found.verified_by, found.verified_from) == ("wang", "visit")
    assert found.verified_at is not None


def test_who_died_leaves_house_and_household_and_is_no_longer_found(
    uow_of: UowOf, door: Door, someone: Someone
) -> None:
    house = door()
    key = someone(house_id=house, birth=years_ago(80))
    commands.edit_person(uow_of(), key, seen=None, state="dead")
    assert residents(uow_of(), house) == 0
    assert queries.person(uow_of(), key).home is None
    assert queries.residences_of(uow_of(), key)[0].to_on == TODAY
    assert search(uow_of(), "陈示例") == []


def test_a_number_is_revealed_for_a_reason_only_and_nothing_else_is(uow_of: UowOf, someone: Someone) -> None:
    key = someone(document_no=MAN, birth=BIRTH, phone="19900001234")
    with pytest.raises(Refused):
        commands.reveal(uow_of("department"), key, "phone", "核对户口")
    with pytest.raises(Invalid) as refusal:
        commands.reveal(uow_of(), key, "phone", "")
    assert "reason" in refusal.value.fields
    with pytest.raises(Invalid):
        commands.reveal(uow_of(), key, "political", "核对户口")
    assert commands.reveal(uow_of(), key, "document_no", "核对户口") == MAN
    [line] = log(uow_of().office, "revealed")
    assert (line.about, line.reason, list(line.changes)) == (f"Person/{key}", "核对户口", ["document_no"])


def test_the_same_name_and_birth_is_hinted_at_in_the_own_branch_only(uow_of: UowOf, someone: Someone) -> None:
    key = someone(birth=BIRTH)
    assert [line.id for line in queries.find_same(uow_of(), " 陈示例 ", BIRTH)] == [key]
    assert queries.find_same(uow_of(), "陈示例", date(1990, 1, 2)) == []
    assert queries.find_same(uow_of("grid_worker", NEXT_GRID), "陈示例", BIRTH) == []
