"""A list of what is over: one person prepares it, another one approves it, the machine deletes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta

from core.kernel.extensions import Due
from core.kernel.i18n import _
from core.kernel.jobs.commands import start
from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.retention.models import DisposalItem, DisposalList, ItemState, ListState
from core.retention.queries.of_lists import item_records

STALE = timedelta(days=30)


@command("retention.prepare")
def record_list(uow: UnitOfWork, due: Mapping[str, Sequence[Due]]) -> int:
    """Write down what `queries.due_now` found, for a second person; its number. Raises Invalid for an empty list."""
    counts = {kind: len(found) for kind, found in due.items() if found}
    if not counts:
        raise Invalid(_("Nothing is over. There is nothing to delete."))
    made = uow.add(
        DisposalList, area=uow.actor.area, prepared_at=uow.now, prepared_by=uow.actor.login, counts=counts
    )
    rows = [
        DisposalItem(list_id=made.id, kind=kind, **asdict(one))
        for kind, found in due.items()
        for one in found
    ]
    uow.session.add_all(rows)
    uow.session.flush()
    return made.id


@command("retention.approve")
def approve(uow: UnitOfWork, list_id: int) -> int:
    """Let the list be deleted; the number of the job that does it. Raises Refused for who prepared it, Clash for a list
    that is decided or too old."""
    found = _waiting(uow, list_id)
    if found.prepared_by == uow.actor.login:
        raise Refused(_("Nobody approves a list that they prepared."))
    if found.prepared_at < uow.now - STALE:
        raise Clash(_("This list is older than 30 days. Let a new one be prepared."))
    uow.change(found, state=ListState.APPROVED, decided_at=uow.now, decided_by=uow.actor.login)
    return start(uow, "retention.dispose", {"list_id": found.id})


@command("retention.approve")
def reject(uow: UnitOfWork, list_id: int, reason: str) -> None:
    """Nothing of the list is deleted. Raises Invalid without a reason."""
    found = _waiting(uow, list_id)
    if len(reason.strip()) < 2:
        said = _("Write the reason in a few words.")
        raise Invalid(said, reason=said)
    uow.because(reason)
    uow.change(
        found,
        state=ListState.REJECTED,
        decided_at=uow.now,
        decided_by=uow.actor.login,
        why=reason.strip()[:200],
    )


def _waiting(uow: UnitOfWork, list_id: int) -> DisposalList:
    """A list that nobody has decided on, inside a command."""
    found = uow.get(DisposalList, list_id)
    if found.state != ListState.PREPARED:
        raise Clash(_("Somebody has decided on this list already."))
    return found


# --- for the machine --------------------------------------------------------------------------------------


@command("retention.delete")
def settle_item(uow: UnitOfWork, item_id: int, state: ItemState, why: str = "") -> None:
    """What became of a record on a list."""
    found = uow.get(DisposalItem, item_id)
    found.state, found.why = state, why[:200]


@command("retention.delete")
def forget_list(uow: UnitOfWork, list_id: int) -> None:
    """Take an old list away, with what stood on it."""
    for item in item_records(uow, list_id):
        uow.session.delete(item)
    uow.remove(uow.get(DisposalList, list_id))


@command("retention.delete")
def close_list(uow: UnitOfWork, list_id: int) -> None:
    """Everything on the list is done."""
    uow.change(uow.get(DisposalList, list_id), state=ListState.DONE)
