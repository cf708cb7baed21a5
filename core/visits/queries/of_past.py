"""The visits at a house, and at somebody's homes; everything here works inside a query or command."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, or_, select

from core.kernel.codes import code_name
from core.kernel.extensions import Link, Section
from core.kernel.i18n import _, language
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.models import Residence
from core.people.queries.shared import addresses
from core.places.models import CLOSED, House
from core.visits.models import VisitAct

MOST = 12


@query("visit.view")
def visits_at(uow: UnitOfWork, house_id: int) -> Section:
    """The newest visits at a house, each day of each worker in one line, and the way to the next. Raises Missing."""
    house = uow.get(House, house_id)
    asked = (
        select(VisitAct).where(VisitAct.house_id == house.id).order_by(col(VisitAct.at).desc()).limit(MOST)
    )
    rows = _by_visit(uow.session.exec(asked))
    way = Link(label=_("Open for a visit"), href=f"visit?id={house.id}", icon="door_front")
    return Section(
        columns=[("day", _("Day")), ("who", _("Who")), ("what", _("What was done")), ("note", _("Note"))],
        rows=rows,
        links=[way] if uow.actor.may("visit.edit") and house.state != CLOSED else [],
        empty=_("Nobody has visited this home yet."),
    )


def _by_visit(acts: Iterable[VisitAct]) -> list[tuple[dict[str, object], str]]:
    visits: dict[tuple[object, str], list[VisitAct]] = {}
    for act in acts:
        visits.setdefault((act.day, act.who_name or act.who), []).append(act)
    return [
        (
            {"day": str(day), "who": who, "what": _what(of), "note": "；".join(o.note for o in of if o.note)},
            "",
        )
        for (day, who), of in visits.items()
    ]


def _what(acts: Sequence[VisitAct]) -> str:
    names = (code_name("visit_act", act.kind, lang=language.get()) for act in reversed(acts))
    return "、".join(dict.fromkeys(names))


def visits_at_homes(uow: UnitOfWork, person_id: int) -> Section | None:
    """The visits at the homes of somebody while they lived there, newest first, inside a command."""
    came, left, day = col(Residence.from_on), col(Residence.to_on), col(VisitAct.day)
    asked = select(VisitAct).join(Residence, col(Residence.house_id) == VisitAct.house_id)
    asked = asked.where(Residence.person_id == person_id, or_(came.is_(None), day >= came))
    asked = asked.where(or_(left.is_(None), day <= left)).order_by(col(VisitAct.at).desc()).distinct()
    found = uow.session.exec(asked).all()
    at = addresses(uow, (act.house_id for act in found))
    columns = [
        ("day", _("Day")),
        ("address", _("Address")),
        ("what", _("What was done")),
        ("note", _("Note")),
    ]
    rows = [
        ({"day": act.day, "address": at.get(act.house_id, ""), "what": _what([act]), "note": act.note}, "")
        for act in found
    ]
    return Section(columns=columns, rows=rows) if rows else None
