"""What may be looked at in the care of the office; results are plain values."""

from core.upkeep.queries.of_codes import CodeLine, code_lists, code_rows
from core.upkeep.queries.of_machine import BackupLine, Light, backups, findings, lights
from core.upkeep.queries.of_roles import PermissionLine, permission_lines

__all__ = [
    "BackupLine",
    "CodeLine",
    "Light",
    "PermissionLine",
    "backups",
    "code_lists",
    "code_rows",
    "findings",
    "lights",
    "permission_lines",
]
