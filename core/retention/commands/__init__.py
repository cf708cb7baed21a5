"""What changes periods, holds and lists."""

from core.retention.commands.holds import lift_hold, set_hold
from core.retention.commands.lists import approve, close_list, record_list, reject, settle_item
from core.retention.commands.periods import set_period

__all__ = [
    "approve",
    "close_list",
    "lift_hold",
    "record_list",
    "reject",
    "set_hold",
    "set_period",
    "settle_item",
]
