"""Keeping sources of pictures: who may not, what is written down, and that the key stays with the server."""

import json

import pytest

from core.basemap import commands
from core.basemap import queries as basemap
from core.basemap.rasters import files, state
from core.basemap.rasters.trouble import Trouble
from core.kernel.database import Office
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from tests.conftest import GRID, UowOf
from tests.core.basemap.test_files import mbtiles
from tests.core.conftest import log, told

SERVICE = {
    "title": "天地图影像",
    "kind": "tianditu",
    "layers": "img+cia",
    "key": "geheim-0123456789",
    "approval": "GS(2024)0001号",
}


@pytest.fixture
def keeper(uow_of: UowOf) -> UnitOfWork:
    """The system administrator of the district."""
    return uow_of("system_admin", "440599/", "xitong")


def test_only_the_system_administrator_keeps_sources(uow_of: UowOf, office: Office) -> None:
    for role in ("clerk", "lead", "grid_worker", "analyst", "security_admin"):
        with pytest.raises(Refused):
            commands.add_source(uow_of(role), **SERVICE)
        with pytest.raises(Refused):
            basemap.sources(uow_of(role))
    assert {line[1] for line in told(office, "map.sources")} == {"refused"}


def test_everybody_with_a_map_is_offered_it_and_nobody_the_key(
    keeper: UnitOfWork, uow_of: UowOf, office: Office
) -> None:
    number = commands.add_source(keeper, **SERVICE)
    plan, base = basemap.bases(uow_of("grid_worker", GRID))
    assert (plan.name, plan.kind) == ("plan", "plan")
    assert (base.title, base.approval) == ("天地图影像", "GS(2024)0001号")
    assert base.attribution == "国家地理信息公共服务平台 天地图"
    assert base.tiles.startswith(f"/tiles/raster/{number}/")
    told_to_somebody = [
        plan,
        base,
        basemap.sources(keeper),
        basemap.source_values(keeper, number),
        basemap.picture_source(uow_of(), number),
    ]
    assert "geheim" not in str(told_to_somebody)
    assert "geheim" not in json.dumps([line.model_dump(mode="json") for line in log(office)])
    with office.reader.connect() as connection:
        kept = connection.exec_driver_sql("SELECT key FROM map_source").scalar_one()
    assert "geheim" not in str(kept)
    assert basemap.picture_source(uow_of(), number).key.open() == "geheim-0123456789"  # type: ignore[union-attr]
    assert ("xitong", "done", f"MapSource/{number}") in told(office, "map.sources")


def test_a_key_that_is_left_empty_stays(keeper: UnitOfWork) -> None:
    number = commands.add_source(keeper, **SERVICE)
    commands.edit_source(keeper, number, 1, title="影像", key=None, approval="")
    found = basemap.picture_source(keeper, number)
    assert found.key and found.key.open() == "geheim-0123456789"
    assert basemap.source_values(keeper, number)["title"] == "影像"
    commands.edit_source(keeper, number, 2, key="neu-9876543210")
    assert basemap.picture_source(keeper, number).key.open() == "neu-9876543210"  # type: ignore[union-attr]
    with pytest.raises(Clash):
        commands.edit_source(keeper, number, 1, title="别的")


def test_a_key_does_not_go_to_another_server(keeper: UnitOfWork) -> None:
    """Whoever keeps sources sees no key: an address of their own would otherwise be told it."""
    own = {
        "title": "影像",
        "kind": "xyz",
        "address": "https://maps.example/{z}/{x}/{y}?tk={key}",
        "key": "geheim-1",
    }
    number = commands.add_source(keeper, **own)
    commands.edit_source(keeper, number, 1, address="https://maps.example/v2/{z}/{x}/{y}?tk={key}")
    for other in ("https://evil.example/{z}/{x}/{y}?tk={key}", "http://maps.example/{z}/{x}/{y}?tk={key}"):
        with pytest.raises(Invalid) as trouble:
            commands.edit_source(keeper, number, 2, address=other)
        assert "key" in trouble.value.fields
    commands.edit_source(keeper, number, 2, address="https://new.example/{z}/{x}/{y}?tk={key}", key="neu-2")
    assert basemap.picture_source(keeper, number).key.open() == "neu-2"  # type: ignore[union-attr]


def test_a_changed_source_has_new_addresses_for_its_tiles(keeper: UnitOfWork) -> None:
    """Browsers keep pictures for a day: another version of the source is another address."""
    number = commands.add_source(keeper, **SERVICE)
    before = basemap.bases(keeper)[1].tiles
    commands.edit_source(keeper, number, 1, layers="vec+cva")
    assert basemap.bases(keeper)[1].tiles != before


def test_our_own_plan_has_an_attribution_and_an_approval_number_too(
    keeper: UnitOfWork, uow_of: UowOf
) -> None:
    own_plan = {
        "title": "示例区电子地图",
        "kind": "plan",
        "attribution": "示例区",
        "approval": "示S(2026)001号",
    }
    number = commands.add_source(keeper, **own_plan)
    (plan,) = basemap.bases(uow_of())
    assert (plan.name, plan.title, plan.approval) == ("plan", "示例区电子地图", "示S(2026)001号")
    with pytest.raises(Clash):
        commands.add_source(keeper, **own_plan)
    with pytest.raises(Missing):
        basemap.picture_source(uow_of(), number)


def test_what_is_not_offered_is_not_there(keeper: UnitOfWork, uow_of: UowOf) -> None:
    number = commands.add_source(keeper, **SERVICE, is_active=False)
    assert [base.name for base in basemap.bases(uow_of())] == ["plan"]
    with pytest.raises(Missing):
        basemap.picture_source(uow_of(), number)
    assert basemap.source_to_try(keeper, number).layers == "img+cia"


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "carrier pigeon"},
        {"max_zoom": 40},
        {"title": ""},
        {"system": "beijing54"},
        {"key": "x" * 300},
    ],
    ids=str,
)
def test_a_source_that_cannot_be_is_not_kept(keeper: UnitOfWork, more: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        commands.add_source(keeper, **{**SERVICE, **more})
    assert basemap.sources(keeper) == []


def test_a_file_is_dropped_offered_used_and_let_go(keeper: UnitOfWork, office: Office) -> None:
    data = office.settings.data
    mbtiles(data)
    (waiting,) = basemap.dropped_files(keeper)
    facts = {"title": waiting.title, "kind": waiting.kind, "file": waiting.file}
    number = commands.add_source(keeper, **facts, max_zoom=waiting.max_zoom)
    assert basemap.dropped_files(keeper) == []
    state.note(data, number, Trouble("gone"))
    (line,) = basemap.sources(keeper)
    assert line.state and "basemap" in line.state.sentence
    commands.remove_source(keeper, number)
    assert basemap.sources(keeper) == []
    assert not state.folder(data, number).exists() and (files.folder(data) / "a.mbtiles").exists()
