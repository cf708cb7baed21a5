"""The tenancies of a house: who rents now since when, how often tenants changed, and whom to call."""

from core.kernel.extensions import Link, Panel, Section
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.tenancies.queries import HouseTenancies, tenancies_of

MONTH = 30.4


def show(uow: UnitOfWork, house_id: int) -> Section | None:
    """The turn-over in figures, and the landlord; nothing where nobody ever rented."""
    found = tenancies_of(uow, house_id)
    return Section(facts=_facts(found), links=_links(found)) if found else None


def _facts(found: HouseTenancies) -> dict[str, object]:
    facts: dict[str, object] = {
        _("Tenants now"): found.tenants,
        _("Rented since"): found.since,
        _("New tenancies in 3 years"): found.began,
        _("Tenancies that ended"): found.ended,
    }
    if found.days is not None:
        facts[_("They lasted on average")] = _("{n} months").format(n=round(found.days / MONTH, 1))
    if found.landlord:
        landlord = (found.landlord.landlord, found.landlord.phone)
        facts[_("Landlord")] = " ".join(part for part in landlord if part)
        facts[_("Lease to")] = found.landlord.lease_to
    return facts


def _links(found: HouseTenancies) -> tuple[Link, ...]:
    if found.landlord is None:
        return ()
    href = f"entry?register=rental&id={found.landlord.entry_id}"
    return (Link(label=_("Entry of the register"), href=href, icon="real_estate_agent"),)


panel = Panel(
    title=N_("Tenancies"), of="House", needs="person.view", icon="real_estate_agent", show=show, order=15
)
