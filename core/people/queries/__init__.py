"""Everything one may look at among the people; results are plain values, masked for the person who asked."""

from core.kernel.trail import TrailLine
from core.people.queries.of_checks import CheckLine, Finding, checks, count_rule, findings, findings_of
from core.people.queries.of_deeds import DeedLine, deeds_of
from core.people.queries.of_graph import Edge, Graph, Node, Thing, graph
from core.people.queries.of_homes import (
    HouseholdDetail,
    HouseholdFilter,
    HouseholdLine,
    MemberLine,
    OccupantLine,
    household,
    households,
    occupants,
)
from core.people.queries.of_numbers import FreshLine, Numbers, freshness, numbers
from core.people.queries.of_past import (
    household_history,
    household_then,
    person_freshness,
    person_history,
    person_then,
)
from core.people.queries.of_people import PeopleFilter, PersonLine, find_same, people
from core.people.queries.of_person import PersonDetail, person, residences_of, trail
from core.people.queries.of_stays import (
    Statement,
    StayLine,
    house_timeline,
    person_timeline,
    statements,
    stay,
)
from core.people.queries.of_tags import TagLine, tags_of
from core.people.queries.of_todo import Todo, todo
from core.people.queries.of_twins import (
    FieldPair,
    PairDetail,
    PairFilter,
    PairLine,
    Twin,
    find_pairs,
    pair,
    pair_count,
    pairs_about,
    pairs_of,
)
from core.people.queries.shared import HomeLine

__all__ = [
    "CheckLine",
    "DeedLine",
    "Edge",
    "FieldPair",
    "Finding",
    "FreshLine",
    "Graph",
    "HomeLine",
    "HouseholdDetail",
    "HouseholdFilter",
    "HouseholdLine",
    "MemberLine",
    "Node",
    "Numbers",
    "OccupantLine",
    "PairDetail",
    "PairFilter",
    "PairLine",
    "PeopleFilter",
    "PersonDetail",
    "PersonLine",
    "Statement",
    "StayLine",
    "TagLine",
    "Thing",
    "Todo",
    "TrailLine",
    "Twin",
    "checks",
    "count_rule",
    "deeds_of",
    "find_pairs",
    "find_same",
    "findings",
    "findings_of",
    "freshness",
    "graph",
    "house_timeline",
    "household",
    "household_history",
    "household_then",
    "households",
    "numbers",
    "occupants",
    "pair",
    "pair_count",
    "pairs_about",
    "pairs_of",
    "people",
    "person",
    "person_freshness",
    "person_history",
    "person_then",
    "person_timeline",
    "residences_of",
    "statements",
    "stay",
    "tags_of",
    "todo",
    "trail",
]
