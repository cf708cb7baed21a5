"""Building, pulling down, splitting and merging: applied for, reviewed, approved, in effect, and taken back."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from core.kernel.audit import AuditEntry
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.search import search
from core.labels import commands as labels
from core.labels import queries as printed
from core.organisations import commands as firms
from core.organisations import queries as organisations
from core.people import commands as people
from core.people import queries as residents
from core.places import commands as places
from core.places import queries
from core.places.commands.closing import close_house
from core.places.models import House
from core.rebuilding import commands
from core.rebuilding import queries as rebuilding
from tests.conftest import GRID
from tests.core.rebuilding.conftest import As, Flats

WHY = "业主申请，已看过房产证"
SPLIT: list[dict[str, Any]] = [{"room": "101A"}, {"room": "101B"}]


def approved(as_: As, change: int, **how: Any) -> str:
    """Reviewed by the community and approved by the street."""
    commands.review(as_("li"), change, "pass", "情况属实")
    return commands.decide(as_("lin"), change, "pass", "同意", **how)


def merging(as_: As, flats: Flats) -> int:
    """An application to make one flat of 101 and 102."""
    ids = [flats.doors["101"], flats.doors["102"]]
    return commands.apply(
        as_("wang"), "merge", reason=WHY, building_id=flats.building, house_ids=ids, doors=[{"room": "101"}]
    )


def rooms(as_: As, flats: Flats) -> list[str]:
    """The doors that stand in the building."""
    return sorted(cell.room for cell in queries.matrix(as_("li"), flats.building))


# --- who may not ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["zhao", "wu"])
def test_departments_and_analysts_have_no_part_in_it(as_: As, flats: Flats, login: str) -> None:
    change = merging(as_, flats)
    for attempt in (
        lambda: commands.apply(as_(login), "demolish", reason=WHY, building_id=flats.building),
        lambda: commands.review(as_(login), change, "pass"),
        lambda: commands.decide(as_(login), change, "pass"),
        lambda: commands.assign(as_(login), change, {}),
        lambda: rebuilding.changes(as_(login)),
        lambda: rebuilding.change(as_(login), change),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_worker_of_another_grid_neither_sees_nor_applies(as_: As, flats: Flats) -> None:
    change = merging(as_, flats)
    with pytest.raises(Missing):
        rebuilding.change(as_("sun"), change)
    with pytest.raises(Missing):
        commands.apply(as_("sun"), "demolish", reason=WHY, building_id=flats.building)
    with pytest.raises(Refused):
        commands.apply(as_("sun"), "build", reason=WHY, area=GRID, facts={"address": "和平路99号"})
    assert rebuilding.changes(as_("sun"), view="all").items == []


REVIEWERS = {"wang": False, "ge": False, "li": True, "chen": True, "lin": True, "gao": True}


@pytest.mark.parametrize(("login", "may"), REVIEWERS.items())
def test_the_community_or_above_reviews(as_: As, flats: Flats, login: str, may: bool) -> None:
    change = merging(as_, flats)
    assert ("review" in rebuilding.change(as_(login), change).may) is may
    if may:
        assert commands.review(as_(login), change, "pass") == "reviewed"
    else:
        with pytest.raises(Refused):
            commands.review(as_(login), change, "pass")


APPROVERS = {"wang": False, "li": False, "chen": False, "ge": False, "lin": True, "gao": True}


@pytest.mark.parametrize(("login", "may"), APPROVERS.items())
def test_only_the_street_or_above_approves(as_: As, flats: Flats, login: str, may: bool) -> None:
    change = merging(as_, flats)
    commands.review(as_("li"), change, "pass")
    assert ("decide" in rebuilding.change(as_(login), change).may) is may
    if may:
        assert commands.decide(as_(login), change, "pass") == "effective"
    else:
        with pytest.raises(Refused):
            commands.decide(as_(login), change, "pass")


def test_never_the_same_person_twice(as_: As, flats: Flats) -> None:
    ids = [flats.doors["101"], flats.doors["102"]]
    own = commands.apply(
        as_("lin"), "merge", reason=WHY, building_id=flats.building, house_ids=ids, doors=[{"room": "101"}]
    )
    with pytest.raises(Refused, match="自己"):
        commands.review(as_("lin"), own, "pass")
    commands.review(as_("gao"), own, "pass")
    for login in ("lin", "gao"):
        assert "decide" not in rebuilding.change(as_(login), own).may
        with pytest.raises(Refused, match="审核"):
            commands.decide(as_(login), own, "pass")


# --- stories ----------------------------------------------------------------------------------------------


def test_two_flats_become_one_and_everybody_is_in_it(as_: As, flats: Flats) -> None:
    old = queries.house(as_("li"), flats.doors["101"])
    firm = firms.add_organisation(
        as_("li"),
        name="海棠小卖部",
        kind="company",
        house_id=flats.doors["102"],
        no_code_reason="stall",
    )
    change = merging(as_, flats)
    assert approved(as_, change) == "effective"

    assert rooms(as_, flats) == ["101", "201"]
    [new] = [cell.house_id for cell in queries.matrix(as_("li"), flats.building) if cell.room == "101"]
    fresh = queries.house(as_("li"), new)
    assert (fresh.residents, fresh.floor_area, fresh.use) == (4, 120.0, "11")
    assert fresh.address == old.address
    assert fresh.code != old.code
    assert residents.household(as_("li"), flats.household).house_id == new
    assert organisations.organisation(as_("li"), firm).house_id == new
    gone = queries.house(as_("li"), flats.doors["101"])
    assert (gone.state, gone.residents, gone.closed_on is not None) == ("closed", 0, True)
    told = rebuilding.change(as_("wang"), change)
    assert [line.id for line in told.new] == [new]
    assert old.code in [line.code for line in told.old]
    assert [step.step for step in told.steps] == ["apply", "review", "approve"]


@pytest.mark.parametrize("place", ["away", "7"])
def test_a_shop_does_not_vanish_with_its_flat(as_: As, flats: Flats, place: str) -> None:
    """It goes on behind one of the doors, or it is closed first."""
    facts = {"kind": "company", "house_id": flats.doors["102"], "no_code_reason": "stall"}
    firm = firms.add_organisation(as_("li"), name="海棠小卖部", **facts)
    change = merging(as_, flats)
    commands.assign(as_("li"), change, {f"organisation:{firm}": place})
    commands.review(as_("li"), change, "pass")
    with pytest.raises(Invalid, match="海棠小卖部"):
        commands.decide(as_("lin"), change, "pass")
    assert rooms(as_, flats) == ["101", "102", "201"]


def test_an_old_code_leads_to_what_came_after(as_: As, flats: Flats) -> None:
    code = queries.house(as_("li"), flats.doors["101"]).code
    approved(as_, merging(as_, flats))
    found = queries.by_code(as_("wang"), code)
    assert (found.house_id, found.is_current) == (flats.doors["101"], False)
    [after] = found.successors
    assert after.title == "和平路 12 号 3幢 101室"

    again = commands.apply(
        as_("wang"), "split", reason=WHY, building_id=flats.building, house_ids=[after.id], doors=SPLIT
    )
    approved(as_, again, stays={f"household:{flats.household}": 1})
    assert [one.title[-5:] for one in queries.by_code(as_("wang"), code).successors] == ["101A室", "101B室"]
    with pytest.raises(Missing):
        queries.by_code(as_("sun"), code)


def test_an_old_code_is_found_by_the_search_and_nothing_else_of_it_is(as_: As, flats: Flats) -> None:
    old = queries.house(as_("li"), flats.doors["102"])
    approved(as_, merging(as_, flats))
    [hit] = search(as_("li"), old.code)
    assert hit.id == old.id
    assert "已注销" in hit.title
    assert old.id not in {hit.id for hit in search(as_("li"), "和平路12号3幢102室")}


def test_a_split_waits_until_somebody_says_who_goes_where(as_: As, flats: Flats) -> None:
    change = commands.apply(
        as_("wang"),
        "split",
        reason=WHY,
        building_id=flats.building,
        house_ids=[flats.doors["101"]],
        doors=SPLIT,
    )
    assert rebuilding.change(as_("wang"), change).left == 1
    commands.review(as_("li"), change, "pass")
    with pytest.raises(Invalid, match="1 户"):
        commands.decide(as_("lin"), change, "pass")
    assert rebuilding.change(as_("lin"), change).state == "reviewed"
    commands.assign(as_("wang"), change, {f"household:{flats.household}": 1})
    assert rebuilding.change(as_("wang"), change).left == 0
    assert commands.decide(as_("lin"), change, "pass") == "effective"
    behind = {cell.room: cell.residents for cell in queries.matrix(as_("li"), flats.building)}
    assert behind == {"101A": 0, "101B": 4, "102": 0, "201": 0}


def test_a_pulled_down_building_leaves_every_list(as_: As, flats: Flats) -> None:
    before = sum(queries.state_counts(as_("li")).values())
    change = commands.apply(as_("wang"), "demolish", reason="危房，已整体拆除", building_id=flats.building)
    stays = {f"household:{flats.household}": "away"}
    assert approved(as_, change, stays=stays) == "effective"

    assert sum(queries.state_counts(as_("li")).values()) == before - 3
    assert queries.building_count(as_("li")) == 0
    assert queries.houses(as_("li"), queries.HouseFilter()).items == []
    assert len(queries.houses(as_("li"), queries.HouseFilter(state="closed")).items) == 3
    assert queries.building(as_("li"), flats.building).closed_on is not None
    assert {residents.person(as_("li"), one).values["state"] for one in flats.members} == {"away"}
    stays_then = residents.occupants(as_("li"), flats.doors["101"])
    assert stays_then == []


def test_the_label_at_the_door_ends_with_the_house(as_: As, flats: Flats) -> None:
    labels.issue(as_("li"), [flats.doors["101"], flats.doors["201"]])
    approved(as_, merging(as_, flats))
    assert printed.labels_of(as_("li"), flats.doors["101"]).active is None
    assert printed.labels_of(as_("li"), flats.doors["201"]).active is not None


def test_nothing_happens_in_a_closed_house(as_: As, flats: Flats) -> None:
    approved(as_, merging(as_, flats))
    closed = flats.doors["102"]
    for attempt in (
        lambda: places.edit_house(as_("li"), closed, 1, state="rented"),
        lambda: places.verify_house(as_("li"), closed, "visit"),
        lambda: people.move_in(as_("li"), flats.members[1], closed),
        lambda: people.add_person(as_("li"), name="陈新来", birth="1990-01-01", house_id=closed),
        lambda: firms.add_organisation(as_("li"), name="小店", kind="company", house_id=closed),
    ):
        with pytest.raises(Invalid, match="注销"):
            attempt()


def test_a_new_building_gets_its_rooms_and_a_later_one_takes_its_place(as_: As, flats: Flats) -> None:
    facts = {"address": "和平路18号", "floors": 3, "plan_floors": 3, "rooms": 2}
    change = commands.apply(as_("wang"), "build", reason="新建农房，已验收", area=GRID, facts=facts)
    assert queries.building_count(as_("li")) == 1
    approved(as_, change)
    [made] = [b for b in queries.buildings(as_("li")).items if b.id != flats.building]
    assert (made.address, made.houses) == ("和平路18号", 6)

    approved(as_, commands.apply(as_("wang"), "demolish", reason="拆旧建新", building_id=made.id))
    again = commands.apply(
        as_("wang"),
        "build",
        reason="拆旧建新",
        area=GRID,
        replaces_id=made.id,
        facts={"address": "和平路18号"},
    )
    approved(as_, again)
    [after] = queries.building_successors(as_("li"), made.id)
    assert after.title == "和平路 18 号"
    assert after.code > made.code


def test_a_building_without_an_address_gets_its_serial_first(as_: As, flats: Flats) -> None:
    change = commands.apply(
        as_("wang"), "build", reason="自建房，暂无门牌", area=GRID, facts={"spot": "陈氏宗祠后面", "rooms": 1}
    )
    approved(as_, change)
    [made] = [b for b in queries.buildings(as_("li")).items if b.id != flats.building]
    shown = queries.building(as_("li"), made.id)
    assert (shown.is_provisional, shown.spot, shown.title) == (True, "陈氏宗祠后面", "待编址 00002幢")
    assert [case.id for case in queries.code_cases(as_("wang"), "provisional").items] == [made.id]

    places.give_address(as_("wang"), made.id, "宗祠巷6号", shown.version)
    now = queries.building(as_("li"), made.id)
    assert (now.is_provisional, now.title, now.code) == (False, "宗祠巷 6 号", shown.code)
    [house] = queries.houses(as_("li"), queries.HouseFilter(building_id=made.id)).items
    assert house.address == "宗祠巷6号101室"


def test_what_was_approved_by_mistake_is_taken_back(as_: As, flats: Flats) -> None:
    codes = {room: queries.house(as_("li"), number).code for room, number in flats.doors.items()}
    change = merging(as_, flats)
    approved(as_, change)
    [new] = [line for line in rebuilding.change(as_("li"), change).new]
    with pytest.raises(Refused):
        commands.take_back(as_("li"), change, "批错了")
    with pytest.raises(Invalid):
        commands.take_back(as_("lin"), change, " ")
    commands.take_back(as_("lin"), change, "批错了")

    assert rooms(as_, flats) == ["101", "102", "201"]
    assert queries.house(as_("li"), flats.doors["101"]).residents == 4
    assert rebuilding.change(as_("li"), change).state == "reviewed"
    assert queries.by_code(as_("li"), codes["101"]).is_current
    with pytest.raises(Missing):
        queries.by_code(as_("li"), new.code)
    later = places.add_house(as_("li"), flats.building, room="103")
    assert queries.house(as_("li"), later).code != new.code


def test_it_is_not_taken_back_when_life_went_on(as_: As, flats: Flats) -> None:
    change = merging(as_, flats)
    approved(as_, change)
    [new] = rebuilding.change(as_("li"), change).new
    places.edit_house(as_("li"), new.id, None, state="rented")
    with pytest.raises(Clash):
        commands.take_back(as_("lin"), change, "批错了")
    assert rebuilding.change(as_("li"), change).state == "effective"


# --- steps ------------------------------------------------------------------------------------------------


def test_a_returned_application_is_corrected_and_handed_in_again(as_: As, flats: Flats) -> None:
    change = merging(as_, flats)
    with pytest.raises(Invalid, match="原因"):
        commands.review(as_("li"), change, "return")
    assert commands.review(as_("li"), change, "return", "请补房产证照片") == "returned"
    assert rebuilding.waiting(as_("wang")) == 1
    ids = [flats.doors["101"], flats.doors["102"]]
    with pytest.raises(Refused):
        commands.amend(as_("li"), change, seen=None, reason=WHY, house_ids=ids, doors=[{"room": "101"}])
    commands.amend(
        as_("wang"), change, seen=None, reason=f"{WHY}，已补", house_ids=ids, doors=[{"room": "102"}]
    )
    assert rebuilding.waiting(as_("li")) == 1
    assert approved(as_, change) == "effective"
    assert rooms(as_, flats) == ["102", "201"]


@pytest.mark.parametrize("step", ["review", "decide"])
def test_what_is_refused_changes_nothing(as_: As, flats: Flats, step: str) -> None:
    change = merging(as_, flats)
    if step == "decide":
        commands.review(as_("li"), change, "pass")
        commands.decide(as_("lin"), change, "refuse", "承重墙不能拆")
    else:
        commands.review(as_("li"), change, "refuse", "承重墙不能拆")
    assert rebuilding.change(as_("wang"), change).state == "refused"
    assert rooms(as_, flats) == ["101", "102", "201"]
    for attempt in (
        lambda: commands.withdraw(as_("wang"), change),
        lambda: commands.review(as_("chen"), change, "pass"),
        lambda: commands.decide(as_("gao"), change, "pass"),
        lambda: commands.assign(as_("wang"), change, {}),
    ):
        with pytest.raises(Invalid):
            attempt()


def test_only_who_applied_withdraws(as_: As, flats: Flats) -> None:
    change = merging(as_, flats)
    with pytest.raises(Refused):
        commands.withdraw(as_("li"), change)
    commands.withdraw(as_("wang"), change, "写错楼栋")
    assert [step.step for step in rebuilding.change(as_("wang"), change).steps] == ["apply", "withdraw"]
    merging(as_, flats)  # the houses are free for another one


def test_a_house_is_in_one_open_application_only(as_: As, flats: Flats) -> None:
    merging(as_, flats)
    with pytest.raises(Clash, match="另一"):
        commands.apply(as_("li"), "demolish", reason=WHY, building_id=flats.building)
    with pytest.raises(Clash, match="另一"):
        merging(as_, flats)
    commands.apply(
        as_("li"), "demolish", reason=WHY, building_id=flats.building, house_ids=[flats.doors["201"]]
    )


def test_an_application_about_houses_that_closed_meanwhile_is_returned(as_: As, flats: Flats) -> None:
    change = merging(as_, flats)
    commands.review(as_("li"), change, "pass")
    uow = as_("li")
    with uow.running("house.edit"):
        close_house(uow, uow.get(House, flats.doors["102"]), date.today())
    with pytest.raises(Clash, match="注销"):
        commands.decide(as_("lin"), change, "pass")


BAD: dict[str, dict[str, Any]] = {
    "split_into_one": {"kind": "split", "house_ids": ["101"], "doors": [{"room": "101A"}]},
    "split_two": {"kind": "split", "house_ids": ["101", "102"], "doors": SPLIT},
    "merge_one": {"kind": "merge", "house_ids": ["101"], "doors": [{"room": "101"}]},
    "merge_without_door": {"kind": "merge", "house_ids": ["101", "102"], "doors": [{"room": " "}]},
    "twice": {"kind": "split", "house_ids": ["101"], "doors": [{"room": "1A"}, {"room": "1A"}]},
    "no_such_floor": {"kind": "build", "doors": [{"room": "2901"}]},
    "odd_floor": {"kind": "build", "doors": [{"room": "301", "floor": "三"}]},
    "nothing": {"kind": "build"},
    "other_kind": {"kind": "burn", "house_ids": ["101"]},
    "short_reason": {"kind": "demolish", "reason": "拆"},
}


@pytest.mark.parametrize("name", list(BAD))
def test_bad_input_is_told(as_: As, flats: Flats, name: str) -> None:
    asked = {"reason": WHY, **BAD[name]}
    asked["house_ids"] = [flats.doors[room] for room in asked.get("house_ids", ())]
    with pytest.raises(Invalid):
        commands.apply(as_("wang"), asked.pop("kind"), building_id=flats.building, **asked)
    assert rebuilding.changes(as_("wang"), view="all").items == []


def test_a_door_that_stays_is_not_given_twice(as_: As, flats: Flats) -> None:
    with pytest.raises(Clash, match="201"):
        commands.apply(
            as_("wang"),
            "split",
            reason=WHY,
            building_id=flats.building,
            house_ids=[flats.doors["101"]],
            doors=[{"room": "101"}, {"room": "201"}],
        )


def test_houses_of_two_buildings_are_not_merged(as_: As, flats: Flats) -> None:
    other = places.add_building(as_("li"), GRID, "和平路13号")
    stranger = places.add_house(as_("li"), other, room="101")
    with pytest.raises(Invalid, match="同一"):
        commands.apply(
            as_("wang"),
            "merge",
            reason=WHY,
            building_id=flats.building,
            house_ids=[flats.doors["101"], stranger],
            doors=[{"room": "101"}],
        )


def test_the_log_tells_who_approved_and_why(as_: As, flats: Flats, office: Office) -> None:
    change = merging(as_, flats)
    approved(as_, change)
    with office.reader.connect() as connection:
        asked = select(AuditEntry.who, AuditEntry.reason).where(AuditEntry.permission == "rebuild.approve")
        lines = {tuple(row) for row in connection.execute(asked)}
    assert {who for who, _reason in lines} == {"lin"}
    assert ("lin", "同意") in lines


def test_the_queue_shows_each_what_waits_for_them(as_: As, flats: Flats) -> None:
    change = merging(as_, flats)
    assert [rebuilding.waiting(as_(login)) for login in ("wang", "li", "lin")] == [0, 1, 1]
    commands.review(as_("li"), change, "pass")
    assert [rebuilding.waiting(as_(login)) for login in ("wang", "li", "chen", "lin")] == [0, 0, 0, 1]
    [line] = rebuilding.todo(as_("lin"))
    assert (line.count, line.page) == (1, "rebuildings")
    assert rebuilding.todo(as_("zhao")) == []
    assert [one.id for one in rebuilding.about_house(as_("wang"), flats.doors["101"])] == [change]
    assert [one.id for one in rebuilding.changes(as_("lin"), view="me", kind="merge").items] == [change]
