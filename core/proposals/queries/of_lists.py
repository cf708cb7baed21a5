"""Lists of proposals: what waits for my decision, what I proposed, what is open about a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from core.kernel import paging
from core.kernel.i18n import _
from core.kernel.paging import Page, column, write_key
from core.kernel.unit_of_work import UnitOfWork, query
from core.people.queries import Todo
from core.proposals.kinds import KINDS, called, kind_of
from core.proposals.models import Proposal, ProposedField
from core.proposals.queries import records
from core.proposals.rules import written


@dataclass(frozen=True)
class ProposalLine:
    """One proposal in a list: `title` is what the record is called, `fields` the names of what is to change."""

    id: int
    of: str
    record_id: int
    area: str
    title: str
    fields: str
    keepers: str
    reason: str
    proposer: str
    proposer_name: str
    proposer_post: str
    proposed_at: datetime
    state: str
    question: str
    why: str


@query("change.decide")
def to_decide(
    uow: UnitOfWork, *, of: str = "", after: str | None = None, limit: int = 50
) -> Page[ProposalLine]:
    """A page of open proposals that the actor decides about; `after` is the key of the page before."""
    where = [*_for_me(uow), *([col(Proposal.of) == of] if of else [])]
    return _page(uow, after, limit, *where)


@query("change.propose")
def mine(uow: UnitOfWork, *, after: str | None = None, limit: int = 50) -> Page[ProposalLine]:
    """A page of what the actor proposed, open or not."""
    return _page(uow, after, limit, col(Proposal.proposer) == uow.actor.login)


@query("change.propose")
def open_about(uow: UnitOfWork, of: str, record_id: int | str) -> list[ProposalLine]:
    """The open proposals about a record, oldest first. Raises Missing."""
    kind = kind_of(of)
    uow.require(kind.view)
    return _lines(uow, records.open_on(uow, of, uow.get(kind.model, record_id).id))


@query("home.view")
def todo(uow: UnitOfWork) -> list[Todo]:
    """What waits for the actor, for the workbench: decisions, and answers to what was asked back."""
    mine = [col(Proposal.proposer) == uow.actor.login, col(Proposal.state) == "asked"]
    found = []
    if uow.actor.may("change.decide"):
        found.append(_todo(uow, "decide", _("Proposals to decide"), _for_me(uow), "view="))
    if uow.actor.may("change.propose"):
        found.append(_todo(uow, "asked", _("Proposals with a question for me"), mine, "view=mine"))
    return [line for line in found if line.count]


def _todo(uow: UnitOfWork, kind: str, title: str, where: Sequence[ColumnElement[bool]], query: str) -> Todo:
    count = uow.session.exec(select(func.count()).select_from(Proposal).where(*where)).one()
    return Todo(kind, title, count, "proposals", query)


def _for_me(uow: UnitOfWork) -> list[ColumnElement[bool]]:
    """Open ones of my side and my permissions that somebody else made."""
    kinds = [
        kind.of for kind in KINDS.values() if uow.actor.may("record.line" if uow.actor.side else kind.edit)
    ]
    return [
        col(Proposal.state) == "open",
        col(Proposal.of).in_(kinds),
        col(Proposal.keepers).contains(written([uow.actor.side]), autoescape=True),
        col(Proposal.proposer) != uow.actor.login,
    ]


def _page(uow: UnitOfWork, after: str | None, limit: int, *where: ColumnElement[bool]) -> Page[ProposalLine]:
    """Proposals with their titles and fields, the newest first."""
    newest = paging.after(select(Proposal), [column(Proposal.id)], after, down=True)
    found = uow.session.exec(newest.where(*where).limit(limit + 1)).all()
    shown = found[:limit]
    return Page(_lines(uow, shown), write_key(shown[-1].id) if len(found) > limit else None)


def _lines(uow: UnitOfWork, shown: Sequence[Proposal]) -> list[ProposalLine]:
    titles, names = _titles(uow, shown), _fields(uow, shown)
    return [
        uow.show(ProposalLine, one, title=titles[one.id], fields="、".join(names.get(one.id, [])))
        for one in shown
    ]


def _titles(uow: UnitOfWork, proposals: Sequence[Proposal]) -> dict[int, str]:
    """Proposal -> what its record is called, masked; the kind when the record is out of sight."""
    found: dict[tuple[str, int], str] = {}
    for kind in KINDS.values():
        ids = {one.record_id for one in proposals if one.of == kind.of}
        if ids and uow.actor.may(kind.view):
            asked: Any = select(kind.model).where(col(kind.model.id).in_(ids))
            found.update(((kind.of, r.id), called(kind, uow.values(r))) for r in uow.session.exec(asked))
    return {one.id: found.get((one.of, one.record_id), _("A record that is gone")) for one in proposals}


def _fields(uow: UnitOfWork, proposals: Sequence[Proposal]) -> dict[int, list[str]]:
    """Proposal -> the labels of its fields."""
    of = {one.id: one for one in proposals}
    asked = (
        select(ProposedField).where(col(ProposedField.proposal_id).in_(of)).order_by(col(ProposedField.id))
    )
    labels: dict[int, list[str]] = {}
    for row in uow.session.exec(asked):
        one = of[row.proposal_id]
        known = records.known_of(uow, kind_of(one.of), one.area).get(row.field)
        labels.setdefault(one.id, []).append(_(known.label) if known else _("A field that was taken away"))
    return labels
