"""Taking people and tags out of the register for good, once their time is over and somebody approved it."""

from core.kernel import search
from core.kernel.kinds import erase, forget
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.shared import leave
from core.people.models import DeclaredTag, Person, Residence
from core.people.queries.over import remainders, ties_either_way, withdrawn


@command("retention.delete")
def erase_person(uow: UnitOfWork, person_id: int) -> None:
    """The person with homes, relations, tags, photos, records merged into them, and all that was said of them before.
    Raises Missing, Clash while another record, such as an organisation, leans on them."""
    person = uow.get(Person, person_id)
    for merged in remainders(uow, person.id):
        erase_person(uow, merged)
    if person.household_id:
        leave(uow, person)
    for tie in ties_either_way(uow, person.id):
        erase(uow, tie)
    for stay in withdrawn(uow, person.id):
        forget(uow, Residence.__name__, stay)
    search.forget(uow, person.id)
    erase(uow, person)


@command("retention.delete")
def erase_tag(uow: UnitOfWork, declared_id: int) -> None:
    """A declared tag."""
    erase(uow, uow.get(DeclaredTag, declared_id))
