"""Designing: who may, what stands in the log, from draft to version, and what may not be published."""

from dataclasses import replace

import pytest

from core.designs import commands, queries
from core.designs.models import REGISTER
from core.designs.rules import Body, FieldPlan
from core.entries import commands as entries
from core.entries import queries as shown
from core.entries.queries import EntryFilter
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.people import commands as people
from core.people import queries as persons
from core.people.models import Person
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.conftest import told
from tests.core.entries.conftest import At, some
from tests.core.entries.conftest import at as at

LAMP = FieldPlan(key="x_lamp", label="灯杆号", searched=True)
STATE = FieldPlan(
    key="x_state", label="状态", kind="choice", options=(("1", "亮"), ("2", "坏")), filtered=True
)
SEEN = FieldPlan(key="x_seen", label="巡查日期", kind="date", filtered=True)
WATTS = FieldPlan(key="x_watts", label="功率", kind="number")
LAMPS = Body(
    title="路灯台账",
    title_label="路灯",
    view=("clerk", "lead"),
    edit=("clerk",),
    due="x_seen",
    fields=(LAMP, STATE, SEEN, WATTS),
)


def drafted(at: At, body: Body = LAMPS, of: str = REGISTER) -> int:
    """A draft, not yet in force."""
    number = commands.add_design(at("lead"), of, body.title)
    commands.save_draft(at("lead"), number, None, body)
    return number


def published(at: At, body: Body = LAMPS, of: str = REGISTER, why: str = "") -> int:
    """A design in force."""
    number = drafted(at, body, of)
    commands.publish_design(at("lead"), number, None, why)
    return number


def again(at: At, number: int, body: Body, why: str = "") -> None:
    """The next version."""
    commands.save_draft(at("lead"), number, None, body)
    commands.publish_design(at("lead"), number, None, why)


def put(at: At, number: int, **values: object) -> int:
    """An entry of a designed register."""
    return entries.add_entry(at(), str(number), GRID, **{"title": "一号灯", "x_lamp": "D001", **values})


def without(body: Body, key: str, **changes: object) -> Body:
    """The body with one field changed; no changes take it out."""
    plans = [one.model_copy(update=changes) if one.key == key and changes else one for one in body.fields]
    return body.model_copy(update={"fields": tuple(one for one in plans if changes or one.key != key)})


# --- who may ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["clerk", "grid_worker", "security_admin", "analyst", "department"])
def test_only_who_designs_may_design(role: str, at: At) -> None:
    with pytest.raises(Refused):
        commands.add_design(at(role), REGISTER, "台账")


def test_each_step_is_in_the_log(at: At, town: Office) -> None:
    number = published(at)
    lines = told(town, "register.design")
    assert ("wang", "done", f"Design/{number}") in lines
    assert any(about.startswith("DesignVersion/") for _who, _what, about in lines)


def test_a_register_is_for_the_roles_it_names(at: At) -> None:
    number = published(at)
    entry = put(at, number)
    assert shown.entry(at("lead"), str(number), entry).may_write is False
    with pytest.raises(Refused):
        entries.edit_entry(at("lead"), str(number), entry, seen=None, x_lamp="D9")
    with pytest.raises(Missing):
        shown.entry(at("grid_worker", GRID), str(number), entry)
    assert not [hit for hit in search(at("grid_worker", GRID), "一号灯") if hit.id == entry]
    assert [hit.kind for hit in search(at(), "D001")] == [f"r{number}"]


def test_a_draft_is_no_register_yet(at: At) -> None:
    number = drafted(at)
    assert str(number) not in [card.name for card in shown.cards(at())]
    with pytest.raises(Missing):
        put(at, number)


# --- the story --------------------------------------------------------------------------------------------


def test_from_draft_to_entries_filters_and_a_second_version(at: At) -> None:
    number = published(at)
    first = put(at, number, x_state="1", x_seen="2026-01-05", x_watts=40)
    second = put(at, number, title="二号灯", x_state="2", x_seen="2026-03-05", x_watts=-5)
    third = put(at, number, title="三号灯")

    def ids(**wanted: object) -> list[int]:
        return [line.id for line in shown.find_entries(at(), str(number), EntryFilter(**wanted)).items]  # type: ignore[arg-type]

    assert ids() == [third, second, first]
    assert ids(values={"x_state": "2"}) == [second]
    assert ids(values={"x_seen": "2026-02-01..2026-12-31"}) == [second]
    assert ids(values={"x_watts": "..0"}) == [second]
    assert ids(sort="x_watts") == [second, first, third]
    assert ids(sort="x_seen", down=True) == [second, first, third]
    assert ids(sort="x_seen", values={"x_state": "1"}) == [first]
    assert ids(words="D001", values={"x_state": "2"}) == [second]
    assert set(ids(due="overdue")) == {first, second}
    card = next(one for one in shown.cards(at()) if one.name == str(number))
    assert (card.count, card.overdue) == (3, 2)

    again(at, number, without(LAMPS, "x_watts"), "功率不再登记")
    view = shown.register(at(), str(number))
    assert "功率" not in [known.label for known in view.fields]
    assert shown.entry(at(), str(number), first).ended == {"功率": 40}
    detail = queries.design(at("lead"), number)
    assert [one.number for one in detail.versions] == [2, 1]
    assert detail.versions[0].changes == ("停用字段：功率",)
    assert detail.versions[0].why == "功率不再登记"
    plain = entries.export_entries(at(), str(number), EntryFilter(), "核对旧数据", "csv").decode("utf-8-sig")
    with_ended = entries.export_entries(
        at(), str(number), EntryFilter(), "核对旧数据", "csv", with_ended=True
    )
    assert "功率" not in plain.splitlines()[0] and "功率" in with_ended.decode("utf-8-sig").splitlines()[0]
    entries.edit_entry(at(), str(number), first, seen=None, x_lamp="D100")
    assert shown.entry(at(), str(number), first).ended == {"功率": 40}


def test_an_ended_register_is_read_and_not_written(at: At) -> None:
    number = published(at)
    entry = put(at, number)
    commands.end_design(at("lead"), number, "并入城管系统")
    assert str(number) not in [card.name for card in shown.cards(at())]
    assert shown.entry(at(), str(number), entry).title == "一号灯"
    with pytest.raises(Refused):
        put(at, number)
    commands.reopen_design(at("lead"), number)
    assert put(at, number)


def test_what_one_process_publishes_the_next_piece_of_work_sees(at: At) -> None:
    reader = at()
    number = published(at)
    assert str(number) in [card.name for card in shown.cards(reader)]


def test_a_design_of_a_grid_does_not_reach_the_next(town: Office, at: At) -> None:
    lead = Actor("lead", "lead", GRID)
    number = commands.add_design(town.uow(lead), REGISTER, "门岗")
    body = Body(title="门岗", title_label="岗", view=("clerk",), edit=("clerk",), fields=(LAMP,))
    commands.save_draft(town.uow(lead), number, None, body)
    commands.publish_design(town.uow(lead), number, None)
    names = [card.name for card in shown.cards(town.uow(Actor("n", "clerk", NEXT_GRID)))]
    assert str(number) not in names


# --- bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        LAMPS.model_copy(update={"title": " "}),
        LAMPS.model_copy(update={"view": ()}),
        LAMPS.model_copy(update={"due": "x_lamp"}),
        LAMPS.model_copy(update={"fields": (), "due": ""}),
        without(LAMPS, "x_state", options=()),
        without(LAMPS, "x_state", label="灯杆号"),
        without(LAMPS, "x_lamp", label=""),
        without(LAMPS, "x_lamp", kind="magic"),
    ],
)
def test_what_is_not_whole_is_not_published(body: Body, at: At) -> None:
    number = drafted(at, body)
    with pytest.raises(Invalid):
        commands.publish_design(at("lead"), number, None)
    assert queries.design(at("lead"), number).number == 0


def test_nothing_new_is_no_version(at: At) -> None:
    number = published(at)
    with pytest.raises(Invalid):
        commands.publish_design(at("lead"), number, None)


def test_two_people_at_one_draft(at: At) -> None:
    number = drafted(at)
    seen = queries.design(at("lead"), number).version
    commands.save_draft(at("lead"), number, seen, LAMPS.model_copy(update={"about": "先"}))
    with pytest.raises(Clash):
        commands.save_draft(at("lead"), number, seen, LAMPS.model_copy(update={"about": "后"}))
    assert queries.design(at("lead"), number).draft.about == "先"


def test_a_field_with_data_keeps_its_kind_but_may_grow_longer(at: At) -> None:
    number = published(at)
    put(at, number)
    with pytest.raises(Invalid) as wrong:
        again(at, number, without(LAMPS, "x_lamp", kind="number"))
    assert "x_lamp" in wrong.value.fields
    again(at, number, without(LAMPS, "x_lamp", kind="long"))
    again(at, number, without(without(LAMPS, "x_lamp", kind="long"), "x_watts", kind="text"))


def test_a_choice_in_use_is_ended_not_deleted(at: At) -> None:
    number = published(at)
    entry = put(at, number, x_state="2")
    one = (("1", "亮"),)
    with pytest.raises(Invalid):
        again(at, number, without(LAMPS, "x_state", options=one))
    again(at, number, without(LAMPS, "x_state", ended_options=("2",)))
    assert shown.entry(at(), str(number), entry).values["x_state"] == "2"
    with pytest.raises(Invalid):
        put(at, number, x_state="2")
    entries.edit_entry(at(), str(number), entry, seen=None, x_state="2", x_lamp="D7")
    again(at, number, without(LAMPS, "x_state", options=(("2", "坏"),)))


def test_a_published_version_stands_for_ever(at: At) -> None:
    number = published(at)
    before = queries.design(at("lead"), number).versions
    again(at, number, without(LAMPS, "x_lamp", label="编号"))
    assert queries.design(at("lead"), number).versions[1:] == before


# --- what an office should not keep -----------------------------------------------------------------------

FAITH = FieldPlan(key="x_faith", label="宗教信仰")


def test_unwanted_fields_of_things_need_a_reason(at: At) -> None:
    body = LAMPS.model_copy(
        update={"fields": (*LAMPS.fields, FAITH.model_copy(update={"label": "信访件编号"}))}
    )
    number = drafted(at, body)
    assert queries.design(at("lead"), number).unwanted == {"信访件编号": "信访"}
    with pytest.raises(Invalid):
        commands.publish_design(at("lead"), number, None)
    assert commands.publish_design(at("lead"), number, None, "对应街道来件，只记编号") == 1


def test_unwanted_fields_of_people_need_the_security_administrator(at: At) -> None:
    number = drafted(at, Body(fields=(FAITH,)), "Person")
    with pytest.raises(Refused):
        commands.publish_design(at("lead"), number, None, "节日安排需要")
    [waiting] = queries.waiting(at("security_admin", "440599/"))
    with pytest.raises(Invalid):
        commands.approve_design(at("security_admin", "440599/"), waiting.id, "")
    with pytest.raises(Refused):
        commands.approve_design(at("lead"), number, "自己同意自己")
    commands.approve_design(at("security_admin", "440599/"), waiting.id, "经区里书面批准")
    assert not queries.waiting(at("security_admin", "440599/"))
    more = Body(fields=(FAITH, FieldPlan(key="x_more", label="病历")))
    commands.save_draft(at("lead"), number, None, more)
    with pytest.raises(Refused):
        commands.publish_design(at("lead"), number, None, "节日安排需要")
    commands.save_draft(at("lead"), number, None, Body(fields=(FAITH,)))
    assert commands.publish_design(at("lead"), number, None, "节日安排需要") == 1


# --- own fields of shared records -------------------------------------------------------------------------


def test_a_field_of_people_is_asked_kept_searched_and_ended(at: At, town: Office) -> None:
    nickname = FieldPlan(key="x_nick", label="小名", searched=True)
    number = published(at, Body(fields=(nickname,)), "Person")
    person = some(town, Person)
    people.edit_person(at(), person, seen=None, x_nick="阿海螺")
    assert persons.person(at(), person).values["x_nick"] == "阿海螺"
    assert person in [hit.id for hit in search(at(), "阿海螺", kinds=("person",))]
    again(at, number, Body(fields=(nickname.model_copy(update={"ended": True}),)))
    with pytest.raises(Clash) as gone:
        people.edit_person(at(), person, seen=None, x_nick="新的")
    assert "x_nick" in gone.value.fields
    people.edit_person(at(), person, seen=None, hukou_address="海滨路")
    assert "x_nick" not in persons.person(at(), person).values


def test_a_second_design_of_people_at_one_place_is_the_first(at: At) -> None:
    assert commands.add_design(at("lead"), "Person") == commands.add_design(at("lead"), "Person")
    with pytest.raises(Missing):
        commands.add_design(at("lead"), "Account")


# --- optional standard fields -----------------------------------------------------------------------------


def test_an_optional_field_is_switched_on_for_a_purpose(at: At, town: Office) -> None:
    def is_on(role_area: str) -> bool:
        lines = queries.switchboard(town.uow(Actor("x", "lead", role_area)))
        return next(line.is_on for line in lines if (line.of, line.name) == ("Person", "former_name"))

    assert not is_on(COMMUNITY)
    with pytest.raises(Invalid):
        commands.switch_field(at("lead"), "Person", "former_name", True, "")
    with pytest.raises(Missing):
        commands.switch_field(at("lead"), "Person", "name", True, "需要")
    commands.switch_field(at("lead"), "Person", "former_name", True, "技能培训报名")
    assert is_on(COMMUNITY) and is_on(GRID)
    commands.switch_field(town.uow(replace(Actor("x", "lead", GRID))), "Person", "former_name", False)
    assert is_on(COMMUNITY) and not is_on(GRID) and is_on(NEXT_GRID)
