"""Everything that may be changed among the people."""

from core.people.commands.households import (
    change_head,
    edit_household,
    enter_household,
    join_household,
    leave_household,
    move_household,
)
from core.people.commands.people import add_person, edit_person, reveal, verify_person
from core.people.commands.ties import (
    declare_tag,
    end_residence,
    relate,
    start_residence,
    unrelate,
    withdraw_tag,
)

__all__ = [
    "add_person",
    "change_head",
    "declare_tag",
    "edit_household",
    "edit_person",
    "end_residence",
    "enter_household",
    "join_household",
    "leave_household",
    "move_household",
    "relate",
    "reveal",
    "start_residence",
    "unrelate",
    "verify_person",
    "withdraw_tag",
]
