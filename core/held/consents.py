"""Consents."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import agreed

CONSENTS = Holding(title=N_("Consents"), needs="consent.view", show=agreed, order=70)
