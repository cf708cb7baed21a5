"""What may change about shifts: workers begin and end their own and tell where they are; the night forgets."""

from core.staff.commands.forgetting import forget_positions, forget_shift
from core.staff.commands.shifts import Taken, end_shift, start_shift, take_positions

__all__ = ["Taken", "end_shift", "forget_positions", "forget_shift", "start_shift", "take_positions"]
