"""Dividing a community into grids on the map: draw, move, split, merge, check, propose; every record follows."""

from core.gridding import queries
from core.kernel.i18n import N_, _
from core.ui.balance import past_card, past_shown, proposal_card
from core.ui.grid_draft import draft_card
from core.ui.grids import checks_card, choose_community, dividing_map, preview_of
from core.ui.page import or_stop, page
from core.ui.pieces import link

uow = page(N_("Divide grids"), icon="dashboard_customize", section=N_("Places"), needs="grid.draw", order=45)

# read
with or_stop():
    community = choose_community(uow)
    drawing = queries.drawing(uow, community)
told = preview_of(uow, community)

# show
if uow.actor.may("area.edit"):
    link(_("Boundaries from a file"), "boundary_import", "upload_file")
dividing_map(uow, drawing, told, past_shown(uow, community))

# act
if told:
    draft_card(uow, drawing, told)
else:
    checks_card(uow, drawing)
    proposal_card(uow, drawing)
past_card(uow, community)
