"""What every layer promises, whoever wrote it; and what registers put on the map."""

import re
from pathlib import Path

import pytest

from core.entries.commands import add_entry, edit_entry
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.extensions import GROUPS, Choice
from core.kernel.hints import rare, unindexed
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork, query
from core.layers import layers_of, shipped
from core.mapping import queries
from core.mapping.cards import card
from core.mapping.queries.narrowing import things
from core.places.models import Building
from core.places.queries import HouseFilter, building, houses
from tests.conftest import COMMUNITY, GRID, UowOf
from tests.tiles import read, tile_of

LEAD = Actor("lin", "lead", COMMUNITY)
PAGES = Path(__file__).parents[3] / "pages"
ALWAYS = {"id", "area", "lon", "lat", "kind"}


@query("map.view")
def kinds_of(uow: UnitOfWork, name: str) -> tuple[set[str], set[str], set[str]]:
    """The labels of a layer's rows, the kinds in them, and those of its legend."""
    layer = layers_of(uow)[name]
    asked = things(uow, layer, Choice())
    found = {row.kind for row in uow.session.execute(asked)}
    return {*asked.selected_columns.keys()}, found, {kind.key for kind in layer.legend(uow)}


@query("map.view")
def names(uow: UnitOfWork) -> list[str]:
    """Every layer of an actor."""
    return list(layers_of(uow))


def test_every_layer_keeps_what_it_promises(town: Office) -> None:
    for name in names(town.uow(LEAD)):
        labels, kinds, legend = kinds_of(town.uow(LEAD), name)
        assert labels >= ALWAYS, f"{name} lacks {ALWAYS - labels}"
        assert kinds <= legend, f"{name} has {kinds - legend} without a legend"
    for line in queries.catalogue(town.uow(LEAD)):
        assert line.group in GROUPS and line.title and line.legend and re.fullmatch(r"[a-z_]+", line.icon)
        assert all(re.fullmatch(r"#[0-9a-f]{6}", kind.colour) and kind.label for kind in line.legend), (
            line.name
        )
        page = line.opens.partition("?")[0]
        assert not page or (PAGES / f"{page}.py").exists(), f"{line.name} opens {page}"
    for name, layer in shipped().items():
        assert layer.shape in ("point", "building", "area"), name
        assert (layer.placed is None) == (layer.shape == "area"), name


def test_what_a_tile_shows_has_a_card(town: Office) -> None:
    with town.reader.connect() as connection:
        lon, lat = connection.exec_driver_sql("SELECT lon, lat FROM building ORDER BY id LIMIT 1").one()
    carded = {name for name, layer in shipped().items() if layer.card} | {"register-fire"}
    for name in carded & {*names(town.uow(LEAD))}:
        parts = read(queries.tile(town.uow(LEAD), name, *tile_of(lon, lat, 16)).data)
        for one in [one for part in ("points", "shapes") for one in parts.get(part, [])][:2]:
            found = card(town.uow(LEAD), name, one.id)
            assert found.title and found.facts and found.links[0].href, name


def test_who_sees_numbers_only_gets_no_card_and_no_thing(town: Office) -> None:
    from core.layers import components

    analyst = Actor("wu", "analyst", COMMUNITY)
    counting = {"components": components.layer}
    assert not counting["components"].counts and "components" not in names(town.uow(analyst))
    with pytest.raises(Missing):
        card(town.uow(analyst), "components", 1)


def test_numbers_alone_at_every_zoom(town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from core import layers
    from core.layers import components

    counted = replace(components.layer, name="components", counts="component.count")
    monkeypatch.setattr(layers, "shipped", lambda: {"components": counted})
    analyst = Actor("wu", "analyst", COMMUNITY)
    (line,) = queries.catalogue(town.uow(analyst))
    assert not line.shows_things and not line.opens
    with town.reader.connect() as connection:
        lon, lat = connection.exec_driver_sql(
            "SELECT lon, lat FROM area WHERE area = '440599/001/001/001/'"
        ).one()
    parts = read(queries.tile(town.uow(analyst), "components", *tile_of(lon, lat, 18)).data)
    assert set(parts) == {"numbers"}
    with pytest.raises(Missing):
        card(town.uow(analyst), "components", 1)


def test_an_entry_without_a_position_stands_at_its_house(town: Office) -> None:
    uow = town.uow(LEAD)
    house = houses(uow, HouseFilter(under=GRID)).items[0]
    around = building(uow, house.building_id)
    number = add_entry(uow, register="fire", title="新箱", house_id=house.id)

    def shown() -> set[int]:
        tile = tile_of(around.lon or 0, around.lat or 0, 18)
        return {one.id for one in read(queries.tile(uow, "register-fire", *tile).data).get("points", [])}

    assert number in shown()
    edit_entry(uow, "fire", number, None, place="116.7000000,23.2000000")
    assert number not in shown()
    edit_entry(uow, "fire", number, None, note="不动")
    assert number not in shown()
    edit_entry(uow, "fire", number, None, place="")
    assert number in shown()


def test_hints_are_for_sqlite_alone(uow_of: UowOf) -> None:
    from sqlalchemy import select
    from sqlalchemy.dialects import postgresql, sqlite
    from sqlmodel import col

    asked = select(Building.id).where(rare(col(Building.cell) >= 1), unindexed(col(Building.use)) == "10")
    told = str(asked.compile(dialect=sqlite.dialect()))
    assert "likelihood(building.cell >= ?, 0.01)" in told and "+building.use = ?" in told
    plain = str(asked.compile(dialect=postgresql.dialect()))
    assert "likelihood" not in plain and "building.use = " in plain
