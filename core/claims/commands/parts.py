"""One accepted statement on its way into the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.claims.models import Claim, ClaimItem
from core.claims.queries import records
from core.claims.rules import SPOTS
from core.kernel.i18n import _
from core.places.models import House


@dataclass
class Part:
    """What is accepted of one statement: values by their fields, and what the decider adds: `person_id` of somebody who
    is registered already, `head_id` of who becomes the head, `household_id` of the household that is joined (0: one of
    their own), `kind` of an organisation without a code."""

    claim: Claim
    house: House
    items: Sequence[ClaimItem]
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kind = self.items[0].kind
        self.values = {item.field: records.value_of(item) for item in self.items}

    def of(self, model: type[Any]) -> dict[str, Any]:
        """The values that belong to a kind of record, by its columns."""
        spots = SPOTS[self.kind]
        return {spots[n].column: value for n, value in self.values.items() if spots[n].model is model}

    def chosen(self, name: str) -> int | None:
        """A number that the decider adds."""
        return int(self.more[name]) if self.more.get(name) else None


def reason_of(claim: Claim) -> str:
    """What stands at every change: the way back to the self-report."""
    return _("Self-report {number}").format(number=claim.id)


def point(part: Part, **to: int) -> None:
    """From the statement to the record it became: what is held about somebody knows who said so."""
    for item in part.items:
        for name, number in to.items():
            setattr(item, name, number)
