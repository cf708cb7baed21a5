"""Organisations in the relation graph: where somebody works and what they represent."""

from collections.abc import Sequence

from core.kernel.extensions import Tie, Ties
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.queries.of_places import REPRESENTS
from core.organisations.queries.of_ties import work_of


def _around(uow: UnitOfWork, people: Sequence[int]) -> list[Tie]:
    return [
        Tie(
            person_id=one.person_id,
            key=f"organisation/{one.organisation_id}",
            label=one.name,
            says=_("Legal head") if one.post == REPRESENTS else one.post or _("Works there"),
            href=f"organisation?id={one.organisation_id}",
        )
        for one in work_of(uow, people)
    ]


ties = Ties(title=N_("Organisations"), needs="organisation.view", around=_around)
