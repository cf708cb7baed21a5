"""Layers of the map for other programs: as a file for a purpose, or read by QGIS with one's own password."""

from core.geofiles import queries as geofiles
from core.kernel.i18n import N_
from core.ui.geofiles import connect_card, export_card
from core.ui.page import page

uow = page(
    N_("Layers for other programs"),
    icon="layers",
    section=N_("Places"),
    needs="map.connect",
    order=47,
    hidden=True,
)

# read
sources = {one.name: one for one in geofiles.sources(uow)}

# show
if uow.actor.may("map.export"):
    export_card(uow, sources)
connect_card(sources)
