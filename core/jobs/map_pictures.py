"""The night's care of pictures that were fetched from map services."""

from collections.abc import Mapping
from typing import Any

from core.basemap.rasters.tidying import tidy
from core.kernel.i18n import N_
from core.kernel.jobs import Progress, job
from core.kernel.unit_of_work import UnitOfWork


@job("map_pictures", title=N_("Tidy the pictures of maps"), every="day", is_machines=True)
def tidy_pictures(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """Let the oldest go until they fit the disk space that the office grants."""
    chosen = uow.office.settings
    return {"cleared": tidy(chosen.data, chosen.map_cache_mb * 1_000_000)}
