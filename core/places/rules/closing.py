"""What has ended: houses and buildings that were pulled down, split or merged."""

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.places.models import Building, House


def check_standing(record: Building | House) -> None:
    """Raises Invalid for a building or house that is closed: nothing more happens there."""
    if record.closed_on is not None:
        said = _("{address} was closed on {day}; look at what came in its place.")
        raise Invalid(said.format(address=record.address, day=record.closed_on))
