"""Records for the commands on codes and visits: only inside a command, never for a screen."""

from datetime import datetime

from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.selfservice.models import OwnCode, OwnVisit


def codes_at(uow: UnitOfWork, *, slip: str = "", house_id: int | None = None) -> list[OwnCode]:
    """The codes that the number of a slip, or a door, can open and that are not too old, inside a command."""
    if not slip and house_id is None:
        return []
    which = OwnCode.slip == slip if slip else OwnCode.house_id == house_id
    fresh = col(OwnCode.good_until) > uow.now
    return list(uow.session.exec(select(OwnCode).where(which, fresh).order_by(col(OwnCode.id))))


def codes_of(uow: UnitOfWork, person_id: int, since: datetime) -> list[OwnCode]:
    """The codes that were given for somebody since a moment, inside a command."""
    own = select(OwnCode).where(OwnCode.person_id == person_id, col(OwnCode.given_at) > since)
    return list(uow.session.exec(own.order_by(col(OwnCode.id))))


def reached(uow: UnitOfWork, house_id: int, phone_index: str) -> list[Person]:
    """Who lives in a house and has this phone, inside a command."""
    living = select(Residence.person_id).where(Residence.house_id == house_id, col(Residence.to_on).is_(None))
    asked = select(Person).where(Person.phone_index == phone_index, Person.state == "here")
    return list(uow.session.exec(asked.where(col(Person.id).in_(living))))


def home_of(uow: UnitOfWork, person_id: int) -> int | None:
    """The house where somebody lives, inside a command; the newest of several."""
    now = select(Residence.house_id).where(Residence.person_id == person_id, col(Residence.to_on).is_(None))
    return uow.session.exec(now.order_by(col(Residence.id).desc()).limit(1)).first()


def visit_by(uow: UnitOfWork, token_hash: str) -> OwnVisit | None:
    """The visit that a cookie stands for, inside a query or command."""
    return uow.session.exec(select(OwnVisit).where(OwnVisit.token_hash == token_hash)).first()
