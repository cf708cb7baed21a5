"""Self-reports of residents, once somebody has decided about them."""

from core.claims.commands.deciding import erase_claim
from core.claims.queries.over import long_decided
from core.kernel.extensions import DataKind
from core.kernel.i18n import N_

SELF_REPORTS = DataKind(
    title=N_("Self-reports of residents"),
    counts_from=N_("From the decision; what was accepted stands in the register."),
    due=long_decided,
    remove=erase_claim,
    is_listed=False,
)
