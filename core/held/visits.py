"""Visits at the person's homes while they lived there."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.visits.queries.of_past import visits_at_homes

VISITS = Holding(
    title=N_("Visits at your door"),
    needs="visit.view",
    show=visits_at_homes,
    purpose=N_("To keep what is filed of homes and people true."),
    basis=N_("Duties of the community by law (个人信息保护法 13 (3), 34)."),
    order=60,
)
