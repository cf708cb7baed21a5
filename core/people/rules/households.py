"""What makes a household: one head, at most one spouse of the head, ages that can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.kernel.codes import codes
from core.kernel.i18n import _
from core.people.rules.ages import age_on
from core.people.rules.relations import CHILD, HEAD, PARENT, SPOUSE

APART = 15
"""Years between parent and child below which somebody should look again."""


@dataclass(frozen=True)
class Member:
    """Somebody of a household as the rules see them; `relation` to the head in GB/T 4761."""

    relation: str
    birth: date | None = None
    name: str = ""
    lives_there: bool = True


def household_problems(members: Sequence[Member], kind: str = "family") -> dict[str, str]:
    """Field such as "0.relation" (or "members") -> sentence for what cannot be; empty when all is well."""
    found = _bad_relations(members, kind)
    heads = [n for n, member in enumerate(members) if member.relation == HEAD]
    if not heads and kind == "family":
        found["members"] = _("A household needs a head: choose one person as head.")
    found |= {f"{n}.relation": _("A household has only one head.") for n in heads[1:]}
    spouses = [n for n, member in enumerate(members) if member.relation in SPOUSE]
    found |= {f"{n}.relation": _("The head has only one spouse.") for n in spouses[1:]}
    if heads and not members[heads[0]].lives_there:
        found[f"{heads[0]}.relation"] = _("The head must live in the house of the household.")
    return found


def _bad_relations(members: Sequence[Member], kind: str) -> dict[str, str]:
    known = codes("gbt4761_family_relation")
    said = _("Say how this person is related to the head.")
    empty_is_fine = kind != "family"
    return {
        f"{n}.relation": said
        for n, member in enumerate(members)
        if member.relation not in known or member.relation == "01"
        if member.relation or not empty_is_fine
    }


def household_warnings(members: Sequence[Member]) -> list[str]:
    """Sentences about ages that are unusual, never a reason to refuse."""
    head = next((member for member in members if member.relation == HEAD and member.birth), None)
    if head is None or head.birth is None:
        return []
    said = _("{name} and the head are less than {years} years apart; please check the birth dates.")
    return [
        said.format(name=member.name, years=APART)
        for member in members
        if member.birth and not _fits(member.relation, _years_between(head.birth, member.birth))
    ]


def _years_between(head: date, other: date) -> int:
    """Full years the other is younger than the head; negative when older."""
    return age_on(head, other) if head <= other else -age_on(other, head)


def _fits(relation: str, younger: int) -> bool:
    if relation in CHILD and relation not in ("27", "37"):
        return younger >= APART
    return younger <= -APART if relation in PARENT and relation not in ("57", "58") else True


def left_behind(members: Sequence[Member], leaving: Member, today: date) -> str:
    """What to think of when somebody leaves: the members that stay are `members`; "" when nothing."""
    if not members:
        return ""
    grown = [m for m in members if m.birth is None or age_on(m.birth, today) >= 18]
    if not grown:
        return _("Only minors stay behind in this household; who looks after them?")
    if leaving.relation == HEAD:
        return _("The household stays without a head; choose another one.")
    if len(members) == 1 and members[0].birth and age_on(members[0].birth, today) >= 60:
        return _("{name} stays behind alone.").format(name=members[0].name)
    return ""
