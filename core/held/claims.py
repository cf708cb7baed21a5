"""What was reported about the person at a door, and whether it was taken over."""

from core.claims.queries.of_person import said_about
from core.kernel.extensions import Holding
from core.kernel.i18n import N_

CLAIMS = Holding(
    title=N_("Reports about the person"),
    needs="person.view",
    show=said_about,
    purpose=N_("What you, or others at your door, reported: it is checked before it is taken over."),
    basis=N_("Duties of the community by law, or what you agreed to (个人信息保护法 13)."),
    order=55,
)
