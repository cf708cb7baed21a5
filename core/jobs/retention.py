"""Deleting what is over: lists that were approved, and what goes every night by itself."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from core.attachments.taking import sweep
from core.kernel.i18n import N_, _
from core.kernel.jobs import Progress, job
from core.kernel.problems import Clash, Missing, Problem
from core.kernel.unit_of_work import UnitOfWork
from core.retention import commands, queries
from core.retention.models import ItemState
from core.retention.periods import kinds

KEPT = {"hold": N_("It is held."), "not over": N_("Its time is not over any more.")}


@job("retention.dispose", title=N_("Delete an approved list"), needs="retention.approve", is_machines=True)
def dispose(uow: UnitOfWork, progress: Progress, list_id: int) -> Mapping[str, Any]:
    """Take away what stands on the list, each in a transaction of its own, so that it can be gone on with."""
    found = queries.open_items(uow, list_id)
    told: Counter[str] = Counter()
    for number, (item_id, kind, record_id, why) in enumerate(found):
        progress(number / len(found), _("{n} of {all}").format(n=number, all=len(found)))
        state, said = (ItemState.KEPT, _(KEPT[why])) if why else _removed(uow, kind, record_id)
        commands.settle_item(uow, item_id, state, said)
        told[str(state)] += 1
    commands.close_list(uow, list_id)
    return dict(told)


def _removed(uow: UnitOfWork, kind: str, record_id: int) -> tuple[ItemState, str]:
    remove = kinds()[kind].remove
    assert remove is not None  # only what can be removed comes on a list
    try:
        remove(uow, record_id)
    except Missing:
        return ItemState.DELETED, ""
    except Clash:
        return ItemState.KEPT, _("Other records, such as register entries, still lean on it.")
    except Problem as trouble:
        return ItemState.KEPT, trouble.sentence
    return ItemState.DELETED, ""


@job("retention.night", title=N_("Delete what needs no list"), every="day")
def by_night(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """Pictures of identity documents, removed photos, old sign-ins and jobs; then files that nothing refers to."""
    told: dict[str, int] = {}
    for kind, numbers in queries.night_work(uow).items():
        progress(0.5, _(kinds()[kind].title))
        told[kind] = sum(_removed(uow, kind, number)[0] is ItemState.DELETED for number in numbers)
    progress(0.9, _("Clearing files away"))
    return {**told, "files": sweep(uow)}
