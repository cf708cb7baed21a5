"""A worker of the first grid, somebody who answers for the community, and positions to tell."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.extensions import Fix
from core.kernel.unit_of_work import UnitOfWork
from tests.conftest import GRID
from tests.core.conftest import Clock, Hire

LON, LAT = 116.74, 23.27


@dataclass
class Team:
    """Who is here: units of work are opened by `as_worker` and `as_lead`."""

    office: Office
    clock: Clock
    worker: Actor
    lead: Actor

    def as_worker(self) -> UnitOfWork:
        """The worker at work."""
        return self.office.uow(self.worker)

    def as_lead(self) -> UnitOfWork:
        """The lead at work."""
        return self.office.uow(self.lead)

    def fix(self, minutes: float = 0, lon: float = LON, accuracy: float | None = 8) -> Fix:
        """A position so many minutes from now."""
        return Fix(self.clock.now + timedelta(minutes=minutes), lon, LAT, accuracy)


@pytest.fixture
def team(office: Office, clock: Clock, hire: Hire) -> Team:
    """Both have accounts."""
    return Team(office, clock, hire("wang", "grid_worker", GRID), hire("chen", "lead"))
