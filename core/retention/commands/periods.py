"""Choosing how long a kind of data is kept."""

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.retention.models import RetentionPeriod
from core.retention.periods import defaults
from core.retention.queries.of_periods import chosen


@command("retention.edit")
def set_period(uow: UnitOfWork, kind: str, days: int, why: str = "") -> None:
    """Keep a kind of data for so many days from now on. Raises Invalid below the shortest period."""
    if kind not in defaults():
        raise Invalid(_("There is no such kind of data."))
    if days < (least := defaults()[kind].at_least):
        said = _("The shortest period is {days} days.").format(days=least)
        raise Invalid(said, days=said)
    uow.because(why)
    if found := chosen(uow).get(kind):
        uow.change(uow.get(RetentionPeriod, found.id), days=days, why=why)
    else:
        uow.add(RetentionPeriod, area=uow.actor.area, kind=kind, days=days, why=why)
