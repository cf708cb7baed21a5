"""Keywords on the map: what is found, where it stands, and whose place is not told."""

from sqlmodel import select

from core.browsing.queries import categories, find
from core.components.models import Component
from core.components.rules import is_sensitive
from core.kernel.access import Actor
from core.kernel.database import Office
from core.people.models import Person, Residence
from core.places.models import Building, House
from tests.conftest import COMMUNITY, GRID, NEXT_GRID


def test_somebody_is_found_at_the_building_of_the_home(town: Office) -> None:
    with town.reader.connect() as connection:
        lives = (
            select(Person.name, Building.lon, Building.lat)
            .join(Residence, Residence.person_id == Person.id)
            .join(House, House.id == Residence.house_id)
            .join(Building, Building.id == House.building_id)
            .where(Person.area == GRID, Person.state == "here", Residence.to_on.is_(None))
        )
        name, lon, lat = connection.execute(lives.limit(1)).one()
    found = find(town.uow(Actor("wang", "grid_worker", GRID)), name)
    assert (lon, lat) in {(one.spot.lon, one.spot.lat) for one in found if one.hit.kind == "person"}
    next_door = town.uow(Actor("zhou", "grid_worker", NEXT_GRID))
    assert not [one for one in find(next_door, name) if one.hit.area.startswith(GRID)]


def test_houses_organisations_and_areas_have_their_place(town: Office) -> None:
    uow = town.uow(Actor("chen", "lead", "440599/"))
    kinds = {one.hit.kind for words in ("网格", "店", "路") for one in find(uow, words, 40) if one.spot.lon}
    assert {"area", "house", "organisation"} <= kinds or {"area", "building", "organisation"} <= kinds
    assert any(one.spot.polygon for one in find(uow, "网格", 40))


def test_the_place_of_a_sensitive_component_is_not_told(town: Office) -> None:
    from core.browsing.queries.of_words import BY_KIND
    from core.kernel.unit_of_work import query

    where = query("map.view")(lambda uow, ids: BY_KIND["component"](uow, ids))
    with town.reader.connect() as connection:
        rows = connection.execute(select(Component.id, Component.class_code)).all()
    secret = [number for number, code in rows if is_sensitive(code)]
    assert secret
    assert where(town.uow(Actor("chen", "lead", "440599/")), secret)
    assert not where(town.uow(Actor("li", "clerk", "440599/")), secret)


def test_a_position_is_found_as_it_is_typed(town: Office) -> None:
    uow = town.uow(Actor("wu", "analyst", "440599/"))
    for typed in ("116.72,23.28", "116.72，23.28", " 116.72 , 23.28 "):
        [one] = find(uow, typed)
        assert (one.spot.lon, one.spot.lat, one.hit.kind) == (116.72, 23.28, "place")
    assert find(uow, "23.28,116.72") == []


def test_who_may_not_search_finds_layers_and_nothing_else(town: Office) -> None:
    wu = town.uow(Actor("wu", "analyst", "440599/"))
    assert find(wu, "海") == []
    assert "houses" in {one.layer for one in categories(wu, "房屋")}
    assert not {one.layer for one in categories(wu, "部件")}


def test_a_kind_of_thing_is_a_category(town: Office) -> None:
    li = town.uow(Actor("li", "clerk", COMMUNITY))
    vacant = [one for one in categories(li, "空置") if one.kinds == ("vacant",)]
    assert {one.layer for one in vacant} >= {"houses"}
    assert all(one.colour.startswith("#") and one.title for one in vacant)
    assert categories(li, "") == categories(li, "  ") == []
