"""What must be true of organisations, as pure functions: kinds and codes, trades, periods and inspections."""

from core.organisations.rules.kinds import kind_of, kind_problem, registered_as
from core.organisations.rules.times import GONE, Seen, as_day, move_problem, next_due, period_problems
from core.organisations.rules.trades import Trade, fits, trade, trades

__all__ = [
    "GONE",
    "Seen",
    "Trade",
    "as_day",
    "fits",
    "kind_of",
    "kind_problem",
    "move_problem",
    "next_due",
    "period_problems",
    "registered_as",
    "trade",
    "trades",
]
