"""What follows from the values of an entry."""

from core.entries import rules


def test_a_position_may_carry_its_accuracy() -> None:
    assert rules.where("116.7,23.3±12") == {"lon": 116.7, "lat": 23.3}
    assert rules.where("") == {"lon": None, "lat": None}
