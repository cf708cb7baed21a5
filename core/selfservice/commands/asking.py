"""What somebody does at their own page: ask, take back, withdraw a consent, compare a number."""

from core.kernel.crypto import keyring
from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.texts import mobile, tidy
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.models import Person
from core.rights.models import Consent, SubjectRequest
from core.rights.rules import due_on
from core.selfservice.models import OwnVisit
from core.selfservice.queries.of_own import open_requests, parts_known
from core.selfservice.rules import ASKS, COMPARED, OPEN_REQUESTS


@command("own.ask")
def ask(uow: UnitOfWork, kind: str, *, part: str = "", wish: str = "") -> int:
    """A request about one's own data, due in thirty days; its number. The same once more, while
    it is open, is the same request. Raises Invalid, Clash for too many open ones."""
    person = uow.get(Person, uow.actor.person_id)
    if kind not in ASKS:
        raise Invalid(_("Choose what you want."), kind=_("Choose what you want."))
    if part and part not in parts_known():
        raise Invalid(_("Choose which part you mean."), part=_("Choose which part you mean."))
    if kind != "copy" and len(wish.strip()) < 2:
        said = _("Say in a few words what is wrong or what you want.")
        raise Invalid(said, wish=said)
    waiting = open_requests(uow)
    if again := next((n for n, *said in waiting if said == [kind, part, wish.strip()]), None):
        return again
    if len(waiting) >= OPEN_REQUESTS:
        raise Clash(_("Ten requests of yours wait for an answer already. The office answers them first."))
    facts = {"kind": kind, "part": part, "wish": wish.strip(), "channel": "online", "received_on": uow.today}
    about = {"area": person.area, "person_id": person.id, "name": person.name}
    return uow.add(SubjectRequest, **about, **facts, due_on=due_on(uow.today)).id


@command("own.ask")
def take_back(uow: UnitOfWork, request_id: int) -> None:
    """Take back a request of one's own that nobody has decided on. Raises Missing, Clash."""
    found = uow.get(SubjectRequest, request_id)
    if found.state != "open":
        raise Clash(_("This request is decided already."))
    uow.change(found, state="withdrawn", decided_at=uow.now, decided_by=uow.actor.login)


@command("own.ask")
def no_longer_agree(uow: UnitOfWork, consent_id: int) -> None:
    """Withdraw a consent of one's own at once; as easy as agreeing was (个人信息保护法 15). Raises Missing."""
    found = uow.get(Consent, consent_id)
    uow.change(found, withdrawn_on=found.withdrawn_on or uow.today)


@command("own.view")
def compare(uow: UnitOfWork, typed: str) -> str:
    """Which of one's own sealed fields says exactly what was typed: "document_no", "phone" or "". Counted: five in a
    visit. Raises Refused beyond that."""
    visit = uow.get(OwnVisit, uow.actor.session_id)
    if visit.compared >= COMPARED:
        raise Refused(_("You compared five numbers in this visit already."))
    uow.change(visit, compared=visit.compared + 1)
    person = uow.get(Person, uow.actor.person_id)
    marks = {"document_no": person.document_no_index, "phone": person.phone_index}
    given = {"document_no": keyring().index(tidy(typed)[:40], "document"), "phone": _phone_mark(typed)}
    return next((name for name, known in marks.items() if known and known == given[name]), "")


def _phone_mark(typed: str) -> str:
    try:
        return keyring().index(mobile(typed), "phone")
    except ValueError:
        return ""
