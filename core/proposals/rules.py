"""Who keeps a field, and what becomes of a proposal: pure functions."""

from collections.abc import Collection, Iterable

from core.kernel import lines
from core.kernel.access import COMMUNITY, Actor
from core.kernel.fields import Declared
from core.proposals.kinds import Kind

HERE = "community"
"""How the community is written among the keepers of a proposal."""


def written(sides: Iterable[str]) -> str:
    """Sides as a proposal keeps them: "/community/civil/"."""
    return f"/{'/'.join(sorted(side or HERE for side in sides))}/"


def sides_of(keepers: str) -> frozenset[str]:
    """The sides again."""
    return frozenset(COMMUNITY if side == HERE else side for side in keepers.strip("/").split("/"))


def at_once(actor: Actor, kind: Kind, known: Declared) -> bool:
    """Whether an actor changes a field without asking: by the role, and by who keeps it."""
    needs = "record.line" if actor.side else kind.edit
    return actor.may(needs) and lines.may_change(actor, kind.of, known.name, known)


def keepers(kind: Kind, known: Declared) -> str:
    """The sides that decide about a field, as a proposal keeps them."""
    return written(lines.keepers(kind.of, known.name, known))


def outcome(all_fields: Collection[str], accepted: Collection[str]) -> str:
    """The state of a decided proposal."""
    if not accepted:
        return "refused"
    return "accepted" if set(accepted) >= set(all_fields) else "partly"
