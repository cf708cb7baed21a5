"""Homes of people, period by period: entered, ended, corrected, split, withdrawn and verified. What was said before
stays in the history, and each of these is a deed that can be taken back."""

from datetime import date

from core.kernel.codes import codes
from core.kernel.i18n import _
from core.kernel.undo import deed
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.filing import carry, file_person
from core.people.commands.reach import registered
from core.people.commands.shared import (
    confirm,
    count,
    end,
    file,
    leave,
    refuse,
    settle,
    stays_of,
)
from core.people.models import Household, Person, Residence
from core.people.queries import records
from core.people.rules import Period, Stay, stay_problems
from core.places.models import House


@command("residence.edit")
def start_residence(
    uow: UnitOfWork,
    person_id: int | str,
    house_id: int | str,
    kind: str = "owner",
    from_on: date | None = None,
    source: str = "",
) -> int:
    """The house becomes the person's home, who from then on stands in its grid; the home before ends that day. A
    temporary stay leaves the usual home as it is.

    Returns the number of the residence. Raises Invalid for days that cannot be.
    """
    person, house = registered(uow, person_id), uow.get(House, house_id)
    _say(uow, source)
    with deed(uow, "home_began", person, house):
        stay = settle(uow, person, house, kind, from_on)
        file_person(uow, person)
    return stay.id


@command("residence.edit")
def file_stay(
    uow: UnitOfWork,
    person_id: int | str,
    house_id: int | str,
    kind: str,
    from_on: date | None,
    to_on: date | None,
    source: str,
    reason: str = "",
) -> int:
    """Somebody lived in a house before, and no longer does. Returns the number of the residence. Raises Invalid for
    days that cannot be and for a period that contradicts another one.
    """
    person, house = registered(uow, person_id), uow.get(House, house_id)
    _must_say(source)
    if to_on is None:
        refuse({"to_on": _("Say until when; for the present home, enter a move.")})
    _check_kind(kind)
    _say(uow, source, reason)
    with deed(uow, "home_filed", person, house):
        stay = file(uow, person, house, Stay(house.id, kind, Period(from_on, to_on)))
    return stay.id


@command("residence.edit")
def end_residence(
    uow: UnitOfWork, residence_id: int | str, to_on: date, source: str = "", reason: str = ""
) -> None:
    """Somebody lived in a house until that day, and leaves the household there. Raises Invalid for a day
    that cannot be.
    """
    stay = uow.get(Residence, residence_id)
    person = registered(uow, stay.person_id)
    _say(uow, source, reason)
    with deed(uow, "home_ended", person, uow.get(House, stay.house_id)):
        was_home = stay.to_on is None
        end(uow, stay, to_on)
        _follow(uow, person, stay, has_left=was_home)


@command("residence.edit")
def correct_residence(
    uow: UnitOfWork,
    residence_id: int | str,
    *,
    kind: str,
    from_on: date | None,
    to_on: date | None,
    source: str,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """The period was otherwise; `source` says who knows. What was said before stays in the history. A newer version
    than `seen` raises Clash.

    Raises Invalid for a period that contradicts another one, and for a home opened again of somebody who is gone.
    """
    stay = uow.get(Residence, residence_id)
    person, house = registered(uow, stay.person_id), uow.get(House, stay.house_id)
    _must_say(source)
    _check_kind(kind)
    _check_reopened(person, stay, to_on)
    new = Stay(stay.house_id, kind, Period(from_on, to_on))
    refuse(stay_problems(new, stays_of(uow, person.id, but=stay.id), date.today()))
    _say(uow, source, reason)
    with deed(uow, "home_corrected", person, house):
        more = (to_on is None) - (stay.to_on is None)
        uow.change(stay, seen=seen, kind=kind, from_on=from_on, to_on=to_on, source=source)
        confirm(uow, stay, source)
        if more:
            count(uow, house.id, more)
        _follow(uow, person, stay, has_left=more < 0)


@command("residence.edit")
def split_residence(
    uow: UnitOfWork,
    residence_id: int | str,
    day: date,
    kind: str,
    source: str,
    reason: str = "",
) -> int:
    """From that day on somebody lived in the same house as something else, such as a tenant who bought it. Returns the
    number of the later period. Raises Invalid for a day outside the period or the same kind.
    """
    stay = uow.get(Residence, residence_id)
    person, house = registered(uow, stay.person_id), uow.get(House, stay.house_id)
    _must_say(source)
    _check_kind(kind)
    _check_between(stay, day)
    if kind == stay.kind:
        refuse({"kind": _("Choose as what the person lived there from that day on.")})
    _say(uow, source, reason)
    with deed(uow, "home_split", person, house):
        later = Stay(house.id, kind, Period(day, stay.to_on))
        end(uow, stay, day)
        fresh = file(uow, person, house, later)
        _follow(uow, person, stay)
    return fresh.id


@command("residence.edit")
def withdraw_residence(uow: UnitOfWork, residence_id: int | str, reason: str) -> None:
    """The person never lived there: the period leaves the register; history and deeds keep who said so. Raises Invalid
    without a reason."""
    stay = uow.get(Residence, residence_id)
    person, house = registered(uow, stay.person_id), uow.get(House, stay.house_id)
    if not reason.strip():
        refuse({"reason": _("Say why this was never so.")})
    _say(uow, "", reason)
    with deed(uow, "home_withdrawn", person, house):
        was_home = stay.to_on is None
        if was_home:
            count(uow, house.id, -1)
        uow.remove(stay)
        _follow(uow, person, stay, has_left=was_home)


@command("residence.edit")
def confirm_residence(uow: UnitOfWork, residence_id: int | str, source: str) -> None:
    """The period was found as filed; `source` is a code of `sources`. Raises Invalid."""
    _must_say(source)
    stay = uow.get(Residence, residence_id)
    registered(uow, stay.person_id)
    confirm(uow, stay, source)


def _say(uow: UnitOfWork, source: str, reason: str = "") -> None:
    """Who knows it, and why it is changed; what the work knows already stays."""
    if source:
        uow.known_from(source)
    if reason:
        uow.because(reason)


def _must_say(source: str) -> None:
    if source not in codes("sources"):
        refuse({"source": _("Say how you know: choose one of the sources.")})


def _check_kind(kind: str) -> None:
    if kind not in codes("residence_kind"):
        refuse({"kind": _("Say as what the person lives there.")})


def _check_reopened(person: Person, stay: Residence, to_on: date | None) -> None:
    if to_on is None and stay.to_on is not None and person.state != "here":
        refuse({"to_on": _("This person died or moved away; enter that they moved in instead.")})


def _check_between(stay: Residence, day: date) -> None:
    if day > date.today() or not (stay.from_on or date.min) < day < (stay.to_on or date.max):
        refuse({"day": _("Choose a day within the period.")})


def _follow(uow: UnitOfWork, person: Person, stay: Residence, *, has_left: bool = False) -> None:
    """Grid, household and search follow where somebody lives now."""
    household = uow.get(Household, person.household_id) if has_left and person.household_id else None
    if household and household.house_id == stay.house_id:
        leave(uow, person)
    if home := records.home(uow, person.id):
        carry(uow, person, home.area)
    file_person(uow, person)
