"""Requests of people about their own data."""

from core.kernel.extensions import DataKind
from core.kernel.i18n import N_
from core.rights.commands.requests import erase_request
from core.rights.queries.of_requests import long_decided

REQUESTS = DataKind(
    title=N_("Requests of people about their data"),
    counts_from=N_("From the decision."),
    due=long_decided,
    remove=erase_request,
)
