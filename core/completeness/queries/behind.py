"""The rows behind a number: the records that a measure finds missing, by the very conditions that counted them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case
from sqlmodel import select

from core.completeness.measures import ALL
from core.completeness.queries.counting import ask_of, visible
from core.components.models import Component
from core.components.queries.shared import class_names
from core.kernel.i18n import _
from core.kernel.paging import Page, after, column, write_key
from core.kernel.problems import Invalid, Refused
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import DeclaredTag, Household, Person
from core.people.queries.shared import addresses, seen_people
from core.places.models import House
from core.places.queries.of_areas import area_names
from core.places.queries.shared import below


@dataclass(frozen=True)
class Missed:
    """One record that is not as it should be: what it is called, where, and its page."""

    id: int
    area: str
    title: str
    detail: str
    area_name: str
    href: str


@query("completeness.view")
def behind(
    uow: UnitOfWork, measure_key: str, under: str = "", *, after_key: str | None = None, limit: int = 50
) -> Page[Missed]:
    """A page of the records that a measure finds missing at and below a path, by area.

    Raises Invalid for a measure there is not, Refused for one whose rows are not the actor's to see.
    """
    measure = ALL.get(measure_key)
    if measure is None:
        raise Invalid(_("There is no such measure."))
    if not visible(uow, measure) or not uow.actor.may(measure.opens):
        raise Refused(_("Your role does not include this."))
    path = max(under, uow.actor.area, key=len)
    ask, kind = ask_of(uow, path), measure.of
    missing = case((measure.good(ask), 0), else_=1) == 1
    keys = [column(kind.area), column(kind.id)]
    asked = after(select(kind), keys, after_key).where(below(uow, kind, path), measure.among(ask), missing)
    found = uow.session.exec(asked.limit(limit + 1)).all()
    shown = found[:limit]
    more = write_key(shown[-1].area, shown[-1].id) if len(found) > limit else None
    return Page(_told(uow, shown), more)


def _told(uow: UnitOfWork, records: Sequence[Any]) -> list[Missed]:
    """Records of one kind in words, masked for the actor."""
    names = area_names(uow, {record.area for record in records})
    people = seen_people(uow, {r.person_id for r in records if isinstance(r, DeclaredTag)})
    houses = addresses(uow, {r.house_id for r in records if isinstance(r, Household) and r.house_id})
    classes = class_names(uow) if any(isinstance(record, Component) for record in records) else {}
    return [_row(uow, record, names, people, houses, classes) for record in records]


def _row(
    uow: UnitOfWork,
    record: Any,
    names: dict[str, str],
    people: dict[int, Person],
    houses: dict[int, str],
    classes: dict[str, str],
) -> Missed:
    kind, values = type(record).__name__.lower(), uow.values(record)
    title, detail = str(values.get("name") or ""), ""
    href = f"{kind}?id={record.id}"
    if isinstance(record, DeclaredTag):
        whose = people.get(record.person_id)
        title, detail = str(uow.values(whose)["name"]) if whose else "", record.tag
        href = f"person?id={record.person_id}"
    elif isinstance(record, Household):
        title, detail = houses.get(record.house_id or 0, ""), str(values["number"])
    elif isinstance(record, House):
        title, detail = str(values["address"]), str(values["code"])
    elif isinstance(record, Component):
        title = classes.get(record.class_code, record.class_code)
        detail = " ".join(str(values[name]) for name in ("code", "place") if values[name])
    elif kind == "area":
        href = f"grid?area={record.area}"
    return Missed(record.id, record.area, title or f"{record.id}", detail, names.get(record.area, ""), href)
