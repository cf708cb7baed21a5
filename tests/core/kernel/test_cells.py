"""Cells of a sheet as people write them."""

from datetime import date, datetime

import pytest

from core.kernel import cells
from core.kernel.fields import declared
from core.registers.dog import Dog
from core.registers.fire import FirePoint
from core.registers.rental import Rental
from core.registers.vacant import VacantHome

DOG, FIRE, RENTAL, VACANT = (declared(kind) for kind in (Dog, FirePoint, Rental, VacantHome))


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01-31",
        "2026/1/31",
        "2026.1.31",
        "2026年1月31日",
        "20260131",
        46053,
        "46053",
        date(2026, 1, 31),
        datetime(2026, 1, 31),
    ],
)
def test_a_day_in_every_way(cell: object) -> None:
    assert cells.value(DOG["vaccinated_on"], cell) == date(2026, 1, 31)


@pytest.mark.parametrize("cell", ["2026-02-30", "昨天", "3", "99999999"])
def test_what_is_no_day_says_so(cell: object) -> None:
    with pytest.raises(ValueError, match=str(cell)):
        cells.value(DOG["vaccinated_on"], cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", True), ("√", True), ("Yes", True), (1, True), ("否", False), ("无", False), (0, False)],
)
def test_yes_and_no(cell: object, value: bool) -> None:
    assert cells.value(VACANT["is_gas_off"], cell) is value


@pytest.mark.parametrize("cell", ["消火栓", "hydrant", "Hydrant", "HYDRANT"])
def test_a_choice_by_name_or_code(cell: str) -> None:
    assert cells.value(FIRE["kind"], cell) == "hydrant"


def test_an_unknown_choice_names_the_others() -> None:
    with pytest.raises(ValueError, match="灭火器"):
        cells.value(FIRE["kind"], "水枪")


@pytest.mark.parametrize(("cell", "value"), [("1,200", 1200), (3.0, 3), ("7", 7)])
def test_numbers(cell: object, value: int) -> None:
    assert cells.value(RENTAL["tenants"], cell) == value


@pytest.mark.parametrize("cell", ["三个", "1.5", "nan"])
def test_what_is_no_number_says_so(cell: object) -> None:
    with pytest.raises(ValueError):
        cells.value(RENTAL["tenants"], cell)


@pytest.mark.parametrize("cell", ["", None, "—", "/", "无", "  "])
def test_what_is_empty_says_nothing(cell: object) -> None:
    assert cells.value(DOG["breed"], cell) is None


def test_a_masked_number_says_nothing() -> None:
    assert cells.value(RENTAL["phone"], "199****4321") is None
    assert cells.value(RENTAL["phone"], "19900004321") == "19900004321"
