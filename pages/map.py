"""The map: every layer the role may see, 2D, 3D and from above; search, cards, measuring, printing."""

from core.kernel.i18n import N_
from core.ui.map import grid_map
from core.ui.map_views import follow_view
from core.ui.page import page

uow = page(N_("Map"), icon="map", section=N_("Daily work"), needs="map.view", order=15)

# read
follow_view(uow)
# The map asks the office's routes by itself for what is in sight, within the same branch and role.

# show
grid_map(uow, key="map")
