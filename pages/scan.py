"""Scan a door label, or type what stands on it: the home opens for a visit."""

from core.kernel.i18n import N_, _
from core.ui.page import page
from core.ui.pieces import card, link
from core.ui.scan import asked_text, open_door

uow = page(
    N_("Scan a door label"), icon="qr_code_scanner", section=N_("Daily work"), needs="visit.edit", order=14
)

# read
with card("scan", _("Which door?"), "qr_code_scanner"):
    text = asked_text()

# show
link(_("Today's visits"), "visit_list", "checklist")

# act
if text:
    open_door(uow, text)
