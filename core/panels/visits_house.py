"""The visits at a house lately, and the way to one."""

from core.kernel.extensions import Panel
from core.kernel.i18n import N_
from core.visits.queries.of_past import visits_at

panel = Panel(title=N_("Visits"), of="House", needs="visit.view", icon="door_front", show=visits_at, order=30)
