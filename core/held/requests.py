"""Requests about one's own data."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import asked

REQUESTS = Holding(title=N_("Requests about one's own data"), needs="request.view", show=asked, order=80)
