"""Data versions move with every change and with nothing else; and the cell of a place always follows it."""

import pytest
from sqlmodel import select

from core.components.commands import add_component, move_component
from core.components.models import Component
from core.geo.mercator import cell_of
from core.kernel import bulk
from core.kernel.access import job
from core.kernel.database import Office
from core.kernel.ids import new_id
from core.kernel.problems import Invalid
from core.kernel.stamps import stamps
from core.kernel.undo import rehearse
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.commands import add_building
from core.places.models import Building
from core.registers.fire import FirePoint
from tests.conftest import COMMUNITY, GRID, UowOf

KINDS = ("Building", "Component", "House")


@query("area.view")
def seen(uow: UnitOfWork) -> dict[str, int]:
    """The stamps of some kinds."""
    return stamps(uow, KINDS)


@query("component.view")
def cells(uow: UnitOfWork) -> list[tuple[float | None, float | None, int | None]]:
    """Where components stand, and their cells."""
    return [(one.lon, one.lat, one.cell) for one in uow.session.exec(select(Component))]


def facts(number: int) -> dict[str, object]:
    """A building."""
    return {"road": "海滨路", "number": f"{number}号", "floors": 3, "units": 1, "lon": 116.74, "lat": 23.27}


def test_a_stamp_moves_with_its_kind_only(uow_of: UowOf) -> None:
    assert seen(uow_of()) == dict.fromkeys(KINDS, 0)
    add_building(uow_of(), GRID, **facts(1))
    first = seen(uow_of())
    assert first["Building"] and not first["Component"] and not first["House"]
    add_building(uow_of(), GRID, **facts(2))
    assert seen(uow_of())["Building"] > first["Building"]


def test_what_is_refused_or_only_tried_moves_nothing(uow_of: UowOf) -> None:
    before = seen(uow_of())
    with pytest.raises(Invalid):
        add_building(uow_of(), GRID, **{**facts(1), "floors": 900})
    assert rehearse(uow_of(), lambda _uow, steps: len(steps), add_building, GRID, **facts(1))
    assert seen(uow_of()) == before


def test_bulk_loading_moves_the_stamp_and_fills_cells(office: Office, uow_of: UowOf) -> None:
    row = {"id": new_id(), "area": GRID, "title": "一号箱", "lon": 116.74, "lat": 23.27}
    bulk.load(
        office.uow(job("test")), [(FirePoint, [row, {**row, "id": new_id(), "lon": None, "lat": None}])]
    )
    with office.reader.connect() as connection:
        found = connection.execute(select(FirePoint.lon, FirePoint.cell).order_by(FirePoint.id)).all()  # type: ignore[arg-type]
    assert [tuple(one) for one in found] == [(116.74, cell_of(116.74, 23.27)), (None, None)]


def test_the_cell_follows_the_place(uow_of: UowOf) -> None:
    number = add_component(uow_of(), "04007", area=GRID, lon=116.74, lat=23.27)
    assert cells(uow_of()) == [(116.74, 23.27, cell_of(116.74, 23.27))]
    move_component(uow_of(), number, 116.7401, 23.2701)
    assert cells(uow_of()) == [(116.7401, 23.2701, cell_of(116.7401, 23.2701))]


def test_rows_inserted_past_the_session_get_their_cell(office: Office) -> None:
    from sqlalchemy import insert

    row = {"id": 7, "version": 1, "area": COMMUNITY, "code": "1", "address": "海滨路1号", "address_key": "k"}
    with office.writer.begin() as connection:
        connection.execute(insert(Building), [{**row, "extra": {}, "lon": 116.74, "lat": 23.27}])
        assert connection.execute(select(Building.cell)).scalar() == cell_of(116.74, 23.27)
