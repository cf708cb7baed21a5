"""One self-report: the register and what is said, field by field, to accept, to refuse or to go and see."""

from core.claims import queries as claims
from core.kernel.i18n import N_
from core.ui import url
from core.ui.claim import afterwards, heading, parts, side_by_side
from core.ui.page import or_stop, page
from core.ui.photos import photos

uow = page(N_("Self-report"), icon="fact_check", section=N_("Daily work"), needs="claim.view", hidden=True)

# read
with or_stop():
    claim = claims.claim(uow, url.text("id"))

# show
heading(uow, claim)
side_by_side(uow, claim)

# act
parts(uow, claim)
if claim.pictures:
    photos(uow, "Claim", claim.id)
afterwards(uow, claim)
