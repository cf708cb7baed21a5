"""What changes requests and consents."""

from core.rights.commands.consents import (
    draft_text,
    edit_text,
    publish_text,
    record_consent,
    withdraw_consent,
)
from core.rights.commands.requests import add_request, decide, edit_request, erase_request, export_held

__all__ = [
    "add_request",
    "decide",
    "draft_text",
    "edit_request",
    "edit_text",
    "erase_request",
    "export_held",
    "publish_text",
    "record_consent",
    "withdraw_consent",
]
