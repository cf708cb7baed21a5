"""Taking a view of the map along: one file that opens on any computer, for a purpose that is written down."""

from datetime import datetime

from core.browsing.commands.exporting import Handed
from core.browsing.queries.of_along import laid_out
from core.entries.commands.sheets import check_purpose, exported
from core.kernel.fields import CHINA
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork, command

LONGEST_SHAPE = 300


@command("map.export")
def take_along(uow: UnitOfWork, address: str, title: str, purpose: str) -> bytes:
    """The view of an address as an HTML file, masked as on the screen. Raises Invalid without a purpose, for an address
    that shows no place, or for more than a file can hold."""
    from core.browsing.leaflet import page_of  # folium takes a second to load, and few need it

    check_purpose(purpose)
    laid = laid_out(uow, address)
    today = datetime.now(CHINA)
    about = [
        _("Made by {name} on {day}").format(
            name=uow.actor.name or uow.actor.login, day=f"{today:%Y-%m-%d %H:%M}"
        ),
        _("For: {purpose}").format(purpose=purpose.strip()),
    ]
    handed = Handed(address[:LONGEST_SHAPE], ", ".join(layer.title for layer in laid.layers))
    exported(uow, "map/along", laid.count, handed, purpose)
    return page_of(laid, title.strip() or _("Map"), about).encode()
