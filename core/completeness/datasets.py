"""The four databases as the standards name them, and which of their items we hold, derive or leave out."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One data set: the records it is about, what a role needs, and the sets of the standard it answers to."""

    title: str
    of: type[AreaRecord]
    needs: str
    among: Callable[[], Any]
    standards: tuple[str, ...]


DATASETS = {
    "people": Dataset(
        title=N_("People"),
        of=Person,
        needs="person.view",
        among=lambda: col(Person.state) == "here",
        standards=("户籍人口", "流动人口"),
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
    ),
    "components": Dataset(
        title=N_("Components"),
        of=Component,
        needs="component.count",
        among=lambda: col(Component.state) != "removed",
        standards=("部件",),
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
    ours = {row["field"]: row["ours"] for row in _rows("gbt31000_held.csv") if row["dataset"] == dataset}
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
