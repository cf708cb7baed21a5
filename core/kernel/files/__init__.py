"""Photos and documents: told by their content, cleaned, stored sealed outside every static path."""

from core.kernel.files.checking import MOST_BYTES, Checked, checked
from core.kernel.files.store import all_paths, drop, put, read

__all__ = ["MOST_BYTES", "Checked", "all_paths", "checked", "drop", "put", "read"]
