"""Records for the commands and queries on proposals: only inside one, never for a screen."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import col, select

from core.kernel import history
from core.kernel.fields import Declared, declared
from core.kernel.problems import Missing
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork
from core.proposals.kinds import Kind, kind_of
from core.proposals.models import OPEN, Proposal, ProposedField


def fields_of(uow: UnitOfWork, proposal_id: int) -> list[ProposedField]:
    """The fields of a proposal in the order in which the form has them."""
    asked = select(ProposedField).where(ProposedField.proposal_id == proposal_id)
    return list(uow.session.exec(asked.order_by(col(ProposedField.id))))


def open_on(uow: UnitOfWork, of: str, record_id: int) -> list[Proposal]:
    """The open proposals about a record, oldest first."""
    asked = select(Proposal).where(
        Proposal.of == of, Proposal.record_id == record_id, col(Proposal.state).in_(OPEN)
    )
    return list(uow.session.exec(asked.order_by(col(Proposal.id))))


def asked_already(uow: UnitOfWork, of: str, record_id: int, names: Iterable[str]) -> set[str]:
    """Those of the fields that an open proposal in sight wants to change too."""
    ids = [proposal.id for proposal in open_on(uow, of, record_id)]
    asked = select(ProposedField.field).where(
        col(ProposedField.proposal_id).in_(ids), col(ProposedField.field).in_(list(names))
    )
    return set(uow.session.exec(asked))


def record_of(uow: UnitOfWork, proposal: Proposal) -> AreaRecord | None:
    """The record a proposal is about; None when it is gone or stands in another branch by now."""
    try:
        return uow.get(kind_of(proposal.of).model, proposal.record_id)
    except Missing:
        return None


def known_of(uow: UnitOfWork, kind: Kind, area: str) -> dict[str, Declared]:
    """Every field of a kind at a place, switched on or not."""
    return {**declared(kind.model), **uow.fields(kind.model, area)}


def value_of(kind: Kind, row: ProposedField, side: str) -> Any:
    """What a field is to say before or after, in its own type; numbers stay sealed."""
    return history.value_of(kind.model, row, side)
