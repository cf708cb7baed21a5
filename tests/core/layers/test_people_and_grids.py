"""Layers about people and grids: numbers that plain SQL finds too, and only for those who may know them."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from core.completeness.declaring import limits
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.extensions import Choice
from core.kernel.problems import Missing
from core.mapping import queries
from core.people.queries import PeopleFilter, people
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.tiles import Feature, read, tile_of

LEAD, WORKER = Actor("chen", "lead", COMMUNITY), Actor("wang", "grid_worker", GRID)
AT_BUILDINGS = ("elderly", "freshness", "organisations")


def rows(office: Office, sql: str, **values: Any) -> list[Any]:
    """Past everything that the unit of work does."""
    with office.reader.connect() as connection:
        return list(connection.execute(text(sql), values))


def drawn(office: Office, actor: Actor, layer: str, zoom: int = 17) -> dict[str, dict[int, Feature]]:
    """Every feature of a layer around the buildings of the town, by part and number."""
    places = {
        (row.lon, row.lat) for row in rows(office, "SELECT lon, lat FROM building WHERE cell IS NOT NULL")
    }
    tiles = {tile_of(lon, lat, zoom) for lon, lat in places}
    found: dict[str, dict[int, Feature]] = {}
    for tile in tiles:
        for part, features in read(queries.tile(office.uow(actor), layer, *tile).data).items():
            found.setdefault(part, {}).update({one.id: one for one in features})
    return found


def total(office: Office, actor: Actor, layer: str, choice: Choice | None = None) -> Counter[str]:
    """The numbers of a layer in all grids together."""
    found = queries.numbers(office.uow(actor), layer, "grid", choice or Choice())
    return sum((Counter(one.kinds) for one in found), Counter[str]())


# --- elders living alone ------------------------------------------------------------------------------------


def test_elders_are_numbers_at_buildings_and_no_more(town: Office) -> None:
    alone = people(town.uow(LEAD), PeopleFilter(tag="独居老人"), limit=2000).items
    points = drawn(town, LEAD, "elderly")["points"]
    assert sum(one.properties["n"] for one in points.values()) == len(alone) > 0
    assert total(town, LEAD, "elderly") == {"alone": len(alone)}
    buildings = {row.id for row in rows(town, "SELECT id FROM building")}
    assert set(points) <= buildings and not set(points) & {one.id for one in alone}
    told = {name for one in points.values() for name in one.properties}
    assert told <= {"n", "n:alone", "kind", "mvt_id"}, "nothing but how many"


@pytest.mark.parametrize("role", ["analyst", "system_admin", "audit_admin"])
def test_who_may_not_see_service_tags_does_not_see_the_layer(town: Office, role: str) -> None:
    uow = town.uow(Actor("wu", role, COMMUNITY))
    if uow.actor.may("map.view"):
        assert not {"elderly", "freshness"} & {one.name for one in queries.catalogue(uow)}
        with pytest.raises(Missing):
            queries.tile(uow, "elderly", 17, 0, 0)


def test_a_line_that_does_not_serve_old_people_sees_none(town: Office) -> None:
    civil, labour = (Actor("zhao", "department", COMMUNITY, line=line) for line in ("civil", "labour"))
    assert total(town, civil, "elderly") == total(town, LEAD, "elderly")
    assert total(town, labour, "elderly") == {}
    assert not drawn(town, labour, "elderly").get("points")


# --- households by freshness --------------------------------------------------------------------------------


def test_a_household_is_as_fresh_as_its_longest_unseen_member(town: Office) -> None:
    days = limits(town.settings).resident_days
    told = rows(
        town,
        "SELECT household_id, count(*) AS every, count(verified_at) AS seen, min(verified_at) AS oldest FROM person "
        "WHERE state = 'here' AND household_id IS NOT NULL GROUP BY household_id",
    )
    expected: Counter[str] = Counter()
    for row in told:
        if row.seen < row.every:
            expected["never"] += 1
            continue
        age = (date.today() - date.fromisoformat(str(row.oldest)[:10])).days
        expected["fresh" if age < days // 2 else "due" if age < days else "stale"] += 1
    found = total(town, LEAD, "freshness")
    assert found.total() == expected.total() == len(told)
    assert all(abs(found[kind] - expected[kind]) <= 5 for kind in expected), "a day starts at another hour"
    near = drawn(town, LEAD, "freshness")["points"]
    assert sum(one.properties["n"] for one in near.values()) == len(told)


# --- organisations ------------------------------------------------------------------------------------------


def test_organisations_stand_at_their_buildings_by_kind(town: Office) -> None:
    told = rows(town, "SELECT kind, count(*) AS n FROM organisation WHERE state = 'open' GROUP BY kind")
    assert total(town, LEAD, "organisations") == {row.kind: row.n for row in told}
    near = drawn(town, LEAD, "organisations")["points"]
    assert sum(one.properties["n"] for one in near.values()) == sum(row.n for row in told)
    analyst = queries.catalogue(town.uow(Actor("wu", "analyst", COMMUNITY)))
    assert {one.name: one.shows_things for one in analyst}["organisations"] is False


# --- coverage and load --------------------------------------------------------------------------------------


def test_coverage_colours_each_grid_by_the_houses_somebody_saw(town: Office) -> None:
    since = limits(town.settings).house_days
    told = rows(town, "SELECT area, verified_at FROM house")
    seen = {
        grid: [
            row.verified_at and (date.today() - date.fromisoformat(str(row.verified_at)[:10])).days < since
            for row in told
            if row.area == grid
        ]
        for grid in (GRID, NEXT_GRID)
    }
    shapes = drawn(town, LEAD, "coverage")["shapes"].values()
    shares = {one.properties["name"]: int(one.properties["kind"]) for one in shapes}
    assert len(shares) == 2
    for answers in seen.values():
        share = 100 * sum(map(bool, answers)) // len(answers)
        name, kind = next((n, k) for n, k in shares.items() if n.endswith(f" {share}%"))
        assert kind <= share < kind + (20 if kind < 80 else 21), name
    assert total(town, LEAD, "coverage").total() == 2


def test_load_is_measured_against_the_average_in_sight(town: Office) -> None:
    chosen = town.settings
    for grid in (GRID, NEXT_GRID):
        assert rows(town, "SELECT 1 FROM house WHERE area = :grid", grid=grid)
    shapes = drawn(town, LEAD, "load")["shapes"].values()
    loads = sorted(int(one.properties["name"].rsplit(" ", 1)[1]) for one in shapes)
    parts = [
        int(rows(town, sql)[0][0])
        for sql in (
            "SELECT count(*) FROM household WHERE closed_on IS NULL",
            "SELECT sum(residents) FROM house",
            "SELECT count(*) FROM organisation WHERE state = 'open'",
        )
    ]
    weights = (chosen.weight_household, chosen.weight_person, chosen.weight_organisation)
    assert sum(loads) == pytest.approx(sum(p * w for p, w in zip(parts, weights, strict=True)), abs=2)
    (alone,) = drawn(town, WORKER, "load")["shapes"].values()
    assert alone.properties["kind"] == "90", "one grid is its own average"


# --- what holds for all -------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", [*AT_BUILDINGS, "coverage", "load"])
def test_a_worker_sees_only_the_own_grid_and_a_card_of_it(town: Office, layer: str) -> None:
    part = "points" if layer in AT_BUILDINGS else "shapes"
    areas = {
        row.id: row.area
        for row in rows(town, "SELECT id, area FROM building UNION SELECT id, area FROM area")
    }
    mine = drawn(town, WORKER, layer).get(part, {})
    assert {areas[number] for number in mine} <= {GRID}
    assert {one.area for one in queries.numbers(town.uow(WORKER), layer, "grid")} <= {GRID}
    card = queries.layer_opened(town.uow(WORKER), layer).card
    elsewhere = next(number for number, area in areas.items() if area == NEXT_GRID)
    assert card is not None and mine
    _read_card(town, card, next(iter(mine)))
    with pytest.raises(Missing):
        _read_card(town, card, elsewhere)


def _read_card(town: Office, card: Any, number: int) -> None:
    uow = town.uow(WORKER)
    with uow.reading("map.view"):
        assert card(uow, number).facts


@pytest.mark.parametrize("layer", [*AT_BUILDINGS, "coverage", "load"])
def test_every_kind_on_the_map_stands_in_the_legend(town: Office, layer: str) -> None:
    legend = {one.name: one.legend for one in queries.catalogue(town.uow(LEAD))}[layer]
    assert set(total(town, LEAD, layer)) <= {kind.key for kind in legend}
    kinds = tuple(total(town, LEAD, layer))[:1]
    assert total(town, LEAD, layer, Choice(kinds=kinds)) == {kinds[0]: total(town, LEAD, layer)[kinds[0]]}
