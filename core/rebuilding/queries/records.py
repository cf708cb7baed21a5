"""Records for the commands on applications: only inside a query or command, never for a screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from core.kernel.i18n import _
from core.kernel.problems import Missing
from core.kernel.undo import Deed
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.models import Organisation
from core.people.models import Household, Person, Residence
from core.places.models import Building, House, Level
from core.places.queries.records import houses_of
from core.places.queries.shared import area_at
from core.rebuilding.models import ChangeStep, HouseChange
from core.rebuilding.rules import DEMOLISH, OPEN

OPEN_FOR_BUSINESS = "open"


@dataclass(frozen=True)
class Inhabitants:
    """Who is in some houses now: open households, people who belong to none of these, and open organisations."""

    households: list[Household]
    people: list[Person]
    organisations: list[Organisation]

    def keys(self) -> list[str]:
        """Whom somebody has to decide about, by the keys of `HouseChange.stays`."""
        return [
            *(f"household:{one.id}" for one in self.households),
            *(f"person:{one.id}" for one in self.people),
        ]


def level_of_actor(uow: UnitOfWork) -> Level:
    """The level of the actor's own area; a job stands above all."""
    return Level(area_at(uow, uow.actor.area).level) if uow.actor.area else Level.PROVINCE


def houses_about(uow: UnitOfWork, change: HouseChange) -> list[House]:
    """The houses that an application closes, by code; all of the building when it goes as a whole."""
    if change.kind == DEMOLISH and not change.house_ids and change.building_id:
        return sorted(houses_of(uow, change.building_id), key=lambda house: house.code)
    asked = select(House).where(col(House.id).in_(change.house_ids)).order_by(col(House.code))
    return list(uow.session.exec(asked))


def houses_about_closed(uow: UnitOfWork, change: HouseChange) -> list[House]:
    """The houses that an application in effect has closed."""
    return [uow.get(House, each) for each in change.made.get("closed", ())]


def building_closed(uow: UnitOfWork, change: HouseChange) -> list[Building]:
    """The building that an application in effect has closed as a whole; none otherwise."""
    building = building_of(uow, change)
    return [building] if building and building.closed_on else []


def building_of(uow: UnitOfWork, change: HouseChange) -> Building | None:
    """The building that an application is about, closed ones too."""
    return uow.get(Building, change.building_id) if change.building_id else None


def open_about(uow: UnitOfWork, building_id: int, but: int = 0) -> list[HouseChange]:
    """The applications about a building that are not settled."""
    asked = select(HouseChange).where(
        HouseChange.building_id == building_id, col(HouseChange.state).in_(OPEN), HouseChange.id != but
    )
    return list(uow.session.exec(asked))


def inhabitants(uow: UnitOfWork, house_ids: Iterable[int]) -> Inhabitants:
    """Who is in the houses now."""
    ids = list(house_ids)
    open_ones = select(Household).where(col(Household.house_id).in_(ids), col(Household.closed_on).is_(None))
    households = list(uow.session.exec(open_ones.order_by(col(Household.id))))
    living = select(Residence.person_id).where(
        col(Residence.house_id).in_(ids), col(Residence.to_on).is_(None)
    )
    members = {one.id for one in households}
    there = uow.session.exec(select(Person).where(col(Person.id).in_(living)))
    people = [one for one in there if one.household_id not in members]
    firms = select(Organisation).where(
        col(Organisation.house_id).in_(ids), Organisation.state == OPEN_FOR_BUSINESS
    )
    return Inhabitants(households, sorted(people, key=lambda one: one.id), list(uow.session.exec(firms)))


def steps_of(uow: UnitOfWork, application_id: int) -> Sequence[ChangeStep]:
    """What happened to an application, the first step first."""
    own = (ChangeStep.about_id == application_id, ChangeStep.about_kind == "HouseChange")
    return uow.session.exec(select(ChangeStep).where(*own).order_by(col(ChangeStep.id))).all()


def deed_of(uow: UnitOfWork, change: HouseChange) -> Deed:
    """What the approval did. Raises Missing."""
    about = (Deed.about == f"HouseChange/{change.id}", col(Deed.undone_at).is_(None))
    found = uow.session.exec(select(Deed).where(*about).order_by(col(Deed.id).desc())).first()
    if found is None:
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    return found
