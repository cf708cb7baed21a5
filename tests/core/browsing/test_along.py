"""A view that is taken along: one file, for a purpose, in which nothing is asked for and nothing is withheld that shows."""

import re

import pytest

from core.browsing.commands import take_along
from core.browsing.queries.of_along import laid_out
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Invalid, Missing, Refused
from core.places.commands import edit_building
from tests.conftest import COMMUNITY, GRID
from tests.core.browsing.test_inside import buildings, lead, middle
from tests.core.conftest import log


def view(office: Office, layers: str = "grids,buildings,houses,components") -> str:
    """The address of a view of the whole town."""
    lon, lat = middle(office)
    return f"?at=16/{lat}/{lon}&on={layers}"


def test_the_file_holds_the_view_and_the_log_tells_of_it(town: Office) -> None:
    data = take_along(lead(town), view(town), "海滨路沿线", "消防排查，交街道").decode()
    for said in ("海滨路沿线", "消防排查，交街道", "网格边界", "楼栋", "L.map(", "leaflet-container"):
        assert said in data
    line = log(town)[-1]
    assert (line.outcome, line.about, line.reason) == ("exported", "map/along", "消防排查，交街道")
    assert line.changes["rows"][1] > len(buildings(town))


def test_nothing_in_the_file_leads_outside(town: Office) -> None:
    """Whatever loads something carries no address; the policy of the file forbids it besides."""
    data = take_along(lead(town), view(town), "图", "消防排查，交街道").decode()
    assert "default-src 'none'" in data
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", data)
    assert not re.search(r"url\((?!#)", data)


def test_words_are_words_and_no_code(town: Office) -> None:
    number = buildings(town, GRID)[0][0]
    edit_building(lead(town), number, seen=None, name="</script><b>")
    data = take_along(lead(town), view(town), "<img src=x>", "消防排查，交街道").decode()
    assert "<img src=x>" not in data
    assert "</script><b>" not in data


def test_a_shape_is_all_that_is_shown(town: Office) -> None:
    lon, lat = middle(town)
    laid = laid_out(lead(town), f"shape=circle:{lon},{lat};40&on=buildings")
    assert laid.outline is not None
    [layer] = laid.layers
    assert 0 < len(layer.things) < len(buildings(town))


def test_houses_that_share_a_building_are_one_thing_with_numbers(town: Office) -> None:
    [layer] = laid_out(lead(town), view(town, "houses")).layers
    assert len(layer.things) == len(buildings(town))
    assert any(re.search(r"自住 \d+", one.kind) for one in layer.things)
    assert set(layer.kinds) == {one.colour for one in layer.things}


def test_somebody_of_one_grid_takes_no_more_along_than_the_grid(town: Office) -> None:
    worker = town.uow(Actor("wang", "grid_worker", GRID))
    [layer] = laid_out(worker, view(town, "buildings")).layers
    assert len(layer.things) == len(buildings(town, GRID))
    with pytest.raises(Refused):
        take_along(worker, view(town), "图", "消防排查，交街道")


@pytest.mark.parametrize(
    ("address", "purpose", "problem"),
    [
        ("at=16/23.27/116.74", "", Invalid),
        ("", "消防排查", Invalid),
        ("at=here", "消防排查", Invalid),
        ("at=3/23.27/116.74", "消防排查", Invalid),
        ("at=-9e9/23.27/116.74", "消防排查", Invalid),
        ("at=16/60/116.74", "消防排查", Invalid),
        ("shape=star", "消防排查", Invalid),
        ("shape=grid:440599/009/", "消防排查", Missing),
    ],
)
def test_what_cannot_be_taken_along_says_why(
    town: Office, address: str, purpose: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        take_along(town.uow(Actor("li", "clerk", COMMUNITY)), address, "图", purpose)


def test_too_much_for_a_file_is_said(town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.browsing.queries.of_along.MOST", 3)
    with pytest.raises(Invalid, match="楼栋"):
        take_along(lead(town), view(town, "buildings"), "图", "消防排查，交街道")


def test_no_layer_shows_a_person(town: Office) -> None:
    """Whatever is on the map: no name of anybody who lives there stands in what is laid out."""
    from sqlmodel import select

    from core.kernel.unit_of_work import query
    from core.layers import layers_of
    from core.people.models import Person

    uow = lead(town)
    every = query("map.view")(lambda uow: ",".join(layers_of(uow)))(uow)
    titles = {thing.title for layer in laid_out(uow, view(town, every)).layers for thing in layer.things}
    with town.reader.connect() as connection:
        names = set(connection.execute(select(Person.name).where(Person.state == "here")).scalars())
    assert names
    assert not names & titles
