"""Relations between people, and declared tags."""

from datetime import date
from typing import Any

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.reach import registered
from core.people.commands.shared import refuse
from core.people.models import DeclaredTag, Relation
from core.people.queries import records
from core.people.rules import inverse, may_relate
from core.people.tags import DECLARED, declarable


@command("person.edit")
def relate(uow: UnitOfWork, person_id: int | str, other_id: int | str, kind: str) -> None:
    """The other is the person's `kind` (GB/T 4761); the way back is stored with it. A known relation is
    corrected.

    Raises Invalid for one and the same person and for codes that say nothing about two people.
    """
    person, other = registered(uow, person_id), registered(uow, other_id)
    if person.id == other.id:
        raise Invalid(_("Nobody is related to themselves."))
    if not may_relate(kind):
        refuse({"kind": _("Choose how the two are related.")})
    known = records.ties_between(uow, person.id, other.id)
    for one, to, code in ((person, other, kind), (other, person, inverse(kind, person.sex))):
        if tie := known.get((one.id, to.id)):
            uow.change(tie, kind=code)
        else:
            uow.add(Relation, area=one.area, person_id=one.id, other_id=to.id, kind=code)


@command("person.edit")
def unrelate(uow: UnitOfWork, person_id: int | str, other_id: int | str) -> None:
    """Take the relation of two people away, in both directions. Raises Missing when there is none."""
    ties = records.ties_between(uow, int(person_id), int(other_id))
    if not ties:
        raise Missing(_("No relation is known between the two."))
    for tie in ties.values():
        uow.remove(tie)


@command("person.tags")
def declare_tag(
    uow: UnitOfWork,
    person_id: int | str,
    tag: str,
    *,
    source: str,
    verified_on: date | None = None,
    expires_on: date | None = None,
) -> int:
    """A tag that data cannot tell, with who says so; the same tag again renews it. Returns its number.

    Raises Refused for a tag the actor may not see, Invalid for one that cannot be declared or without a
    source.
    """
    person = registered(uow, person_id)
    if tag not in DECLARED:
        refuse({"tag": _("This tag cannot be declared.")})
    _check_keeper(uow, tag)
    day = verified_on or date.today()
    _check_tag(source, day, expires_on)
    values: dict[str, Any] = {"source": source.strip(), "verified_on": day, "expires_on": expires_on}
    if known := records.tag_of(uow, person.id, tag):
        return uow.change(known, **values).id
    return uow.add(DeclaredTag, area=person.area, person_id=person.id, tag=tag, **values).id


@command("person.tags")
def withdraw_tag(uow: UnitOfWork, declared_id: int | str, reason: str = "") -> None:
    """Take a declared tag away; the audit log keeps it. Raises Missing, and Refused for one that is not the actor's."""
    uow.because(reason)
    given = uow.get(DeclaredTag, declared_id)
    _check_keeper(uow, given.tag)
    uow.remove(given)


def _check_keeper(uow: UnitOfWork, tag: str) -> None:
    """Raises Refused for a tag that the role may not see or that another line keeps."""
    if tag not in declarable(uow.actor):
        raise Refused(_("This service tag is kept by another line or needs another role."))


def _check_tag(source: str, day: date, expires_on: date | None) -> None:
    wrong = {} if source.strip() else {"source": _("Say who says so: a list, a certificate, or the person.")}
    if expires_on and expires_on < day:
        wrong["expires_on"] = _("A tag cannot expire before it was verified.")
    refuse(wrong)
