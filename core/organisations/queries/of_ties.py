"""Where people work now and what they represent, for the relation graph."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from core.kernel.unit_of_work import UnitOfWork, query
from core.organisations.models import Organisation, Staff
from core.organisations.queries.of_places import REPRESENTS
from core.organisations.queries.shared import seen_organisations


@dataclass(frozen=True)
class WorkTie:
    """One person at one organisation: `post` is a word, or REPRESENTS for the legal representative."""

    person_id: int
    organisation_id: int
    area: str
    name: str
    post: str


@query("organisation.view")
def work_of(uow: UnitOfWork, people: Sequence[int]) -> list[WorkTie]:
    """Where these people work now and what they represent, as far as it is in sight; open organisations only."""
    now = select(Staff).where(col(Staff.person_id).in_(people), col(Staff.to_on).is_(None))
    posts = uow.session.exec(now.order_by(col(Staff.id))).all()
    at = seen_organisations(uow, (post.organisation_id for post in posts))
    found = [
        uow.show(
            WorkTie,
            at[p.organisation_id],
            person_id=p.person_id,
            organisation_id=p.organisation_id,
            post=p.post,
        )
        for p in posts
        if p.organisation_id in at and at[p.organisation_id].state == "open"
    ]
    led = select(Organisation).where(
        col(Organisation.legal_person_id).in_(people), Organisation.state == "open"
    )
    found += [
        uow.show(WorkTie, one, person_id=one.legal_person_id, organisation_id=one.id, post=REPRESENTS)
        for one in uow.session.exec(led.order_by(col(Organisation.id)))
    ]
    return found
