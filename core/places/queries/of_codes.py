"""Looking at codes: what a code stands for now, what came in the place of a closed house, and what is wrong with codes
and addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, exists, func, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from core.kernel.i18n import N_, _
from core.kernel.paging import Page
from core.kernel.problems import Invalid, Missing
from core.kernel.session import ENDED
from core.kernel.unit_of_work import UnitOfWork, query
from core.places.address import check_house_code
from core.places.models import Building, GivenCode, House
from core.places.queries import records
from core.places.queries.shared import below, page_of
from core.places.rules import building_address, door, short_address

MOST = 9_999
"""Nobody needs to know how many more there are."""
ROUNDS = 20
"""How often what came in the place of a house may have been replaced itself."""


@dataclass(frozen=True)
class Door:
    """A house that came in the place of another one."""

    id: int
    title: str
    code: str


@dataclass(frozen=True)
class CodeFound:
    """What a code stands for; `is_current` while it is in use there. A corrected house keeps its old codes; a closed
    one leads to its `successors`."""

    code: str
    house_id: int
    building_id: int
    is_current: bool
    closed_on: date | None
    successors: tuple[Door, ...]


@dataclass(frozen=True)
class CodeLine:
    """One code that a building or house carried, from when to when, and why it was given or closed."""

    code: str
    given_on: date
    closed_on: date | None
    why: str


@query("house.view")
def by_code(uow: UnitOfWork, text: str) -> CodeFound:
    """What a house code of 24 digits stands for, also one that is not in use any more. Raises Invalid for a wrong check
    digit, Missing for a code that nobody in the actor's branch was given."""
    try:
        code = check_house_code(text)
    except ValueError as trouble:
        raise Invalid(str(trouble), code=str(trouble)) from trouble
    given = uow.session.exec(select(GivenCode).where(GivenCode.code == code)).first()
    house = uow.get(House, given.about_id) if given else _carrier(uow, code)
    after = _followed(uow, house.id) if house.closed_on else ()
    is_current = house.closed_on is None and house.code == code
    return CodeFound(code, house.id, house.building_id, is_current, house.closed_on, after)


def _carrier(uow: UnitOfWork, code: str) -> House:
    """The house that carries a code which no register knows yet. Raises Missing."""
    found = uow.session.exec(select(House).where(House.code == code).execution_options(**ENDED)).first()
    if found is None:
        raise Missing(_("No house in your area was ever given this code."))
    return found


@query("house.view")
def successors(uow: UnitOfWork, house_id: int | str) -> tuple[Door, ...]:
    """The houses that stand in the place of a closed one today, however often that was rebuilt. Raises Missing."""
    return _followed(uow, uow.get(House, house_id).id)


@query("house.view")
def building_successors(uow: UnitOfWork, building_id: int | str) -> tuple[Door, ...]:
    """The buildings that stand in the place of a closed one today. Raises Missing."""
    last = _ends(uow, uow.get(Building, building_id).id)
    found = uow.session.exec(select(Building).where(col(Building.id).in_(last)))
    return tuple(Door(one.id, _title(one), one.code) for one in found)


def _followed(uow: UnitOfWork, house_id: int) -> tuple[Door, ...]:
    last = _ends(uow, house_id)
    joined = select(House, Building).where(House.building_id == Building.id, col(House.id).in_(last))
    found = uow.session.exec(joined.order_by(col(House.code)))
    return tuple(Door(house.id, _title(around, house), house.code) for house, around in found)


def _ends(uow: UnitOfWork, record_id: int) -> set[int]:
    """Where the steps from old to new lead in the end."""
    now, ends = {record_id}, set[int]()
    for _round in range(ROUNDS):
        steps = records.successions_of(uow, now)
        ends |= now - {step.about_id for step in steps} - {record_id}
        now = {step.new_id for step in steps}
    return ends | now


def _title(building: Building, house: House | None = None) -> str:
    place = building_address(building.road, building.number, building.estate, building.name)
    return short_address(door(place, house.unit, house.floor, house.room) if house else place)


@query("house.view")
def codes_of_house(uow: UnitOfWork, house_id: int | str) -> list[CodeLine]:
    """Every code that a house ever carried, the first one first. Raises Missing."""
    return [uow.show(CodeLine, one) for one in records.codes_of(uow, uow.get(House, house_id))]


# --- what is wrong with codes ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class CodeRule:
    """One thing that can be wrong. `small`: so slow to look for that it is only done in one community."""

    title: str
    help: str
    of: type[Building] | type[House]
    where: Callable[[], ColumnElement[bool]]
    fix: str
    small: bool = False


@dataclass(frozen=True)
class CodeCount:
    """One rule and how many cases there are; None where one has to choose a community first."""

    key: str
    title: str
    help: str
    count: int | None


@dataclass(frozen=True)
class CodeCase:
    """One building or house with something to put right, and the page that does it."""

    id: int
    area: str
    title: str
    detail: str
    href: str


def _check_digit(code: Any) -> ColumnElement[int]:
    """The last digit that ISO 7064 MOD 11,10 asks for after the first 23."""
    carry: Any = 10
    for place in range(1, 24):
        carry = ((carry + cast(func.substr(code, place, 1), Integer) + 9) % 10 + 1) * 2 % 11
    return (11 - carry) % 10  # type: ignore[no-any-return]


def _wrong_digit() -> ColumnElement[bool]:
    """Asked in this order, for letters are no numbers."""
    code = col(House.code)
    is_none = or_(func.length(code) != 24, func.ltrim(code, "0123456789") != "")
    return case((is_none, true()), else_=_check_digit(code) != cast(func.substr(code, 24, 1), Integer))


def _unentered(of: type[Building] | type[House]) -> ColumnElement[bool]:
    return ~exists().where(col(GivenCode.code) == of.code)


def _doubled() -> ColumnElement[bool]:
    other = aliased(Building)
    return exists().where(
        col(other.address) == Building.address, col(other.id) != Building.id, col(other.closed_on).is_(None)
    )


def _empty_building() -> ColumnElement[bool]:
    return ~exists().where(col(House.building_id) == Building.id)


RULES: dict[str, CodeRule] = {
    "provisional": CodeRule(
        title=N_("Buildings that wait for an address"),
        help=N_("Ask for the certificate or door number, then give the address; the code stays."),
        of=Building,
        where=lambda: col(Building.is_provisional).is_(True),
        fix="building_edit",
    ),
    "digit": CodeRule(
        title=N_("House codes with a wrong check digit"),
        help=N_("Open the house and give it the right code; the old one still leads to the house."),
        of=House,
        where=_wrong_digit,
        fix="house",
        small=True,
    ),
    "doubled": CodeRule(
        title=N_("Addresses that stand in two communities"),
        help=N_("Find out which community the building belongs to, and close the other one."),
        of=Building,
        where=_doubled,
        fix="building",
        small=True,
    ),
    "houseless": CodeRule(
        title=N_("Buildings without houses"),
        help=N_("Add the rooms, so that each door gets its code."),
        of=Building,
        where=_empty_building,
        fix="building_new",
    ),
    "unentered": CodeRule(
        title=N_("Codes that are not in the register of codes"),
        help=N_("Enter them, so that none is ever given a second time."),
        of=House,
        where=lambda: _unentered(House),
        fix="house",
        small=True,
    ),
}
LARGEST = 3
"""Levels of the path of a community."""


@query("house.view")
def code_counts(uow: UnitOfWork, under: str = "") -> list[CodeCount]:
    """Every rule with its number of cases at and below a path, at most MOST."""
    is_small = max(under, uow.actor.area, key=len).count("/") >= LARGEST
    told = {
        key: _count(uow, rule, under) if is_small or not rule.small else None for key, rule in RULES.items()
    }
    return [CodeCount(key, _(RULES[key].title), _(RULES[key].help), count) for key, count in told.items()]


def _count(uow: UnitOfWork, rule: CodeRule, under: str) -> int:
    some = select(rule.of.id).where(below(uow, rule.of, under), rule.where()).limit(MOST)
    return uow.session.exec(select(func.count()).select_from(some.subquery())).one()


@query("house.view")
def code_cases(
    uow: UnitOfWork, key: str, under: str = "", after: str | None = None, limit: int = 50
) -> Page[CodeCase]:
    """A page of what one rule finds, by grid. Raises Invalid for a rule there is not."""
    rule = RULES.get(key)
    if rule is None:
        raise Invalid(_("There is no such check."))
    return page_of(
        uow, rule.of, after, limit, lambda one: _case(rule, one), below(uow, rule.of, under), rule.where()
    )


def _case(rule: CodeRule, one: Building | House) -> CodeCase:
    detail = one.spot or one.code if isinstance(one, Building) else one.code
    return CodeCase(one.id, one.area, one.address, detail, f"{rule.fix}?id={one.id}")


def unentered(uow: UnitOfWork, of: Any, under: str) -> Sequence[Any]:
    """The buildings or houses, closed ones too, whose code stands in no register, inside the command that enters it."""
    asked = select(of).where(below(uow, of, under), _unentered(of))
    return uow.session.exec(asked.execution_options(**ENDED)).all()
