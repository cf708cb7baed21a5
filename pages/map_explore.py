"""Explore counts on the map: hexagons, heat and columns over de-identified numbers, without a person or an address."""

from core.kernel.i18n import N_
from core.ui.map_explore import counts_table, explore_filters, explored, picture
from core.ui.page import or_stop, page

uow = page(N_("Explore counts"), icon="hexagon", section=N_("Places"), needs="map.explore", order=60)

# read
wanted = explore_filters(uow)
with or_stop():
    found = explored(uow, wanted)

# show
picture(uow, found, wanted.form)
counts_table(found, wanted.form)
