"""Kinds from codes, trades and their grids, and when the next look is due."""

from datetime import date, timedelta

from core.kernel.codes import codes
from core.organisations.rules import Seen, as_day, fits, kind_of, kind_problem, next_due, trade, trades
from core.organisations.rules.kinds import _prefixes

DAY = date(2026, 5, 1)


def test_every_beginning_of_a_credit_code_has_a_kind() -> None:
    known = {prefix for begins in _prefixes().values() for prefix in begins}
    assert known == set(codes("org_type_uscc"))
    assert set(_prefixes()) == set(codes("organisation_kind"))
    said = {
        "91": "company",
        "92": "trader",
        "12": "institution",
        "51": "association",
        "52": "nonprofit",
        "11": "authority",
    }
    assert {code: kind_of(code) for code in said} == said
    assert kind_of("ZZ") == "other"


def test_a_code_fits_its_own_kind_and_those_that_share_it() -> None:
    for prefix in codes("org_type_uscc"):
        assert kind_problem(kind_of(prefix), prefix) == ""
    assert kind_problem("school", "52440599") == "" and kind_problem("branch", "91440599") == ""
    assert kind_problem("company", "") == ""
    assert kind_problem("company", "51440599") and kind_problem("trader", "91440599")
    assert kind_problem("other", "ZZ") == "" and kind_problem("company", "ZZ")


def test_a_trade_goes_to_a_grid_that_there_is() -> None:
    assert {one.grid for one in trades().values()} - {""} <= set(codes("grid_trade"))
    assert set(codes("grid_trade")) <= {one.grid for one in trades().values()}
    assert all(one.icon and one.tone for one in trades().values())
    assert fits("school", "school") and not fits("catering", "school") and not fits("catering", "")
    assert trade("unheard").code == "other"


def test_the_latest_look_of_each_kind_counts() -> None:
    week = timedelta(days=7)
    old, new = Seen("fire", DAY - 9 * week, DAY - week), Seen("fire", DAY - week, DAY + 40 * week)
    food = Seen("food", DAY - 2 * week, DAY + week)
    assert next_due([]) is None
    assert next_due([old]) == DAY - week
    assert next_due([new, old]) == DAY + 40 * week
    assert next_due([new, food, old]) == DAY + week
    assert next_due([Seen("gas", DAY, None)]) is None


def test_days_from_lists() -> None:
    assert as_day("2026-05-01") == as_day(DAY) == DAY
    assert as_day("gestern") is as_day(None) is as_day("") is None
