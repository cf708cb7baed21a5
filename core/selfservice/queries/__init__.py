"""What may be looked at of codes, visits and one's own data; results are plain values."""

from core.selfservice.queries.of_own import (
    LookLine,
    Mine,
    OwnRequest,
    Part,
    looks,
    mine,
    own_consents,
    own_requests,
    parts_known,
)
from core.selfservice.queries.of_todo import todo
from core.selfservice.queries.of_visits import Guest, guest

__all__ = [
    "Guest",
    "LookLine",
    "Mine",
    "OwnRequest",
    "Part",
    "guest",
    "looks",
    "mine",
    "own_consents",
    "own_requests",
    "parts_known",
    "todo",
]
