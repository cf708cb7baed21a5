"""The night takes old visits away."""

from core.kernel.kinds import erase
from core.kernel.unit_of_work import UnitOfWork, command
from core.visits.models import VisitAct


@command("retention.delete")
def forget_act(uow: UnitOfWork, act_id: int) -> None:
    """Take one act at a door away for good, with its note. Raises Missing."""
    erase(uow, uow.get(VisitAct, act_id))
