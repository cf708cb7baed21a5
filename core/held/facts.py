"""What the register says of the person, numbers in full."""

from core.kernel.crypto import Sealed
from core.kernel.extensions import Holding, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person


def _facts(uow: UnitOfWork, person_id: int) -> Section:
    person = uow.get(Person, person_id)
    values = uow.values(person)
    known = uow.fields(Person, person.area)
    sealed = {
        n: uow.reveal(person, n, uow.reason)
        for n, one in known.items()
        if one.kind is Sealed and values.get(n)
    }
    said = {_(one.label): sealed.get(n, one.said(values.get(n), language.get())) for n, one in known.items()}
    return Section(facts=said)


FACTS = Holding(title=N_("Facts"), needs="person.reveal", show=_facts, order=10)
