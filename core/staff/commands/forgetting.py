"""What the night takes away: positions soon after a shift, the shift itself long after."""

from core.kernel.unit_of_work import UnitOfWork, command
from core.staff.models import Shift
from core.staff.queries.records import positions_of


@command("retention.delete")
def forget_positions(uow: UnitOfWork, shift_id: int) -> None:
    """Take away where somebody was during a shift. Raises Missing."""
    found = uow.get(Shift, shift_id)
    for position in positions_of(uow, found):
        uow.session.delete(position)
    uow.lines.append(uow.line("removed", about=f"StaffPosition/{found.id}", area=found.area))


@command("retention.delete")
def forget_shift(uow: UnitOfWork, shift_id: int) -> None:
    """Take away a shift with whatever is left of it. Raises Missing."""
    forget_positions(uow, shift_id)
    uow.remove(uow.get(Shift, shift_id))
