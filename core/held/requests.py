"""Requests about one's own data."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import asked

REQUESTS = Holding(
    title=N_("Requests about one's own data"),
    needs="request.view",
    show=asked,
    purpose=N_("To answer you in time and to prove it."),
    basis=N_("Records that the law wants (个人信息保护法 50, 54 to 56)."),
    order=80,
)
