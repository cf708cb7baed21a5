"""People in what is looked at: counted like everything else, listed by their masked names, never with a place."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, case
from sqlmodel import col

from core.kernel.colours import several
from core.kernel.extensions import Choice, Kind, Layer
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.layers import people
from core.people.models import Person
from core.people.rules import born_by

AGES = (
    (80, N_("80 and older")),
    (60, N_("60 to 79")),
    (18, N_("18 to 59")),
    (6, N_("6 to 17")),
    (0, N_("Under 6")),
)
"""From how many years on, and what the group is called."""
OPENS = "person?id={id}"


def is_about_people(layer: Layer) -> bool:
    """Whether a layer tells of people, one by one or as numbers."""
    return layer.of[0] is Person


def are_people(layer: Layer) -> bool:
    """Whether each row of a layer is somebody, rather than a home or a building."""
    return layer.rows is people.rows


def by_age(uow: UnitOfWork, choice: Choice) -> Select[Any]:
    """Each resident with the age group for a kind, inside a query."""
    today = date.today()
    born = [(col(Person.birth) <= born_by(today, years), str(years)) for years, _label in AGES]
    asked = people.rows(uow, choice)
    others = [column for column in asked.selected_columns if column.key != "kind"]
    return asked.with_only_columns(*others, case(*born, else_="0").label("kind"), maintain_column_froms=True)


def age_groups(_uow: UnitOfWork) -> Sequence[Kind]:
    """The age groups, inside a query."""
    return [Kind(str(years), _(label), several(n)) for n, (years, label) in enumerate(AGES)]
