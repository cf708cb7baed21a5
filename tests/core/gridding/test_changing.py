"""Changing grids: every record of the land that changes hands stands in its new grid, can be found there, and comes back
when the change is taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import false, update
from sqlmodel import SQLModel, func, select

from core.gridding import commands
from core.gridding.models import GridChange
from core.gridding.queries import (
    boundaries_on,
    boundary_past,
    by_hand,
    drawing,
    grid_changes,
    loads,
    preview,
    proposal,
    records,
)
from core.gridding.queries.hanging import UNMOVED
from core.gridding.rules import Draft, Part
from core.gridding.rules.draft import spoken
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.search import search
from core.kernel.session import scoped_kinds
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.places import queries as places
from core.places.models import Area, Building, House
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.conftest import log

LEAD = Actor("chen", "lead", COMMUNITY, name="陈")
TODAY = date.today()


@pytest.fixture
def lead(town: Office) -> UnitOfWork:
    """The lead of the community at work."""
    return town.uow(LEAD)


def halved(lead: UnitOfWork, grid: str = GRID) -> Draft:
    """A wish to split a grid along a line from south to north through its middle."""
    [found] = [one for one in drawing(lead, COMMUNITY).grids if one.area == grid]
    ring = (found.polygon or [])[0]
    west, east = min(c[0] for c in ring), max(c[0] for c in ring)
    south, north = min(c[1] for c in ring), max(c[1] for c in ring)
    middle = (west + east) / 2
    line = [[middle, south - 0.001], [middle, north + 0.001]]
    return Draft(kind="split", community=COMMUNITY, grid=grid, line=line, name="新网格")


def standing(office: Office) -> dict[str, dict[str, set[int]]]:
    """Kind of record -> area -> numbers, of everything that stands in a grid."""
    found: dict[str, dict[str, set[int]]] = {}
    with office.reader.connect() as connection:
        for kind in scoped_kinds():
            if kind.__name__ in UNMOVED or kind.__name__ in ("AuditEntry", "Area", "GridBoundary"):
                continue
            table = SQLModel.metadata.tables[str(kind.__tablename__)]
            is_grid = table.c.kind == "area" if kind.__name__ == "SearchDoc" else false()
            for number, area in connection.execute(select(table.c.id, table.c.area).where(~is_grid)):
                found.setdefault(kind.__name__, {}).setdefault(area, set()).add(number)
    return found


def astray(office: Office) -> Iterator[str]:
    """Everything that stands in another grid than what it hangs on."""
    tables = SQLModel.metadata.tables
    with office.reader.connect() as connection:
        where: dict[str, dict[int, str]] = {}
        for name in ("building", "house", "organisation", "person"):
            rows = connection.execute(select(tables[name].c.id, tables[name].c.area))
            where[name] = {number: area for number, area in rows}
        for kind in scoped_kinds():
            table = tables[str(kind.__tablename__)]
            for anchor in ("house", "building", "organisation"):
                column = f"{anchor}_id"
                if column in table.c:
                    rows = connection.execute(
                        select(table.c.id, table.c.area, table.c[column]).where(table.c[column].is_not(None))
                    )
                    yield from (
                        f"{kind.__name__}/{number} in {area} but its {anchor} is in {where[anchor][of]}"
                        for number, area, of in rows
                        if area != where[anchor][of]
                    )
                    break
        docs = tables["search_doc"]
        for number, area, tok in connection.execute(select(docs.c.id, docs.c.area, docs.c.tok)):
            own = next((each[number] for each in where.values() if number in each), area)
            if area != own or f" =a{area.strip('/').replace('/', 'x')} " not in f" {tok} ":
                yield f"SearchDoc/{number} in {area}, found in {tok[:80]}, belongs to {own}"


# --- splitting ----------------------------------------------------------------------------------------------


def test_a_split_moves_every_record_of_the_new_grid_and_back(town: Office, lead: UnitOfWork) -> None:
    before = standing(town)
    known = set(astray(town))
    draft = halved(lead)
    told = preview(lead, draft)
    assert told.can_be and told.counts and told.buildings
    assert standing(town) == before

    change = commands.change_grids(lead, draft, reason="网格太大")

    new = next(one for one in places.areas(lead, under=COMMUNITY, level="grid") if one.name == "新网格")
    after = standing(town)
    assert set(astray(town)) <= known
    moved = after["Building"][new.area]
    assert {one.id for one in told.buildings} == moved
    assert len(after["House"][new.area]) == told.counts["房屋"]
    assert len(after["Person"][new.area]) == told.counts["人员"]
    for kind, areas in before.items():
        assert set().union(*areas.values()) <= set().union(*after[kind].values()), kind

    commands.undo_change(lead, change, "还是一个网格好")
    again = standing(town)
    for kind, areas in before.items():
        assert again[kind].get(GRID) == areas.get(GRID), kind
        assert not again[kind].get(new.area), kind
    closed = places.area(lead, new.area)
    assert closed.valid_to == TODAY
    assert places.next_grid_code(lead, COMMUNITY)[-3:] > new.code[-3:]


def test_somebody_is_found_in_the_new_grid_and_by_its_name(town: Office, lead: UnitOfWork) -> None:
    draft = halved(lead)
    commands.change_grids(lead, draft)
    new = next(one for one in places.areas(lead, under=COMMUNITY, level="grid") if one.name == "新网格")
    worker = town.uow(Actor("sun", "grid_worker", new.area))
    with town.reader.connect() as connection:
        asked = select(Person.name).where(Person.area == new.area, Person.state == "here").limit(1)
        name = str(connection.execute(asked).scalar())
    found = search(worker, name, kinds=("person",))
    assert found and all(hit.area == new.area and "新网格" in hit.body for hit in found)
    old = town.uow(Actor("wang", "grid_worker", GRID))
    assert not [hit for hit in search(old, name, kinds=("person",)) if hit.id == found[0].id]
    assert search(lead, "新网格", kinds=("person",))


def test_history_and_log_tell_of_it(town: Office, lead: UnitOfWork) -> None:
    lines = len(log(town))
    change = commands.change_grids(lead, halved(lead), reason="网格太大")
    told = [line for line in log(town)[lines:] if line.permission == "grid.draw"]
    assert {"House", "Person", f"GridChange/{change}"} <= {line.about for line in told}
    assert all(line.reason == "网格太大" and line.who == "chen" for line in told)
    [mine] = grid_changes(lead, COMMUNITY)
    assert mine.title == "拆分" and mine.can_undo and mine.counts["房屋"] > 0
    with town.reader.connect() as connection:
        past = SQLModel.metadata.tables["field_change"]
        asked = select(func.count()).where(past.c.kind == "House", past.c.field == "area")
        assert connection.execute(asked).scalar() == mine.counts["房屋"]


def test_what_moved_in_meanwhile_comes_back_with_its_building(town: Office, lead: UnitOfWork) -> None:
    from core.places.commands import add_house

    change = commands.change_grids(lead, halved(lead))
    new = next(one for one in places.areas(lead, under=COMMUNITY, level="grid") if one.name == "新网格")
    with town.reader.connect() as connection:
        building = connection.execute(select(Building.id).where(Building.area == new.area).limit(1)).scalar()
    house = add_house(lead, int(building or 0), unit="", floor=1, room="后加")
    commands.undo_change(lead, change)
    assert places.house(lead, house).area == GRID


# --- merging ------------------------------------------------------------------------------------------------


def test_a_merge_leaves_nothing_behind_and_its_code_is_never_used_again(
    town: Office, lead: UnitOfWork
) -> None:
    before = standing(town)
    draft = Draft(kind="merge", community=COMMUNITY, grid=GRID, others=(GRID, NEXT_GRID), name="中心网格")
    told = preview(lead, draft)
    assert any("账号" in note or "王" in note for note in told.notes) or told.notes == []
    change = commands.change_grids(lead, draft)
    after = standing(town)
    assert not [kind for kind, areas in after.items() if areas.get(NEXT_GRID)]
    assert places.area(lead, NEXT_GRID).valid_to == TODAY and places.area(lead, GRID).name == "中心网格"
    assert places.next_grid_code(lead, COMMUNITY)[-3:] == "003"
    commands.undo_change(lead, change)
    again = standing(town)
    for kind, areas in before.items():
        for grid in (GRID, NEXT_GRID):
            assert again[kind].get(grid, set()) == areas.get(grid, set()), kind
    assert places.area(lead, NEXT_GRID).valid_to is None and places.area(lead, GRID).name != "中心网格"


# --- drawing and moving -------------------------------------------------------------------------------------


def strip(lead: UnitOfWork) -> list[list[list[float]]]:
    """The first grid and a strip of the next one."""
    shapes = {one.area: (one.polygon or [])[0] for one in drawing(lead, COMMUNITY).grids}
    x0, y0 = (min(c[axis] for c in shapes[GRID]) - 0.0002 for axis in (0, 1))
    x1, y1 = (max(c[axis] for c in shapes[GRID]) + 0.0002 for axis in (0, 1))
    return [[[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]]]


def test_a_moved_border_takes_along_what_lies_there(town: Office, lead: UnitOfWork) -> None:
    draft = Draft(kind="reshape", community=COMMUNITY, grid=GRID, polygon=strip(lead))
    told = preview(lead, draft)
    assert told.can_be
    commands.change_grids(lead, draft)
    now = drawing(lead, COMMUNITY)
    assert now.troubles == [] and now.misfiled == 0
    assert not set(astray(town))


def test_a_grid_that_would_vanish_is_refused(lead: UnitOfWork) -> None:
    everything = drawing(lead, COMMUNITY).polygon or []
    draft = Draft(kind="draw", community=COMMUNITY, polygon=everything)
    with pytest.raises(Invalid, match="合并"):
        commands.change_grids(lead, draft)


def test_a_new_grid_takes_its_land_from_the_others(town: Office, lead: UnitOfWork) -> None:
    shape = next(one for one in drawing(lead, COMMUNITY).grids if one.area == GRID)
    ring = (shape.polygon or [])[0]
    x, y = sum(c[0] for c in ring) / len(ring), sum(c[1] for c in ring) / len(ring)
    box = [[[x, y], [x + 0.0006, y], [x + 0.0006, y + 0.0006], [x, y + 0.0006]]]
    commands.change_grids(lead, Draft(kind="draw", community=COMMUNITY, polygon=box, name="夹心网格"))
    now = drawing(lead, COMMUNITY)
    assert now.troubles == [] and len(now.grids) == 3


# --- time ---------------------------------------------------------------------------------------------------


def test_a_changed_grid_keeps_the_old_boundary(town: Office, lead: UnitOfWork) -> None:
    before = {one.area: one.polygon for one in boundaries_on(lead, COMMUNITY, TODAY)}
    commands.change_grids(lead, halved(lead))
    yesterday = TODAY - timedelta(days=1)
    then = {one.area: one.polygon for one in boundaries_on(lead, COMMUNITY, yesterday)}
    now = {one.area: one.polygon for one in boundaries_on(lead, COMMUNITY, TODAY)}
    assert then == before and len(now) == len(before) + 1 and now[GRID] != before[GRID]
    newest, oldest = boundary_past(lead, GRID)
    assert (newest.valid_from, newest.valid_to, oldest.valid_to) == (TODAY, None, TODAY)


def test_taken_back_the_same_day_it_was_never_otherwise(town: Office, lead: UnitOfWork) -> None:
    before = boundaries_on(lead, COMMUNITY, TODAY)
    commands.undo_change(lead, commands.change_grids(lead, halved(lead)))
    assert boundaries_on(lead, COMMUNITY, TODAY) == before


def test_a_boundary_edited_on_any_other_page_keeps_its_past_too(town: Office, lead: UnitOfWork) -> None:
    from core.places.commands import edit_area

    grid = drawing(lead, COMMUNITY).grids[0]
    edit_area(lead, grid.id, None, name="改名网格")
    assert [one.name for one in boundary_past(lead, grid.area)] == ["改名网格", grid.name]


# --- proposal -----------------------------------------------------------------------------------------------


def test_a_proposal_is_even_and_can_be_accepted(town: Office, lead: UnitOfWork) -> None:
    told = proposal(lead, COMMUNITY, wanted=3)
    assert len(told.grids) == 3 and told.after < 0.35
    parts = tuple(Part(one.area, one.name, one.polygon) for one in told.grids)
    draft = Draft(kind="redraw", community=COMMUNITY, parts=parts)
    looked = preview(lead, draft)
    assert looked.can_be and len([one for one in looked.loads if one.after]) == 3
    change = commands.change_grids(lead, draft)
    now = drawing(lead, COMMUNITY)
    assert len(now.grids) == 3 and not now.misfiled and not [t for t in now.troubles if t.is_blocking]
    assert not set(astray(town))
    commands.undo_change(lead, change)
    assert len(drawing(lead, COMMUNITY).grids) == 2


@pytest.mark.sqlite
def test_a_part_of_a_proposal_is_changed_by_hand_and_the_others_follow(lead: UnitOfWork) -> None:
    told = proposal(lead, COMMUNITY, wanted=3)
    parts = tuple(Part(one.area, one.name, one.polygon) for one in told.grids)
    draft = Draft(kind="redraw", community=COMMUNITY, parts=parts)
    [ring] = parts[0].polygon
    x, y = (sum(corner[axis] for corner in ring) / len(ring) for axis in (0, 1))
    smaller = [[[x + (u - x) * 0.8, y + (v - y) * 0.8] for u, v in ring]]
    other = by_hand(lead, draft, 0, smaller)
    assert other.parts[0].polygon != parts[0].polygon and len(other.parts) == 3
    looked = preview(lead, other)
    assert looked.can_be and not [one for one in looked.troubles if one.kind == "gap"]
    with pytest.raises(Invalid):
        by_hand(lead, draft, 9, smaller)


@pytest.mark.sqlite
def test_a_number_that_cannot_be_is_said(lead: UnitOfWork) -> None:
    with pytest.raises(Invalid):
        proposal(lead, COMMUNITY, wanted=400)
    assert len(proposal(lead, COMMUNITY, households=60).grids) >= 2


# --- who may not, and what cannot be --------------------------------------------------------------------------


@pytest.mark.sqlite
@pytest.mark.parametrize("role", ["grid_worker", "clerk", "analyst", "system_admin", "department"])
def test_only_who_answers_for_the_community_draws(town: Office, lead: UnitOfWork, role: str) -> None:
    draft, line = halved(lead), "civil" if role == "department" else ""
    uow = town.uow(Actor("wu", role, COMMUNITY, line=line))
    with pytest.raises(Refused):
        commands.change_grids(uow, draft)
    with pytest.raises(Refused):
        preview(uow, draft)


@pytest.mark.sqlite
def test_a_lead_of_one_grid_does_not_change_its_community(town: Office, lead: UnitOfWork) -> None:
    with pytest.raises(Refused):
        commands.change_grids(town.uow(Actor("sun", "lead", GRID)), halved(lead))


@pytest.mark.sqlite
def test_who_was_slower_hears_of_it(lead: UnitOfWork) -> None:
    seen = {one.area: one.version for one in drawing(lead, COMMUNITY).grids}
    draft = halved(lead)
    commands.change_grids(lead, draft, seen=seen)
    with pytest.raises(Clash):
        commands.change_grids(lead, halved(lead), seen=seen)


@pytest.mark.sqlite
def test_changes_are_taken_back_from_the_last_to_the_first(lead: UnitOfWork) -> None:
    first = commands.change_grids(lead, halved(lead))
    second = commands.change_grids(lead, halved(lead))
    with pytest.raises(Clash):
        commands.undo_change(lead, first)
    commands.undo_change(lead, second)
    with pytest.raises(Clash):
        commands.undo_change(lead, second)
    commands.undo_change(lead, first)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "blow up"},
        {"kind": "split", "grid": GRID, "line": [[116.0, 23.0], [116.1, 23.0]]},
        {"kind": "split", "grid": "440599/001/001/099/", "line": [[116.0, 23.0], [116.1, 23.0]]},
        {"kind": "merge", "grid": GRID, "others": (GRID,)},
        {"kind": "draw", "polygon": [[[23.27, 116.74], [23.28, 116.74], [23.28, 116.75]]]},
        {"kind": "draw", "polygon": [[[116.74, 23.27], [116.75, 23.28], [116.75, 23.27], [116.74, 23.28]]]},
        {"kind": "draw", "polygon": []},
        {"kind": "redraw"},
        {"kind": "redraw", "parts": (Part("440599/001/001/099/", "无", []),)},
    ],
)
def test_what_cannot_be_is_said_and_nothing_happens(
    town: Office, lead: UnitOfWork, wrong: dict[str, Any]
) -> None:
    before = standing(town)
    with pytest.raises(Invalid):
        commands.change_grids(lead, Draft(community=COMMUNITY, **wrong))
    assert standing(town) == before


@pytest.mark.sqlite
def test_a_day_that_cannot_be_is_refused(lead: UnitOfWork) -> None:
    with pytest.raises(Invalid):
        commands.change_grids(lead, halved(lead), on=TODAY + timedelta(days=2))


@pytest.mark.sqlite
def test_a_building_that_is_filed_elsewhere_is_put_right(town: Office, lead: UnitOfWork) -> None:
    with town.writer.begin() as connection:
        number = connection.execute(select(Building.id).where(Building.area == NEXT_GRID).limit(1)).scalar()
        connection.execute(update(Building).where(Building.id == number).values(area=GRID))  # type: ignore[arg-type]
        connection.execute(update(House).where(House.building_id == number).values(area=GRID))  # type: ignore[arg-type]
    assert drawing(lead, COMMUNITY).misfiled == 1
    commands.change_grids(lead, Draft(kind="right", community=COMMUNITY))
    assert drawing(lead, COMMUNITY).misfiled == 0
    with pytest.raises(Invalid):
        commands.change_grids(lead, Draft(kind="right", community=COMMUNITY))


@pytest.mark.sqlite
def test_nothing_is_forgotten_when_a_table_is_added() -> None:
    """Whoever adds a kind of record that hangs on houses or people gets it moved without doing anything."""
    from core.gridding.queries.hanging import anchors_of, movable

    known = {kind.__name__: anchors_of(kind) for kind in movable()}
    assert known["Residence"][0] == ("house_id", "House")
    assert known["Staff"][0] == ("organisation_id", "Organisation")
    assert Area.__name__ not in known and GridChange.__name__ not in known
    assert Residence.__name__ in known


@pytest.mark.sqlite
def test_past_events_weigh_once_a_domain_counts_them(
    lead: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loads, "MEASURES", dict(loads.MEASURES))
    before = {one.area: one.load.weight for one in drawing(lead, COMMUNITY).grids}
    loads.count_events(lambda uow, community: dict.fromkeys(records.buildings_of(uow, community).ids, 2))
    for one in drawing(lead, COMMUNITY).grids:
        assert one.load.counts["events"] > 0
        assert one.load.weight == pytest.approx(before[one.area] + one.load.counts["events"])


@pytest.mark.sqlite
def test_numbers_of_grids_are_spoken(lead: UnitOfWork) -> None:
    assert {spoken(n) for n in (2, 10, 12, 21, 100)} == {"二", "十", "十二", "二十一", "100"}
