"""What there is to do in each building: households, residents, organisations, and what other domains count. From a file
of its own a domain adds a measure with `count`, such as past events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import col, func, select

from core.kernel.i18n import N_
from core.kernel.settings import settings
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.models import Organisation
from core.people.models import Household
from core.places.models import House
from core.places.queries.shared import below

Counts = Mapping[int, int]
"""Number of a building -> how many."""
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Measure:
    """One thing that is counted for each building of a community, inside a query; `weight` names its setting."""

    title: str
    weight: str
    count: Callable[[UnitOfWork, str], Counts]


def _households(uow: UnitOfWork, community: str) -> Counts:
    asked = select(House.building_id, func.count(col(Household.id)))
    open_ones = asked.join(Household, col(Household.house_id) == House.id)
    there = open_ones.where(below(uow, House, community), col(Household.closed_on).is_(None))
    return dict(uow.session.exec(there.group_by(col(House.building_id))).all())


def _people(uow: UnitOfWork, community: str) -> Counts:
    asked = select(House.building_id, func.sum(House.residents)).where(below(uow, House, community))
    return {building: int(n) for building, n in uow.session.exec(asked.group_by(col(House.building_id)))}


def _organisations(uow: UnitOfWork, community: str) -> Counts:
    asked = select(Organisation.building_id, func.count(col(Organisation.id)))
    there = asked.where(below(uow, Organisation, community), Organisation.state == "open")
    found = uow.session.exec(there.group_by(col(Organisation.building_id))).all()
    return {building: n for building, n in found if building is not None}


MEASURES: dict[str, Measure] = {
    "households": Measure(N_("Households"), "weight_household", _households),
    "people": Measure(N_("People"), "weight_person", _people),
    "organisations": Measure(N_("Organisations"), "weight_organisation", _organisations),
}
EVENTS = ("events", N_("Past events"), "weight_event")


def count_events(count: Callable[[UnitOfWork, str], Counts]) -> None:
    """Let the past events of each building weigh, too."""
    key, title, weight = EVENTS
    MEASURES[key] = Measure(title, weight, count)


def usual_weights() -> dict[str, float]:
    """What each measure weighs in this office."""
    return {key: float(getattr(settings(), measure.weight)) for key, measure in MEASURES.items()}


def counted(uow: UnitOfWork, community: str) -> dict[str, Counts]:
    """Each measure by building, inside a query or command."""
    return {key: measure.count(uow, community) for key, measure in MEASURES.items()}
