"""The community reviews, the street approves; never the same person twice. What is approved takes effect at once."""

from collections.abc import Mapping
from typing import Any

from core.kernel.i18n import _
from core.kernel.problems import Invalid, Refused
from core.kernel.undo import steps_of
from core.kernel.unit_of_work import UnitOfWork, command
from core.people.commands.merging import undo_deed
from core.places.commands.giving import end_codes, give
from core.places.models import Building, House
from core.rebuilding.commands.applying import check_open, write_step
from core.rebuilding.commands.effect import take_effect
from core.rebuilding.models import HouseChange
from core.rebuilding.queries import records
from core.rebuilding.rules import ANSWERS, APPROVES, REVIEWS


@command("rebuild.review")
def review(
    uow: UnitOfWork, application_id: int | str, answer: str, said: str = "", seen: int | None = None
) -> str:
    """The community's answer: "pass" hands it to the street, "return" and "refuse" need a sentence; the new state.

    Raises Refused for the applicant and for people of one grid only, Invalid for one in another state, Clash.
    """
    change = _in_state(uow, application_id, "applied")
    if uow.actor.login == change.applicant:
        raise Refused(_("Nobody reviews their own application."))
    if records.level_of_actor(uow) not in REVIEWS:
        raise Refused(_("The community reviews applications, not a grid."))
    return _answer(uow, change, answer, said, seen, {"reviewer": uow.actor.login})


@command("rebuild.approve")
def decide(
    uow: UnitOfWork,
    application_id: int | str,
    answer: str,
    said: str = "",
    *,
    stays: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> str:
    """The street's answer: "pass" puts the change into effect at once, all or nothing; "return" and "refuse" need a
    sentence. `stays` says of people for whom it was not said yet where they go. Returns the new state.

    Raises Refused for who applied or reviewed and for levels below the street, Invalid with what is still to be
    decided, Clash for an application or register that changed meanwhile.
    """
    change = _in_state(uow, application_id, "reviewed")
    if uow.actor.login in (change.applicant, change.reviewer):
        raise Refused(_("Who applied or reviewed does not approve as well."))
    if records.level_of_actor(uow) not in APPROVES:
        raise Refused(_("The street approves applications."))
    told = {"approver": uow.actor.login, "decided_at": uow.now}
    if answer != "pass":
        return _answer(uow, change, answer, said, seen, told)
    uow.because(said or change.reason)
    kept = {key: str(place) for key, place in (stays or {}).items() if str(place)}
    uow.change(change, seen=seen, stays={**change.stays, **kept})
    take_effect(uow, change, {**told, "state": "effective"})
    write_step(uow, change, "approve", said)
    return change.state


@command("rebuild.approve")
def take_back(uow: UnitOfWork, application_id: int | str, reason: str) -> None:
    """Take the effect back: the old houses stand again, the new ones go, everybody is where they were; codes that were
    given stay used. The application waits for the street again.

    Raises Clash with what has changed since, Refused as for approving, Invalid without a reason.
    """
    change = _in_state(uow, application_id, "effective")
    if records.level_of_actor(uow) not in APPROVES:
        raise Refused(_("The street approves applications."))
    if len(reason.strip()) < 2:
        said = _("Write the reason in a few words.")
        raise Invalid(said, reason=said)
    done = records.deed_of(uow, change)
    made = [
        uow.session.get(step_kind, step.id)
        for step in steps_of(done)
        for step_kind in _born(step.kind, step.sign)
    ]
    for record in made:
        if record is not None:
            end_codes(uow, record, "undone")
    reopened: list[House | Building] = [
        *records.houses_about_closed(uow, change),
        *records.building_closed(uow, change),
    ]
    undo_deed(uow, done.id, reason)
    for record in reopened:
        give(uow, record)
    write_step(uow, change, "undo", reason)


def _born(kind: str, sign: str) -> list[Any]:
    return (
        [{"House": House, "Building": Building}[kind]]
        if sign == "+" and kind in ("House", "Building")
        else []
    )


def _in_state(uow: UnitOfWork, application_id: int | str, state: str) -> HouseChange:
    change = uow.get(HouseChange, application_id)
    if change.state != "effective":
        check_open(change)
    if change.state != state:
        raise Invalid(_("This application is at another step now; look at it again."))
    return change


def _answer(
    uow: UnitOfWork, change: HouseChange, answer: str, said: str, seen: int | None, told: Mapping[str, Any]
) -> str:
    if answer not in ANSWERS:
        raise Invalid(_("Choose what becomes of the application."))
    if answer != "pass" and len(said.strip()) < 2:
        why = _("Say why, so that the applicant can understand it.")
        raise Invalid(why, said=why)
    step, state = ANSWERS[answer]
    uow.because(said)
    uow.change(change, seen=seen, state=state, **told)
    write_step(uow, change, step, said)
    return state
