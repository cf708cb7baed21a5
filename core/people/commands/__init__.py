"""Everything that may be changed among the people."""

from core.people.commands.counting import count_checks, keep_counts
from core.people.commands.households import (
    change_head,
    edit_household,
    enter_household,
    join_household,
    leave_household,
    move_household,
)
from core.people.commands.life import move_in, move_out, register_birth, register_death
from core.people.commands.merging import merge_people
from core.people.commands.people import add_person, edit_person, reveal, verify_person
from core.people.commands.residences import (
    confirm_residence,
    correct_residence,
    end_residence,
    file_stay,
    split_residence,
    start_residence,
    withdraw_residence,
)
from core.people.commands.splitting import merge_households, split_household, undo
from core.people.commands.ties import declare_tag, relate, unrelate, withdraw_tag
from core.people.commands.twins import decide_pair, find_duplicates, keep_pairs, pair_by_hand

__all__ = [
    "add_person",
    "change_head",
    "confirm_residence",
    "correct_residence",
    "count_checks",
    "decide_pair",
    "declare_tag",
    "edit_household",
    "edit_person",
    "end_residence",
    "enter_household",
    "file_stay",
    "find_duplicates",
    "join_household",
    "keep_counts",
    "keep_pairs",
    "leave_household",
    "merge_households",
    "merge_people",
    "move_household",
    "move_in",
    "move_out",
    "pair_by_hand",
    "register_birth",
    "register_death",
    "relate",
    "reveal",
    "split_household",
    "split_residence",
    "start_residence",
    "undo",
    "unrelate",
    "verify_person",
    "withdraw_residence",
    "withdraw_tag",
]
