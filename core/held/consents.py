"""Consents."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import agreed

CONSENTS = Holding(
    title=N_("Consents"),
    needs="consent.view",
    show=agreed,
    purpose=N_("To prove what you agreed to, and until when."),
    basis=N_("Proof that the law wants (个人信息保护法 14, 69)."),
    order=70,
)
