"""What may be looked at among photos and documents; results are plain values."""

from core.attachments.queries.of_attachments import (
    Line,
    Stored,
    attachment,
    gallery,
    is_used,
    may_keep,
    removed,
    unused,
)

__all__ = [
    "Line",
    "Stored",
    "attachment",
    "gallery",
    "is_used",
    "may_keep",
    "removed",
    "unused",
]
