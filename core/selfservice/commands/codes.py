"""Giving one-time codes: printed by the office after a look at the document, or sent to a registered phone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.kernel.crypto import keyring
from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.texts import mobile
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.models import Person
from core.people.rules import age_on
from core.selfservice.models import OwnCode
from core.selfservice.queries import records
from core.selfservice.rules import (
    CHILD,
    LIFE,
    SENT_A_DAY,
    check_receiver,
    fresh_code,
    fresh_slip,
    is_live,
)


@dataclass(frozen=True)
class Slip:
    """What is printed for somebody: the number of the slip and the code, and until when they open the page."""

    code_id: int
    person_id: int
    name: str
    number: str
    code: str
    good_until: datetime


@dataclass(frozen=True)
class Message:
    """What is to be sent where; never for a screen or a log."""

    phone: str
    code: str
    minutes: int


@command("own.code")
def give_code(uow: UnitOfWork, person_id: int | str, /, *, seen_document: bool, guardian: str = "") -> Slip:
    """A code on paper for somebody whose document was looked at; earlier ones end. Raises Invalid, Refused."""
    person = uow.get(Person, person_id)
    if not seen_document:
        said = _(
            "Look at the identity document first: the code opens everything that is held about the person."
        )
        raise Invalid(said, seen_document=said)
    check_receiver(person.state, age_on(person.birth, uow.today), guardian)
    _end_earlier(uow, person.id)
    code, number = fresh_code("paper"), fresh_slip()
    made = _file(uow, person, "paper", code, slip=number, guardian=guardian.strip())
    uow.because(_("Identity document seen"))
    uow.lines.append(uow.line("code given", about=f"Person/{person.id}", area=person.area))
    return Slip(made.id, person.id, person.name, number, code, made.good_until)


@command("own.enter")
def send_code(uow: UnitOfWork, house_id: int, typed: str) -> Message | None:
    """A code for the phone of the only person of a house who has it. None where nothing is to be sent: whoever asked is
    told the same words in any case."""
    try:
        phone = mobile(typed)
    except ValueError:
        return None
    found = records.reached(uow, house_id, keyring().index(phone, "phone"))
    grown = [one for one in found if age_on(one.birth, uow.today) >= CHILD]
    if len(found) != 1 or not grown or _sent_today(uow, found[0].id) >= SENT_A_DAY:
        return None
    code = fresh_code("sms")
    _end_earlier(uow, found[0].id, "sms")
    _file(uow, found[0], "sms", code, house_id=house_id)
    uow.lines.append(uow.line("code given", about=f"Person/{found[0].id}", area=found[0].area))
    return Message(phone, code, int(LIFE["sms"].total_seconds() // 60))


def mark(code_id: int, code: str) -> str:
    """The keyed mark of a code; the number of its record binds it to that."""
    return keyring().mac(f"{code_id}:{code}", "own-code")


def _file(uow: UnitOfWork, person: Person, channel: str, code: str, **more: object) -> OwnCode:
    until = uow.now + LIFE[channel]
    more.setdefault("house_id", records.home_of(uow, person.id))
    facts = {"area": person.area, "person_id": person.id, "channel": channel, "digest": ""}
    made = uow.add(OwnCode, **facts, **more, given_by=uow.actor.login, given_at=uow.now, good_until=until)
    return uow.change(made, digest=mark(made.id, code))


def _end_earlier(uow: UnitOfWork, person_id: int, channel: str = "paper") -> None:
    for one in records.codes_of(uow, person_id, uow.now - LIFE[channel]):
        if one.channel == channel and is_live(one, uow.now):
            uow.change(one, ended_at=uow.now)


def _sent_today(uow: UnitOfWork, person_id: int) -> int:
    sent = records.codes_of(uow, person_id, uow.now - timedelta(days=1))
    return sum(one.channel == "sms" for one in sent)
