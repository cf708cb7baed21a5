"""The label at one door: as it is printed, and what may be done when it is lost, torn or misused."""

from core.kernel.i18n import N_, _
from core.labels import queries as labels
from core.ui import url
from core.ui.label import label_card, past_card
from core.ui.labels import warn_of_address
from core.ui.page import or_stop, page
from core.ui.pieces import link

uow = page(N_("Label at the door"), icon="qr_code_2", section=N_("Places"), needs="label.view", hidden=True)

# read
with or_stop():
    found = labels.labels_of(uow, url.text("id"))

# show
link(_("Open the house"), f"house?id={found.house_id}", "home")
warn_of_address(uow)
label_card(uow, found)
past_card(found.past)
