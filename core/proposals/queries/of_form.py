"""What the form for a change of a shared record shows to somebody: every field they see, and who keeps it."""

from dataclasses import dataclass, replace
from typing import Any

from core.kernel.fields import CUSTOM, Declared
from core.kernel.forms import form_fields
from core.kernel.lines import keepers, side_name
from core.kernel.unit_of_work import UnitOfWork, query
from core.proposals.kinds import called, kind_of
from core.proposals.rules import at_once


@dataclass(frozen=True)
class Sheet:
    """A record as a form: `own` are the fields the actor changes at once, `others` those with a keeper elsewhere."""

    id: int
    version: int
    area: str
    title: str
    own: list[Declared]
    others: list[Declared]
    values: dict[str, Any]


@query("change.propose")
def sheet(uow: UnitOfWork, of: str, record_id: int | str) -> Sheet:
    """The form about a record. Raises Missing, Invalid for a kind that is not shared, Refused when it is not seen."""
    kind = kind_of(of)
    uow.require(kind.view)
    record = uow.get(kind.model, record_id)
    values = uow.values(record)
    fields = [
        known
        for known in form_fields(uow, kind.model, record.area)
        if known.name in kind.fields or known.name.startswith(CUSTOM)
    ]
    own = [replace(known, keeper="") for known in fields if at_once(uow.actor, kind, known)]
    names = {known.name for known in own}
    others = [replace(f, keeper=_keeper(f)) for f in fields if f.name not in names]
    return uow.show(Sheet, record, title=called(kind, values), own=own, others=others, values=values)


def _keeper(known: Declared) -> str:
    return "、".join(side_name(side) for side in sorted(keepers(known.of, known.name, known)))
