"""Industry grids: which ones are suggested, who may be put in, and what they count."""

import pytest

from core.kernel.access import job
from core.kernel.problems import Invalid, Missing
from core.organisations.commands import assign_grid, close_organisation, move_organisation, unassign_grid
from core.organisations.queries import (
    OrganisationFilter,
    grid_choices,
    grid_numbers,
    organisation,
    organisations,
    suggested_for,
)
from core.places.commands import add_area, close_area
from core.places.queries import area
from tests.conftest import COMMUNITY, GRID, NEXT_GRID, UowOf
from tests.core.organisations.conftest import building, code, rooms, shop

SQUARE = [[[116.7, 23.2], [116.71, 23.2], [116.71, 23.21], [116.7, 23.21]]]


def industry(uow_of: UowOf, name: str, trade: str, ring: object = None) -> str:
    """The path of a new industry grid of the community."""
    key = add_area(uow_of("lead"), COMMUNITY, name=name, kind="industry", trade=trade, polygon=ring)
    return area(uow_of("lead"), key).area


def test_a_shop_joins_the_market_it_stands_in(uow_of: UowOf) -> None:
    market = industry(uow_of, "金湾市场网格", "market", SQUARE)
    school = industry(uow_of, "金湾小学网格", "school")
    uow = uow_of()
    block = building(uow)
    from core.places.commands import edit_building

    edit_building(uow, block, None, lon=116.705, lat=23.205)
    inside = shop(uow, rooms(uow, block)[0], trade="catering")
    fishmonger = shop(uow, area=GRID, trade="fresh")
    assert [(c.area, c.fits) for c in grid_choices(uow, inside)] == [(market, "inside"), (school, "")]
    assert [(c.area, c.fits) for c in grid_choices(uow, fishmonger)] == [(market, "trade"), (school, "")]
    assert [line.id for line in suggested_for(uow, market)] == [inside, fishmonger]
    assign_grid(uow, inside, market)
    assert organisation(uow, inside).grid_name == "金湾市场网格"
    assert organisation(uow, inside).area == GRID
    assert grid_numbers(uow) == {market: 1}
    assert [line.id for line in suggested_for(uow, market)] == [fishmonger]
    assert [line.id for line in organisations(uow, OrganisationFilter(industry_grid=market)).items] == [
        inside
    ]
    unassign_grid(uow, inside)
    assert grid_numbers(uow) == {}


def test_only_a_valid_industry_grid_of_the_community_will_do(uow_of: UowOf) -> None:
    office = uow_of().office
    other = add_area(office.uow(job("test")), "440599/001/", name="碧波社区", code="440599001009")
    away_path = area(office.uow(job("test")), other).area
    away = add_area(
        office.uow(job("test")), away_path, name="碧波医院网格", kind="industry", trade="hospital"
    )
    closed = industry(uow_of, "旧园区网格", "park")
    close_area(uow_of("lead"), area(uow_of("lead"), closed).id)
    lead = uow_of("lead", "440599/001/")
    one = shop(lead, area=GRID, credit_code=code("91"))
    for path in (GRID, closed, area(office.uow(job("test")), away).area):
        with pytest.raises(Invalid) as trouble:
            assign_grid(lead, one, path)
        assert "grid" in trouble.value.fields
    with pytest.raises(Missing):
        assign_grid(lead, one, "440599/001/001/999/")
    worker = uow_of("grid_worker", GRID)
    open_one = industry(uow_of, "新园区网格", "park")
    with pytest.raises(Missing):
        assign_grid(worker, one, open_one)


def test_who_closes_or_leaves_the_community_leaves_the_grid(uow_of: UowOf) -> None:
    park = industry(uow_of, "金湾产业园网格", "park")
    uow = uow_of()
    one, two = shop(uow, area=GRID), shop(uow, area=GRID)
    assign_grid(uow, one, park)
    assign_grid(uow, two, park)
    move_organisation(uow, one, area=NEXT_GRID)
    assert organisation(uow, one).industry_grid == park
    close_organisation(uow, two)
    assert organisation(uow, two).industry_grid == ""
    with pytest.raises(Invalid):
        assign_grid(uow, two, park)
