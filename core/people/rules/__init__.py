"""What must be true among the facts of people: pure functions, no database."""

from core.people.rules.ages import age_on, born_by, school_start
from core.people.rules.households import Member, household_problems, household_warnings, left_behind
from core.people.rules.numbers import Suggestion, contradictions, derived, suggest
from core.people.rules.relations import CHILD, HEAD, PARENT, SPOUSE, inverse, may_relate, to_new_head
from core.people.rules.residences import (
    TEMPORARY,
    Period,
    Stay,
    clash,
    contradict,
    lives_on,
    overlaps,
    period_problems,
    reconcile,
    stay_problems,
    tenancies,
)

__all__ = [
    "CHILD",
    "HEAD",
    "PARENT",
    "SPOUSE",
    "TEMPORARY",
    "Member",
    "Period",
    "Stay",
    "Suggestion",
    "age_on",
    "born_by",
    "clash",
    "contradict",
    "contradictions",
    "derived",
    "household_problems",
    "household_warnings",
    "inverse",
    "left_behind",
    "lives_on",
    "may_relate",
    "overlaps",
    "period_problems",
    "reconcile",
    "school_start",
    "stay_problems",
    "suggest",
    "tenancies",
    "to_new_head",
]
