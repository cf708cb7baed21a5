"""Keeping a record though its time is over."""

from datetime import date

from core.kernel.i18n import _
from core.kernel.kinds import record_of
from core.kernel.problems import Clash
from core.kernel.unit_of_work import UnitOfWork, command
from core.retention.models import Hold
from core.retention.queries.of_holds import held


@command("hold.edit")
def set_hold(
    uow: UnitOfWork, about_kind: str, about_id: int | str, /, *, why: str, until: date | None = None
) -> int:
    """Nothing deletes this record while the hold is in force. Raises Missing, Invalid without a reason, Clash."""
    record = record_of(uow, about_kind, about_id)
    if held(uow, [(about_kind, record.id)]):
        raise Clash(_("This record is held already."))
    uow.because(why)
    facts = {"area": record.area, "about_kind": about_kind, "about_id": record.id, "why": why, "until": until}
    return uow.add(Hold, **facts, set_by=uow.actor.login, set_at=uow.now).id


@command("hold.edit")
def lift_hold(uow: UnitOfWork, hold_id: int, reason: str = "") -> None:
    """The record need not stay any longer."""
    uow.because(reason)
    found = uow.get(Hold, hold_id)
    uow.change(found, lifted_at=uow.now, lifted_by=uow.actor.login)
