"""What changes photos and documents."""

from core.attachments.commands.attachments import (
    edit_attachment,
    open_sensitive,
    purge,
    put_back,
    record_attachment,
    remove_attachment,
)

__all__ = [
    "edit_attachment",
    "open_sensitive",
    "purge",
    "put_back",
    "record_attachment",
    "remove_attachment",
]
