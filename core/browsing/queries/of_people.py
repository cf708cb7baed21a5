"""People inside a shape: counted by their homes, listed by their masked names; never drawn on a map."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, literal
from sqlalchemy import select as choose
from sqlmodel import col

from core.kernel.codes import codes
from core.kernel.colours import several
from core.kernel.extensions import Choice, Kind, Layer
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person, Residence
from core.places.models import Building, House

NAME = "persons"
PLACE: list[Any] = [Building.cell, Building.lon, Building.lat]


def homes(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each home with the number of people in it, at its building, inside a query."""
    columns: list[Any] = [
        House.id,
        House.area,
        *PLACE,
        col(House.building_id).label("spot"),
        literal("").label("kind"),
        col(House.residents).label("number"),
    ]
    here = choose(*columns).join(Building, col(Building.id) == House.building_id)
    return here.where(col(House.residents) > 0, col(Building.cell).is_not(None))


def people(_uow: UnitOfWork, _choice: Choice) -> Select[Any]:
    """Each person who lives somewhere, at the building, inside a query."""
    columns: list[Any] = [Person.id, Person.area, *PLACE, col(Person.category).label("kind")]
    here = (
        choose(*columns)
        .join(Residence, col(Residence.person_id) == Person.id)
        .join(House, col(House.id) == Residence.house_id)
        .join(Building, col(Building.id) == House.building_id)
    )
    return here.where(
        col(Residence.to_on).is_(None), col(Person.state) == "here", col(Building.cell).is_not(None)
    )


def one_kind(_uow: UnitOfWork) -> Sequence[Kind]:
    """All of them together, inside a query."""
    return [Kind("", _("Residents"), several(0))]


def categories(_uow: UnitOfWork) -> Sequence[Kind]:
    """The categories of people, inside a query."""
    names = codes("person_category", lang=language.get())
    return [Kind(key, name, several(n)) for n, (key, name) in enumerate(names.items())]


def _layer(rows: Any, legend: Any) -> Layer:
    return Layer(
        name=NAME,
        title=N_("People"),
        about=N_("Who lives there."),
        group="people",
        icon="groups",
        needs="person.view",
        shape="point",
        of=(Person, Residence, House, Building),
        placed=Building,
        rows=rows,
        legend=legend,
        opens="person?id={id}",
    )


COUNTED, LISTED = _layer(homes, one_kind), _layer(people, categories)
