"""Whoever stands at a door and has scanned its label: somebody without an account who may speak of this house only."""

from core.kernel.access import Actor
from core.labels.queries.of_doors import Door

ROLE = "resident"


def resident(door: Door) -> Actor:
    """The actor for a label; which house it may touch is told by its number in the login."""
    return Actor(login=f"door/{door.label_id}", role=ROLE, area=door.area)
