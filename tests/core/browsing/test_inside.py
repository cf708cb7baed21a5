"""What stands inside a shape: the same as going through everything, nothing of the next grid, nothing that is withheld."""

from collections import Counter

import pytest
from sqlmodel import select

from core.browsing.commands import export_inside
from core.browsing.queries import inside, near_layers, nearest, things_inside
from core.components.models import Component
from core.components.rules import is_sensitive
from core.geo.shapes import distance_m
from core.kernel import sheets
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.extensions import Choice
from core.kernel.problems import Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.places.models import Building, House
from core.places.rules import span
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.conftest import log

DISTRICT = "440599/"


def buildings(office: Office, area: str = DISTRICT) -> list[tuple[int, float, float]]:
    """Number and position of the buildings of an area, read past the unit of work."""
    low, high = span(area)
    with office.reader.connect() as connection:
        asked = select(Building.id, Building.lon, Building.lat).where(
            Building.area >= low, Building.area < high
        )
        return [tuple(row) for row in connection.execute(asked)]  # type: ignore[misc]


def middle(office: Office) -> tuple[float, float]:
    """The middle of all buildings."""
    found = buildings(office)
    return tuple(round(sum(one[n] for one in found) / len(found), 6) for n in (1, 2))  # type: ignore[return-value]


def lead(office: Office, area: str = DISTRICT) -> UnitOfWork:
    """Somebody who sees everything of an area."""
    return office.uow(Actor("chen", "lead", area, account_id=1))


def count(uow: UnitOfWork, shape: str, layer: str) -> int:
    """How much of a layer is inside."""
    return next((one.total for one in inside(uow, shape).layers if one.name == layer), 0)


def listed(uow: UnitOfWork, shape: str, layer: str, limit: int = 7) -> list[int]:
    """The numbers of everything of a layer inside, page by page."""
    found: list[int] = []
    token: str | None = None
    while True:
        page = things_inside(uow, shape, layer, after=token, limit=limit)
        found += [one.id for one in page.items]
        token = page.after
        if not token:
            return found


@pytest.mark.parametrize("metres", [40, 90, 150, 400])
def test_a_circle_holds_what_is_nearer_than_its_radius(town: Office, metres: int) -> None:
    here, uow = middle(town), lead(town)
    near = {number for number, *place in buildings(town) if distance_m(here, place) <= metres}
    shape = f"circle:{here[0]},{here[1]};{metres}"
    assert len(near) == count(uow, shape, "buildings")
    found = listed(uow, shape, "buildings")
    assert set(found) == near
    assert len(found) == len(near)


def test_a_wide_shape_counts_as_a_narrow_one(town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From memory and from the database the numbers are the same, also of layers that are dear to draw."""
    lon, lat = middle(town)
    shape, uow = f"line:{lon - 0.001},{lat};{lon + 0.001},{lat + 0.0004};60", lead(town)
    asked = inside(uow, shape)
    monkeypatch.setattr("core.browsing.queries.tallying.NARROW_M2", 0)
    assert inside(uow, shape) == asked
    assert {"buildings", "houses", "components", "grids", "people"} <= {one.name for one in asked.layers}


@pytest.mark.parametrize("metres", [40, 150, 400])
def test_the_kinds_inside_are_those_of_the_houses_there(town: Office, metres: int) -> None:
    """Also at the edge, where places are counted once for all that share them."""
    here, uow = middle(town), lead(town)
    with town.reader.connect() as connection:
        asked = select(House.state, Building.lon, Building.lat).join(Building)
        rows = connection.execute(asked).all()
    near = Counter(state for state, *place in rows if distance_m(here, place) <= metres)
    found = inside(uow, f"circle:{here[0]},{here[1]};{metres}").layers
    told = {one.name: {kind.key: kind.count for kind in one.kinds} for one in found}
    assert told.get("houses", {}) == near
    vacant = {state: many for state, many in near.items() if state in ("vacant", "rented")}
    assert told.get("vacant", {}) == vacant


def test_counts_follow_a_change_at_once(town: Office) -> None:
    from core.places.commands import edit_house

    lon, lat = middle(town)
    shape, uow = f"circle:{lon},{lat};900", lead(town)

    def vacant() -> int:
        houses = next(one for one in inside(uow, shape).layers if one.name == "houses")
        return next((kind.count for kind in houses.kinds if kind.key == "vacant"), 0)

    before = vacant()
    owned = things_inside(uow, shape, "houses", Choice(kinds=("owned",)), limit=1).items[0]
    edit_house(uow, owned.id, seen=None, state="vacant")
    assert vacant() == before + 1


def test_an_area_of_the_tree_holds_what_its_records_say(town: Office) -> None:
    uow, shape = lead(town), f"grid:{GRID}"
    with town.reader.connect() as connection:
        houses = connection.execute(select(House.id).where(House.area == GRID)).scalars().all()
    assert count(uow, shape, "houses") == len(houses)
    assert sorted(listed(uow, shape, "houses", 40)) == sorted(houses)


def test_somebody_of_one_grid_finds_nothing_of_the_next(town: Office) -> None:
    lon, lat = middle(town)
    shape = f"circle:{lon},{lat};5000"
    worker = town.uow(Actor("wang", "grid_worker", GRID))
    own = {number for number, *_place in buildings(town, GRID)}
    assert set(listed(worker, shape, "buildings", 200)) == own
    assert count(worker, shape, "buildings") == len(own) < len(buildings(town))
    people = things_inside(worker, shape, "people", limit=500).items
    assert people
    assert {one.area for one in people} == {GRID}
    assert {(one.lon, one.lat) for one in people} == {(None, None)}
    assert all(one.href == f"person?id={one.id}" for one in people)
    with pytest.raises(Missing):
        inside(worker, f"grid:{NEXT_GRID}")
    with pytest.raises(Missing):
        inside(worker, f"grid:{COMMUNITY}")


@pytest.mark.parametrize("layer", ["elderly", "freshness"])
def test_numbers_about_people_lead_to_their_building(town: Office, layer: str) -> None:
    lon, lat = middle(town)
    found = things_inside(lead(town), f"circle:{lon},{lat};5000", layer, limit=500).items
    known = {f"building?id={number}" for number, *_place in buildings(town)}
    assert found and {one.href for one in found} <= known
    assert {(one.lon, one.lat) for one in found} == {(None, None)}


def test_an_analyst_sees_houses_and_no_person(town: Office) -> None:
    lon, lat = middle(town)
    shape, wu = f"circle:{lon},{lat};5000", town.uow(Actor("wu", "analyst", DISTRICT))
    assert count(wu, shape, "houses")
    assert not count(wu, shape, "people")
    with pytest.raises(Missing):
        things_inside(wu, shape, "people")


def test_names_are_masked_for_those_who_see_no_names(town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.kernel.access import roles

    lon, lat = middle(town)
    role = roles()["grid_worker"]
    monkeypatch.setitem(
        roles(), "grid_worker", type(role)(**{**vars(role), "may": role.may - {"person.names"}})
    )
    found = things_inside(
        town.uow(Actor("wang", "grid_worker", GRID)), f"circle:{lon},{lat};5000", "people"
    ).items
    assert found
    assert all("*" in one.title for one in found)


def test_sensitive_components_stay_out_of_the_count_of_those_who_may_not_know(town: Office) -> None:
    lon, lat = middle(town)
    shape = f"circle:{lon},{lat};5000"
    with town.reader.connect() as connection:
        secret = {
            number
            for number, code in connection.execute(select(Component.id, Component.class_code))
            if is_sensitive(code)
        }
    assert secret
    clerk = town.uow(Actor("li", "clerk", DISTRICT))
    assert secret & set(listed(lead(town), shape, "components", 300))
    assert not secret & set(listed(clerk, shape, "components", 300))
    assert count(clerk, shape, "components") < count(lead(town), shape, "components")


@pytest.mark.parametrize("after", ["x", "1", "1~2~3", "-1~5", "9" * 30 + "~1", "1~'; --"])
def test_a_key_that_somebody_changed_starts_anew(town: Office, after: str) -> None:
    lon, lat = middle(town)
    uow, shape = lead(town), f"circle:{lon},{lat};5000"
    assert things_inside(uow, shape, "houses", after=after) == things_inside(uow, shape, "houses")


def test_what_cannot_be_looked_at_says_so(town: Office) -> None:
    uow = lead(town)
    for shape, problem in (
        ("polygon:100,20;130,20;130,50;100,50", Invalid),
        ("road:没有的路;30", Missing),
        ("grid:440599/009/", Missing),
        ("", Invalid),
    ):
        with pytest.raises(problem):
            inside(uow, shape)
    with pytest.raises(Missing):
        things_inside(uow, f"grid:{GRID}", "unheard-of")
    with pytest.raises(Refused):
        inside(town.uow(Actor("shenji", "audit_admin", DISTRICT)), f"grid:{GRID}")


def test_the_nearest_are_the_nearest(town: Office) -> None:
    here, uow = middle(town), lead(town)
    expected = sorted(distance_m(here, place) for _number, *place in buildings(town))[:5]
    found = nearest(uow, *here, ("buildings",), limit=5)
    assert [near.metres for near in found] == pytest.approx(expected, abs=0.2)
    assert all(0 <= near.bearing < 360 for near in found)
    assert len(nearest(uow, *here, limit=999)) == 50
    assert {"buildings", "components"} <= set(near_layers(uow))
    far = nearest(uow, 110.0, 30.0)
    assert far == []


# --- handing on -------------------------------------------------------------------------------------------


def test_a_list_is_handed_on_for_a_purpose_and_the_log_tells_of_it(town: Office) -> None:
    lon, lat = middle(town)
    uow, shape = town.uow(Actor("li", "clerk", COMMUNITY)), f"circle:{lon},{lat};200"
    with pytest.raises(Invalid):
        export_inside(uow, shape, "houses", "")
    data = export_inside(uow, shape, "houses", "消防排查，交街道", sheets.CSV)
    rows = data.decode("utf-8-sig").splitlines()
    assert len(rows) - 1 == count(uow, shape, "houses") > 0
    assert "名称" in rows[0]
    line = log(town)[-1]
    assert (line.outcome, line.about, line.reason) == ("exported", "map/houses", "消防排查，交街道")
    assert line.changes["rows"] == [0, len(rows) - 1]
    assert shape in line.changes["filter"][1]


def test_people_are_handed_on_without_a_position_and_only_by_those_who_may(town: Office) -> None:
    lon, lat = middle(town)
    shape = f"circle:{lon},{lat};5000"
    data = export_inside(town.uow(Actor("li", "clerk", COMMUNITY)), shape, "people", "人口核对", sheets.CSV)
    head, *rows = data.decode("utf-8-sig").splitlines()
    assert "经度" not in head
    with town.reader.connect() as connection:
        living = connection.execute(select(Person.id).where(Person.state == "here")).scalars().all()
    assert 0 < len(rows) <= len(living)
    for role in ("grid_worker", "analyst", "department"):
        with pytest.raises(Refused):
            export_inside(town.uow(Actor("x", role, COMMUNITY)), shape, "houses", "人口核对")


def test_too_many_rows_are_refused(town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.browsing.commands.exporting.MOST_EXPORTED", 1)
    monkeypatch.setattr("core.browsing.commands.exporting.AT_ONCE", 1)
    lon, lat = middle(town)
    with pytest.raises(Invalid):
        export_inside(lead(town), f"circle:{lon},{lat};5000", "houses", "核对房屋")
