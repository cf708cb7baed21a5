"""Drafting, publishing and ending designs."""

from datetime import date

from core.designs import rules
from core.designs.models import REGISTER, Design, DesignVersion
from core.designs.queries import records
from core.designs.queries.of_designs import extendable
from core.designs.rules import Body, FieldPlan
from core.kernel.custom import FieldDefinition
from core.kernel.i18n import _
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork, command

SHORTEST_REASON = 4


@command("register.design")
def add_design(uow: UnitOfWork, of: str = REGISTER, title: str = "") -> int:
    """Begin a register, or the own fields of a kind of record (those there already are opened); its number.

    Raises Missing for a kind that cannot be extended.
    """
    if of == REGISTER:
        draft = Body(
            title=title.strip(), view=("clerk", "lead", "grid_worker"), edit=("clerk", "lead", "grid_worker")
        )
        return uow.add(
            Design, area=uow.actor.area, of=of, title=title.strip(), draft=draft.model_dump(mode="json")
        ).id
    if of not in extendable(uow):
        raise Missing(_("Nothing is here by that number, or it is not in your area."))
    there = records.of_kind(uow, of, uow.actor.area)
    return there.id if there else uow.add(Design, area=uow.actor.area, of=of).id


@command("register.design")
def save_draft(uow: UnitOfWork, design_id: int, seen: int | None, body: Body) -> None:
    """Keep a draft; nothing else changes. Raises Clash when somebody else saved the draft meanwhile."""
    design = uow.get(Design, design_id)
    if seen is not None and seen != design.version:
        raise Clash(
            _("Somebody else saved this design meanwhile. Open it again; your last step is not in it.")
        )
    uow.change(design, draft=body.model_dump(mode="json"))


@command("register.design")
def publish_design(uow: UnitOfWork, design_id: int, seen: int | None, why: str = "") -> int:
    """Put the draft in force at once, as the next version, and return its number.

    Raises Invalid for what cannot be published, Clash for a draft that changed meanwhile, Refused for fields of people
    that need the security administrator's approval first.
    """
    design = uow.get(Design, design_id)
    if seen is not None and seen != design.version:
        raise Clash(
            _("Somebody else saved this design meanwhile. Open it again; your last step is not in it.")
        )
    before = records.published(uow, design)
    body = rules.completed(rules.read(design.draft), before)
    used = records.use(uow, design.fields_of, body, before)
    rules.check(body, before, used, is_register=design.of == REGISTER)
    told = rules.changes(body, before)
    if not told:
        raise Invalid(_("Nothing has changed since the version in force."))
    _check_unwanted(design, body, why)
    number, kept = design.number + 1, body.model_dump(mode="json")
    facts = {"design_id": design.id, "number": number, "body": kept, "changes": told}
    uow.add(DesignVersion, area=design.area, at=uow.now, by=uow.actor.login, why=why.strip(), **facts)
    uow.change(design, number=number, title=body.title or design.title, draft=kept)
    _define(uow, design, body)
    return number


@command("register.approve")
def approve_design(uow: UnitOfWork, design_id: int, reason: str) -> None:
    """Agree, as the second person, to fields of people that an office should not keep without need."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Say why this may be kept."), reason=_("Write the reason in a few words."))
    design = uow.get(Design, design_id)
    uow.because(reason)
    mark = rules.digest(rules.read(design.draft))
    uow.change(design, approved={"digest": mark, "by": uow.actor.login, "why": reason.strip()})


@command("register.design")
def end_design(uow: UnitOfWork, design_id: int, reason: str) -> None:
    """Close a register: what is in it stays readable, nothing new comes in."""
    _end(uow, design_id, date.today(), reason)


@command("register.design")
def reopen_design(uow: UnitOfWork, design_id: int, reason: str = "") -> None:
    """Open a register again."""
    _end(uow, design_id, None, reason)


def _end(uow: UnitOfWork, design_id: int, day: date | None, reason: str) -> None:
    design = uow.get(Design, design_id)
    if design.of != REGISTER:
        raise Invalid(_("Only a register can be ended; end the fields one by one."))
    uow.because(reason)
    uow.change(design, ended_on=day)


def _check_unwanted(design: Design, body: Body, why: str) -> None:
    found = rules.unwanted(body)
    if not found:
        return
    named = "、".join(f"{label}（{what}）" for label, what in found.items())
    if len(why.strip()) < SHORTEST_REASON:
        said = _("These fields look like data an office should not keep: {named}. Say why they are needed.")
        raise Invalid(said.format(named=named), why=_("Write the reason in a few words."))
    if rules.is_of_people(design.of, body) and design.approved.get("digest") != rules.digest(body):
        said = _("The security administrator must agree first: {named}. The draft is on their list.")
        raise Refused(said.format(named=named))


def _define(uow: UnitOfWork, design: Design, body: Body) -> None:
    """Let the definitions that forms and lists read follow the published version."""
    there = records.definitions(uow, design)
    for position, plan in enumerate(body.fields):
        known = there.get(plan.key)
        columns = {**plan.columns(), "position": position, "ended_on": _ended_on(plan, known)}
        if known is None:
            uow.add(FieldDefinition, area=design.area, of=design.fields_of, **columns)
        else:
            uow.change(known, **columns)
    uow.known.pop(design.fields_of, None)


def _ended_on(plan: FieldPlan, known: FieldDefinition | None) -> date | None:
    before = known.ended_on if known else None
    return (before or date.today()) if plan.ended else None
