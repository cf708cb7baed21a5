"""Records for the commands on people: only inside a command, never for a screen."""

from sqlmodel import col, or_, select

from core.kernel.codes import code_name
from core.kernel.crypto import Sealed
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import DeclaredTag, Person, Relation, Residence
from core.people.queries.of_homes import members_of
from core.people.queries.shared import homes
from core.people.rules import TEMPORARY
from core.places.queries.of_areas import area_names

__all__ = ["home", "home_text", "members_of", "residences", "tag_of", "ties_between", "ties_of", "twin_of"]


def twin_of(uow: UnitOfWork, number: Sealed, but: int = 0) -> int | None:
    """The person in the actor's branch who has this document number already."""
    same = select(Person.id).where(Person.document_no_index == number.index, Person.id != but)
    return uow.session.exec(same).first()


def twin_elsewhere(uow: UnitOfWork, number: Sealed, but: int = 0) -> str:
    """The area of a person outside the actor's branch who has this number, inside a command; "" when nobody has. That
    there is one is told by the unique number anyway; nothing else of the person is read.
    """
    same = select(col(Person.area)).where(Person.document_no_index == number.index, Person.id != but)
    return uow.session.connection().execute(same).scalar() or ""


def residences(uow: UnitOfWork, person_id: int) -> list[Residence]:
    """Every residence of a person in sight, oldest first."""
    asked = select(Residence).where(Residence.person_id == person_id).order_by(col(Residence.id))
    return list(uow.session.exec(asked))


def home(uow: UnitOfWork, person_id: int) -> Residence | None:
    """Where somebody lives now: the usual home, else the newest temporary one."""
    stays = [stay for stay in residences(uow, person_id) if stay.to_on is None]
    return max(stays, key=lambda stay: (stay.kind != TEMPORARY, stay.id), default=None)


def ties_of(uow: UnitOfWork, person_id: int) -> list[Relation | DeclaredTag]:
    """What stands where the person stands: own relations and tags."""
    relations = uow.session.exec(select(Relation).where(Relation.person_id == person_id)).all()
    return [*relations, *uow.session.exec(select(DeclaredTag).where(DeclaredTag.person_id == person_id))]


def ties_between(uow: UnitOfWork, one: int, other: int) -> dict[tuple[int, int], Relation]:
    """The relations of two people in both directions."""
    there = (col(Relation.person_id) == one) & (col(Relation.other_id) == other)
    back = (col(Relation.person_id) == other) & (col(Relation.other_id) == one)
    found = uow.session.exec(select(Relation).where(or_(there, back)))
    return {(relation.person_id, relation.other_id): relation for relation in found}


def tag_of(uow: UnitOfWork, person_id: int, tag: str) -> DeclaredTag | None:
    """The declared tag of that key, expired or not."""
    asked = select(DeclaredTag).where(DeclaredTag.person_id == person_id, DeclaredTag.tag == tag)
    return uow.session.exec(asked).first()


def home_text(uow: UnitOfWork, person: Person) -> str:
    """What a person is found by beside name and numbers: the short address, or that they left, and the grid."""
    home = homes(uow, [person.id]).get(person.id)
    grid = area_names(uow, [person.area]).get(person.area, "")
    where = code_name("person_state", "away") if person.state == "away" else home.address if home else ""
    return " ".join(part for part in (where, grid) if part)
