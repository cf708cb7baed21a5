"""After how many days a visit is asked for, set by a lead for an area."""

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.queries.shared import area_at
from core.visits.models import VisitPeriod
from core.visits.queries import records
from core.visits.queries.reasons import reasons_of


@command("visit.plan")
def set_period(uow: UnitOfWork, area: str, reason: str, days: int | None) -> None:
    """A reason asks for a visit after so many days in an area and below; None: as around it.

    Raises Invalid, Refused.
    """
    here = area_at(uow, area)
    known = reasons_of(uow).get(reason)
    if known is None or not known.asks:
        said = _("For this reason there is no number of days to set.")
        raise Invalid(said, reason=said)
    if not here.area.startswith(uow.actor.area):
        raise Refused(_("That place is not in your area."))
    found = records.period_of(uow, here.area, reason)
    if days is None:
        if found:
            uow.remove(found)
    elif found:
        uow.change(found, days=days)
    else:
        uow.add(VisitPeriod, area=here.area, reason=reason, days=days)
