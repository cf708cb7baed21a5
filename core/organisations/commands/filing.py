"""What every command on organisations does in the end: the search box and the records around follow the facts."""

from core.kernel import search
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.models import Organisation
from core.organisations.queries import records


def refuse(wrong: dict[str, str]) -> None:
    """Raises Invalid with the sentences at their fields; goes on when there are none."""
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), **wrong)


def file_organisation(uow: UnitOfWork, organisation: Organisation, *, born: bool = False) -> None:
    """Let the search box find the organisation by name, address, code and phones, inside a command."""
    numbers = (organisation.legal_phone, organisation.contact_phone)
    body = records.body_of(uow, organisation)[:300]
    search.file(uow, "organisation", organisation, organisation.name, body, numbers, born=born)


def carry(uow: UnitOfWork, organisation: Organisation) -> None:
    """Staff and inspections stand where the organisation stands, inside a command."""
    for one in records.around(uow, organisation.id):
        if one.area != organisation.area:
            uow.change(one, area=organisation.area)
