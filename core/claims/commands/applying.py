"""What accepted statements do to the register: the ordinary commands, one after the other, inside one transaction."""

from collections.abc import Callable, Mapping, Sequence

from core.claims.commands import of_people
from core.claims.commands.parts import Part, point, reason_of
from core.claims.models import SOURCE
from core.claims.queries import records
from core.claims.rules import ADD, CHANGE, FIRM, HOUSE, NOTHING, OUT
from core.kernel import freshness
from core.kernel.i18n import _
from core.kernel.masking import value_of
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.organisations import commands as firms
from core.organisations.models import Organisation
from core.organisations.rules import GONE, kind_of
from core.people import commands as people
from core.places import commands as places
from core.places.models import House

NEEDS = {
    NOTHING: ("house.edit", "person.edit"),
    ADD: ("person.edit", "household.edit"),
    CHANGE: ("person.edit", "household.edit", "residence.edit"),
    OUT: ("household.edit",),
    HOUSE: ("house.edit",),
    FIRM: ("organisation.edit",),
}
"""Whoever accepts a statement must be allowed to do by hand what it does."""
ORDER = (CHANGE, OUT, ADD, HOUSE, FIRM, NOTHING)
"""Who moves out makes room for who moves in; the state of the house comes after its people."""


def apply(uow: UnitOfWork, parts: Sequence[Part]) -> None:
    """Every accepted statement, in an order in which they fit together, inside a command; each value says what it is
    known from.

    Raises what the ordinary commands raise.
    """
    for part in sorted(parts, key=lambda one: ORDER.index(one.kind)):
        for permission in NEEDS[part.kind]:
            uow.require(permission)
        uow.known_from(SOURCE)
        uow.because(reason_of(part.claim))
        APPLY[part.kind](uow, part)


def _nothing(uow: UnitOfWork, part: Part) -> None:
    """The house, and that these people live there, is as registered."""
    places.verify_house(uow, part.house.id, SOURCE)
    for person, _stay in records.residents(uow, part.house.id):
        people.verify_person(uow, person.id, SOURCE, ["home"])


def _house(uow: UnitOfWork, part: Part) -> None:
    house, values = uow.get(House, part.house.id), part.of(House)
    if values.get("state") == "vacant" and house.residents:
        said = _("{n} people are still registered here. Accept that they moved out first.")
        raise Invalid(said.format(n=house.residents))
    news = {name: value for name, value in values.items() if value_of(house, name) != value}
    if news:
        places.edit_house(uow, house.id, None, **news)
    same = [name for name in values if name not in news]
    if same:
        freshness.confirm(uow, house, same, SOURCE)


def _firm(uow: UnitOfWork, part: Part) -> None:
    values = part.of(Organisation)
    state, closed_on = values.pop("state", ""), values.pop("closed_on", None)
    number = part.items[0].organisation_id
    if number is None:
        if not values.get("credit_code") and part.more.get("kind"):
            values["kind"] = part.more["kind"]
        number = firms.add_organisation(uow, house_id=part.house.id, **values)
        point(part, organisation_id=number)
    elif values:
        now = uow.get(Organisation, number)
        if code := values.get("credit_code"):
            values.setdefault("kind", kind_of(code))
        firms.edit_organisation(
            uow, number, seen=None, **{n: v for n, v in values.items() if value_of(now, n) != v}
        )
    if state in GONE:
        firms.close_organisation(uow, number, closed_on, state)
    firms.verify_organisation(uow, number, SOURCE)


APPLY: Mapping[str, Callable[[UnitOfWork, Part], None]] = {
    NOTHING: _nothing,
    ADD: of_people.add,
    CHANGE: of_people.change,
    OUT: of_people.move_out,
    HOUSE: _house,
    FIRM: _firm,
}
