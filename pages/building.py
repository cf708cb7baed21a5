"""A building: its address, the shops along its ground floor, and the matrix of its rooms."""

from core.kernel.i18n import N_, _
from core.organisations import queries as organisations
from core.places import queries as places
from core.places.models import Building
from core.ui import url
from core.ui.areas import crumbs
from core.ui.building import building_links, building_notice
from core.ui.matrix import matrix
from core.ui.own import own_facts
from core.ui.page import or_stop, page
from core.ui.pieces import card, coded, empty, facts
from core.ui.shopfront import shop_front

uow = page(N_("Building"), icon="apartment", section=N_("Places"), needs="house.view", hidden=True)

# read
with or_stop():
    building = places.building(uow, url.text("id"))
    cells = places.matrix(uow, building.id)
    shops = organisations.of_building(uow, building.id) if uow.actor.may("organisation.view") else []

# show
crumbs(building.chain)
with card("building", building.title, "apartment"):
    building_notice(uow, building)
    facts(
        {
            _("Building code"): building.code,
            _("Use"): coded("house_use", building.use),
            _("Floors"): building.floors,
            _("Units"): building.units,
            _("Houses"): building.houses,
            _("Year built"): building.built_year,
            _("Structure"): coded("house_structure", building.structure),
            _("Residents"): sum(cell.residents for cell in cells),
            **own_facts(uow, Building, building.own, building.area),
        }
    )
    building_links(uow, building)
if shops:
    with card("shops", _("Shop front"), "storefront"):
        shop_front(shops, key="shops", can_add=uow.actor.may("organisation.edit"))
with card("matrix", _("Floors and rooms"), "grid_on"):
    if cells:
        matrix(cells, key="matrix")
    else:
        empty(
            _("This building has no rooms yet."),
            _("Choose “Add rooms” above: one step makes the whole plan."),
        )
