"""Photos and documents."""

from core.kernel.extensions import Holding
from core.kernel.i18n import N_
from core.rights.queries.of_held import pictures

PICTURES = Holding(title=N_("Photos and documents"), needs="photo.view", show=pictures, order=60)
