"""Who looked, and who changed something."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import looks_at

LOOKS = Holding(
    title=N_("Who looked, and who changed something"), needs="record.history", show=looks_at, order=90
)
