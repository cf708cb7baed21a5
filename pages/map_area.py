"""Everything inside a shape: drawn, an area of the tree, along a road or around an address; and the nearest."""

from core.kernel.i18n import N_
from core.ui import url
from core.ui.map import grid_map
from core.ui.map_area import area_section, choose_shape, near_section
from core.ui.page import page

uow = page(
    N_("Area search"),
    icon="select_all",
    section=N_("Daily work"),
    needs="map.view",
    order=16,
    hidden=True,
)

# read
shape, near = url.text("shape"), url.text("near")

# show
if shape:
    grid_map(uow, key="area_map", height=320)
    area_section(uow, shape)
elif near:
    near_section(uow, near)
else:
    choose_shape(uow)
