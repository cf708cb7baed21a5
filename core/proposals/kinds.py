"""The kinds of record whose fields the community and the departments keep together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid
from core.kernel.records import AreaRecord
from core.organisations.commands import organisations as of_organisations
from core.organisations.models import Organisation
from core.people.commands import households as of_households
from core.people.commands import people as of_people
from core.people.models import Household, Person
from core.places.commands import buildings as of_buildings
from core.places.commands import houses as of_houses
from core.places.models import Building, House


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of shared record: what it is called, what a role needs to see and to change it, the ordinary command that
    changes it, the fields that may be asked for, the one it is called by, and its page."""

    model: type[AreaRecord]
    title: str
    icon: str
    view: str
    edit: str
    change: Callable[..., None]
    fields: tuple[str, ...]
    called: str

    @property
    def of(self) -> str:
        """Its name in tables and addresses, such as "Person"."""
        return self.model.__name__

    def href(self, record_id: int) -> str:
        """The address of a record's page."""
        return f"{self.of.lower()}?id={record_id}"


KINDS = {
    kind.of: kind
    for kind in (
        Kind(
            model=Person,
            title=N_("Person"),
            icon="person",
            view="person.view",
            edit="person.edit",
            change=of_people.edit_person,
            fields=of_people.EDITABLE,
            called="name",
        ),
        Kind(
            model=Household,
            title=N_("Household"),
            icon="family_restroom",
            view="person.view",
            edit="household.edit",
            change=of_households.edit_household,
            fields=("number", "kind", "opened_on", "closed_on"),
            called="number",
        ),
        Kind(
            model=House,
            title=N_("House"),
            icon="home",
            view="house.view",
            edit="house.edit",
            change=of_houses.edit_house,
            fields=of_houses.EDITABLE,
            called="address",
        ),
        Kind(
            model=Building,
            title=N_("Building"),
            icon="apartment",
            view="house.view",
            edit="house.edit",
            change=of_buildings.edit_building,
            fields=("road", "number", "estate", "name", "floors", "units", "structure", "built_year", "use"),
            called="address",
        ),
        Kind(
            model=Organisation,
            title=N_("Organisation"),
            icon="storefront",
            view="organisation.view",
            edit="organisation.edit",
            change=of_organisations.edit_organisation,
            fields=of_organisations.EDITABLE,
            called="name",
        ),
    )
}


def kind_of(of: str) -> Kind:
    """The kind of that name. Raises Invalid for what is not shared."""
    if of not in KINDS:
        said = _("Records of this kind are not shared among departments.")
        raise Invalid(said, of=said)
    return KINDS[of]


def called(kind: Kind, values: dict[str, Any]) -> str:
    """What a record is called, from its masked values."""
    return str(values.get(kind.called) or _(kind.title))
