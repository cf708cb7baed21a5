"""What every command on people does in the end: counters, areas and the search box follow the facts."""

from core.kernel import search
from core.kernel.unit_of_work import UnitOfWork
from core.people.commands.pairing import renew_pairs
from core.people.models import Person
from core.people.queries import records


def file_person(uow: UnitOfWork, person: Person, *, born: bool = False) -> None:
    """Let the search box find the person by name, home, grid and numbers, and look for a second record of theirs; the
    dead and merged are found in the register only.
    """
    if person.state in ("dead", "merged"):
        search.forget(uow, person.id)
    else:
        numbers = (person.document_no, person.phone)
        search.file(uow, "person", person, person.name, records.home_text(uow, person), numbers, born=born)
    renew_pairs(uow, person)


def carry(uow: UnitOfWork, person: Person, area: str) -> None:
    """The person stands in another grid from now on, and with them their relations and tags."""
    if person.area != area:
        uow.change(person, area=area)
        for tie in records.ties_of(uow, person.id):
            uow.change(tie, area=area)
