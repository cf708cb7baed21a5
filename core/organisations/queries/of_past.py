"""What the register said of an organisation on a day, every change since, and how fresh each fact is."""

from datetime import date

from core.kernel import freshness as looks
from core.kernel.freshness import Fresh
from core.kernel.i18n import N_
from core.kernel.past import History, Past, Way, Ways, history_of, past_of
from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Organisation
from core.organisations.queries.of_organisation import OrganisationDetail, detail_of_organisation
from core.people.queries.told import AREA, house_name, person_name

WAYS: Ways = {
    "area": AREA,
    "house_id": Way(N_("House"), house_name),
    "legal_person_id": Way(N_("Legal head"), person_name),
}


@query("organisation.view")
def organisation_then(uow: UnitOfWork, organisation_id: int | str, day: date) -> Past[OrganisationDetail]:
    """An organisation as the register had it at the end of a day. Raises Missing, Refused."""
    return past_of(uow, Organisation, organisation_id, day, lambda then: detail_of_organisation(uow, then))


@query("organisation.view")
def organisation_history(uow: UnitOfWork, organisation_id: int | str, only: str = "") -> History:
    """Every change of an organisation, newest first; `only` names one field. Raises Missing, Refused."""
    uow.require("record.history")
    return history_of(uow, uow.get(Organisation, organisation_id), WAYS, only)


@query("organisation.view")
def organisation_freshness(uow: UnitOfWork, organisation_id: int | str) -> dict[str, Fresh | None]:
    """Key field -> when it was last found true; "" is the whole record. Raises Missing."""
    return dict(looks.freshness(uow, uow.get(Organisation, organisation_id)))
