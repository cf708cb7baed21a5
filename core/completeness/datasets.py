"""The four databases as the standards name them, and which of their items we hold, derive or leave out."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlmodel import col

from core.components.models import Component
from core.kernel.codes import CODES
from core.kernel.i18n import N_
from core.kernel.records import AreaRecord
from core.organisations.models import Organisation
from core.people.models import Person
from core.places.models import Building, House

HELD, DERIVED, OFF, LEFT_OUT, NOT_HELD = "held", "derived", "off", "left_out", "not_held"
MARKS = {
    HELD: N_("held"),
    DERIVED: N_("follows from other records"),
    OFF: N_("may be switched on"),
    LEFT_OUT: N_("left out on purpose"),
    NOT_HELD: N_("not held"),
}
AGAINST = ("leave out", "do not keep")
CORE = "户籍人口"
"""The set whose items the other sets of people repeat."""
Condition = Callable[[], Any]


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One data set: the records it is about, what a role needs, and the sets of the standard it answers to.

    `applies` says of which records a field can be filled at all; of the others it is no gap.
    """

    title: str
    of: type[AreaRecord]
    needs: str
    among: Condition
    standards: tuple[str, ...]
    applies: Mapping[str, Condition] = field(default_factory=dict)


def _abroad() -> Any:
    return col(Person.category) == "overseas"


DATASETS = {
    "people": Dataset(
        title=N_("People"),
        of=Person,
        needs="person.view",
        among=lambda: col(Person.state) == "here",
        standards=("户籍人口", "流动人口"),
        applies={
            "no_document_reason": lambda: col(Person.document_no_index).is_(None),
            "hukou_division": lambda: ~_abroad(),
            "hukou_address": lambda: ~_abroad(),
            "consistent": lambda: ~_abroad(),
            "inflow_reason": lambda: col(Person.category) == "migrant",
            "state_since": lambda: col(Person.state) != "here",
            "relation": lambda: col(Person.household_id).is_not(None),
            **dict.fromkeys(("foreign_name", "nationality", "arrived_on", "leaves_on", "purpose"), _abroad),
        },
    ),
    "houses": Dataset(
        title=N_("Houses"),
        of=House,
        needs="house.view",
        among=lambda: col(House.id) > 0,
        standards=("出租房",),
    ),
    "buildings": Dataset(
        title=N_("Buildings"),
        of=Building,
        needs="house.view",
        among=lambda: col(Building.id) > 0,
        standards=("楼栋及楼栋长",),
    ),
    "organisations": Dataset(
        title=N_("Organisations"),
        of=Organisation,
        needs="organisation.count",
        among=lambda: col(Organisation.state) == "open",
        standards=("非公有制经济组织", "社会组织"),
        applies={
            "no_code_reason": lambda: col(Organisation.credit_code).is_(None),
            "licence_no": lambda: col(Organisation.licence_kind) != "",
            "licence_until": lambda: col(Organisation.licence_kind) != "",
            "closed_on": lambda: col(Organisation.state) != "open",
        },
    ),
    "components": Dataset(
        title=N_("Components"),
        of=Component,
        needs="component.count",
        among=lambda: col(Component.state) != "removed",
        standards=("部件",),
        applies={"changed_on": lambda: col(Component.state) != "intact"},
    ),
}


@dataclass(frozen=True)
class StandardItem:
    """One item of a standard's data set: `ours` is our field such as "Person.name", "" when there is none."""

    dataset: str
    name: str
    ours: str
    mark: str
    advice: str


def _rows(name: str) -> list[dict[str, str]]:
    with (CODES / name).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@cache
def standard_items(dataset: str) -> tuple[StandardItem, ...]:
    """The items of a data set in the order of the standard. `mark` is one of MARKS; fields count as held here."""
    sets = (CORE, dataset) if dataset == "流动人口" else (dataset,)
    held = _rows("gbt31000_held.csv")
    ours = {row["field"]: row["ours"] for name in sets for row in held if row["dataset"] == name}
    if dataset == "部件":
        rows = [row for row in _rows("gbt47678_5_attributes.csv") if row["object"] == "component"]
        return tuple(_item(dataset, row["name"], ours.get(row["name"], ""), "") for row in rows)
    rows = [row for row in _rows("gbt31000_fields.csv") if row["dataset"] == dataset]
    return tuple(_item(dataset, row["field"], ours.get(row["field"], ""), row["advice"]) for row in rows)


def _item(dataset: str, name: str, ours: str, advice: str) -> StandardItem:
    if ours.startswith("="):
        return StandardItem(dataset, name, ours[1:], DERIVED, advice)
    mark = HELD if ours else LEFT_OUT if advice.startswith(AGAINST) else NOT_HELD
    return StandardItem(dataset, name, ours, mark, advice)
