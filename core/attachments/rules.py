"""What must be true of photos and documents."""

from datetime import timedelta
from pathlib import PurePath

from core.kernel.identifiers import clean_text
from core.kernel.kinds import KINDS

UNDO = timedelta(days=30)
"""For how long a removed photo can be put back."""
IDENTITY = "identity"
MOST = 200
"""Photos and documents of one record."""


def is_sensitive(about_kind: str, kind: str, chosen: bool) -> bool:
    """Whether it is opened only for a reason: identity documents, everything about a person, and what somebody says."""
    return chosen or kind == IDENTITY or (about_kind in KINDS and KINDS[about_kind].is_sensitive)


def file_name(name: str) -> str:
    """The name of a file without its folder, its ending and what cannot be seen; never used as a path."""
    stem = PurePath(name.replace("\\", "/").rpartition("/")[2]).stem
    shown = "".join(letter for letter in stem if letter.isprintable() and letter not in '<>:"|?*')
    return clean_text(shown[:80], longest=120)
