"""Forgetting what records said that are no longer there."""

from core.kernel.kinds import forget
from core.kernel.unit_of_work import UnitOfWork, command
from core.retention.queries.of_past import about


@command("retention.delete")
def forget_past(uow: UnitOfWork, change_id: int) -> None:
    """Take away everything a removed record said and what hung on it."""
    if (gone := about(uow, change_id)) is not None:
        forget(uow, *gone)
        uow.lines.append(uow.line("removed", about=f"{gone[0]}/{gone[1]}"))
