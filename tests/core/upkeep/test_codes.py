"""Codes of an office's own: everywhere at once, never in the way of the national ones, readable for ever."""

from datetime import date

import pytest

from core.kernel import codes as lists
from core.kernel.codes import code_name, codes
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Problem, Refused
from core.places.commands import add_building_with_rooms, edit_house
from core.places.queries import HouseFilter, house, houses
from core.upkeep import commands, queries
from core.upkeep.queries import own_codes
from tests.conftest import GRID, UowOf

DISTRICT = "440599/"
NEW = {"code": "l1", "name": "渔排", "name_en": "Fish raft"}


@pytest.fixture
def admin(uow_of: UowOf):
    """The system administrator of the district."""
    return uow_of("system_admin", DISTRICT, "xitong")


@pytest.mark.parametrize("role", ["clerk", "lead", "security_admin", "audit_admin"])
def test_only_the_system_administrator_adds(uow_of: UowOf, role: str) -> None:
    with pytest.raises(Refused):
        commands.add_code(uow_of(role), "house_use", **NEW)
    assert "L1" not in codes("house_use")


def test_a_new_code_is_in_every_list_at_once_behind_the_national_ones(admin, uow_of: UowOf) -> None:
    before = list(codes("house_use"))
    commands.add_code(admin, "house_use", **NEW)
    assert list(codes("house_use")) == [*before, "L1"]
    assert codes("house_use")["L1"] == "渔排" and codes("house_use", lang="en")["L1"] == "Fish raft"
    clerk = uow_of()
    facts = {"road": "海滨路", "number": "1号", "floors": 1, "units": 1}
    add_building_with_rooms(clerk, GRID, facts, 1, 1, 1)
    one = houses(clerk, HouseFilter()).items[0]
    edit_house(clerk, one.id, None, use="L1")
    assert house(clerk, one.id).use == "L1"


def test_another_process_has_it_within_a_second(
    admin, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes("house_use")
    clock = [own_codes.monotonic()]
    monkeypatch.setattr(own_codes, "monotonic", lambda: clock[0])
    monkeypatch.setattr(own_codes, "forget", lambda: None)  # the change happened elsewhere
    commands.add_code(admin, "house_use", **NEW)
    clock[0] += own_codes.FRESH
    assert "L1" in codes("house_use")


def test_an_ended_code_stays_readable_and_savable_but_is_marked(admin, uow_of: UowOf) -> None:
    number = commands.add_code(admin, "house_use", **NEW)
    clerk = uow_of()
    add_building_with_rooms(
        clerk, GRID, {"road": "海滨路", "number": "1号", "floors": 1, "units": 1}, 1, 1, 1
    )
    one = houses(clerk, HouseFilter()).items[0]
    edit_house(clerk, one.id, None, use="L1")
    commands.end_code(admin, number)
    assert lists.ended("house_use") == {"L1"}
    assert code_name("house_use", "L1") == "渔排（已停用）"
    edit_house(clerk, one.id, None, note="旧用途仍可保存")
    assert house(clerk, one.id).note
    commands.end_code(admin, number, False)
    assert lists.ended("house_use") == set()
    [row] = [r for r in queries.code_rows(admin, "house_use") if r.id]
    assert (row.code, row.ended_on) == ("L1", None)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"code": "10"}, Clash),
        ({"name": "成套住宅"}, Problem),
        ({"code": "L-1"}, Invalid),
        ({"code": ""}, Invalid),
        ({"code": "L123"}, Invalid),
        ({"name": ""}, Invalid),
    ],
)
def test_what_clashes_or_does_not_fit_is_refused(admin, wrong: dict[str, str], kind: type[Problem]) -> None:
    national = dict(codes("house_use"))
    given = {**NEW, **wrong}
    if given["name"] == "成套住宅":
        given["name"] = next(iter(national.values()))
    with pytest.raises(kind):
        commands.add_code(admin, "house_use", **given)
    assert codes("house_use") == national


@pytest.mark.parametrize("name", ["person_state", "area_level", "permission", "nothing", "../roles"])
def test_lists_that_the_program_goes_by_take_no_codes(admin, name: str) -> None:
    with pytest.raises(Invalid):
        commands.add_code(admin, name, **NEW)
    with pytest.raises(Invalid):
        queries.code_rows(admin, name)


def test_a_code_is_added_once(admin) -> None:
    commands.add_code(admin, "house_use", **NEW)
    with pytest.raises(Clash):
        commands.add_code(admin, "house_use", **{**NEW, "name": "另一个"})


def test_an_own_name_is_corrected_and_the_national_one_cannot_be(admin) -> None:
    number = commands.add_code(admin, "house_use", **NEW)
    commands.edit_code(admin, number, seen=1, name="渔排屋")
    assert codes("house_use")["L1"] == "渔排屋"
    with pytest.raises(Clash):
        commands.edit_code(admin, number, seen=2, name=queries.code_rows(admin, "house_use")[0].name)
    for other in (1, 10):
        with pytest.raises(Missing):
            commands.edit_code(admin, other, seen=None, name="x")


def test_a_national_code_that_comes_later_wins(admin, monkeypatch: pytest.MonkeyPatch) -> None:
    commands.add_code(admin, "house_use", **NEW)
    monkeypatch.setattr(lists, "_names", lambda name, lang: {"L1": "国家新代码"})
    assert codes("house_use") == {"L1": "国家新代码"} and code_name("house_use", "L1") == "国家新代码"


def test_without_an_office_there_are_the_national_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_codes.database, "current", lambda: None)
    assert codes("house_structure") and date.today()
