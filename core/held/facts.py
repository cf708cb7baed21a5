"""What the register says of the person: numbers in full in the copy, masked at their own page."""

from core.kernel.codes import code_name
from core.kernel.crypto import Sealed
from core.kernel.extensions import Holding, Section
from core.kernel.fields import CHINA
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
        if one.kind is Sealed and values.get(n) and uow.actor.may("person.reveal")
    }
    said = {_(one.label): sealed.get(n, one.said(values.get(n), language.get())) for n, one in known.items()}
    return Section(facts={**said, _("Last confirmed"): _confirmed(person)})


def _confirmed(person: Person) -> str:
    """The day on which the record was last found true, and from what."""
    source = code_name("sources", person.verified_from, lang=language.get()) if person.verified_from else ""
    return f"{person.verified_at.astimezone(CHINA):%Y-%m-%d} {source}".strip() if person.verified_at else ""


FACTS = Holding(
    title=N_("Facts"),
    needs="person.view",
    show=_facts,
    purpose=N_("To know who lives in the grid, whom to help and whom to reach in an emergency."),
    basis=N_(
        "Duties of the community by law (个人信息保护法 13 (3), 34); fields that you gave freely: your consent."
    ),
    order=10,
)
