"""Photos and documents."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import pictures

PICTURES = Holding(
    title=N_("Photos and documents"),
    needs="photo.view",
    show=pictures,
    purpose=N_("Proof of what was registered; pictures of identity documents go once they were compared."),
    basis=N_("Your separate consent (个人信息保护法 29)."),
    order=60,
)
