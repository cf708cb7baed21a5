"""What may be looked at in the care of the office; results are plain values."""

from core.upkeep.queries.of_codes import CodeLine, code_lists, code_rows

__all__ = ["CodeLine", "code_lists", "code_rows"]
