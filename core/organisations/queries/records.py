"""Records for the commands on organisations: only inside a command, never for a screen."""

from sqlmodel import col, select

from core.kernel.codes import code_name
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.models import Inspection, Organisation, Premises, Staff
from core.places.models import Building, House
from core.places.queries.of_areas import area_names
from core.places.rules import building_address, door, short_address


def twin_of(uow: UnitOfWork, code: str, but: int = 0) -> int | None:
    """The organisation in the actor's branch that has this credit code already."""
    same = select(Organisation.id).where(Organisation.credit_code == code, Organisation.id != but)
    return uow.session.exec(same).first()


def premises_now(uow: UnitOfWork, organisation_id: int) -> list[Premises]:
    """Where an organisation stands: the rows of its history that have no end."""
    asked = select(Premises).where(Premises.organisation_id == organisation_id, col(Premises.to_on).is_(None))
    return list(uow.session.exec(asked))


def around(uow: UnitOfWork, organisation_id: int) -> list[Staff | Inspection]:
    """What stands where the organisation stands: its staff and inspections."""
    staff = uow.session.exec(select(Staff).where(Staff.organisation_id == organisation_id)).all()
    return [*staff, *inspections_of(uow, organisation_id)]


def inspections_of(uow: UnitOfWork, organisation_id: int) -> list[Inspection]:
    """Every inspection of an organisation."""
    asked = select(Inspection).where(Inspection.organisation_id == organisation_id)
    return list(uow.session.exec(asked))


def open_in_house(uow: UnitOfWork, house_id: int) -> int:
    """How many organisations are open in a house."""
    asked = select(Organisation.id).where(Organisation.house_id == house_id, Organisation.state == "open")
    return len(uow.session.exec(asked).all())


def short_place(uow: UnitOfWork, house: House | None, building: Building | None) -> str:
    """The short address of a house or building; "" for neither."""
    building = building or (uow.get(Building, house.building_id) if house else None)
    if building is None:
        return ""
    place = building_address(building.road, building.number, building.estate, building.name)
    return short_address(door(place, house.unit, house.floor, house.room) if house else place)


def body_of(uow: UnitOfWork, organisation: Organisation) -> str:
    """What an organisation is found by beside its name and numbers."""
    grid = area_names(uow, [organisation.area]).get(organisation.area, "")
    left = code_name("organisation_state", organisation.state) if organisation.state != "open" else ""
    words = (organisation.short_name, left, organisation.address, grid, organisation.credit_code)
    return " ".join(word for word in words if word)
