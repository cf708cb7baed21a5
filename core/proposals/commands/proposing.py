"""Handing in a form about a shared record: what the actor keeps is changed at once, the rest is proposed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.kernel import history
from core.kernel.crypto import Sealed
from core.kernel.fields import CUSTOM, Declared
from core.kernel.forms import form_fields
from core.kernel.i18n import _
from core.kernel.lines import side_name
from core.kernel.masking import differences, sealed_of, value_of
from core.kernel.problems import Clash, Invalid, Refused
from core.kernel.records import AreaRecord
from core.kernel.unit_of_work import UnitOfWork, command
from core.proposals.kinds import Kind, kind_of
from core.proposals.models import ABOUT, OPEN, Proposal, ProposedField
from core.proposals.queries import records
from core.proposals.rules import at_once, keepers

NOTHING = "-"
"""What is typed to take a number away: an empty box keeps it."""


@dataclass(frozen=True)
class HandedIn:
    """What became of a form: fields changed at once, and numbers of the proposals that were made."""

    changed: tuple[str, ...]
    proposals: tuple[int, ...]


@dataclass(frozen=True)
class _Wish:
    """What a form wants of a record: the changed fields with their declarations, and the record as it would be."""

    kind: Kind
    record: AreaRecord
    fresh: AreaRecord
    fields: Mapping[str, Declared]

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """What the fields are to say; a number to be taken away is written as the form writes it."""
        plain = {name: value_of(self.fresh, name) for name in names}
        return {n: NOTHING if v is None and self.fields[n].kind is Sealed else v for n, v in plain.items()}


@command("change.propose")
def hand_in(
    uow: UnitOfWork, /, of: str, record_id: int | str, *, seen: int | None, reason: str = "", **values: object
) -> HandedIn:
    """Change the fields that the actor keeps and propose the others, all or nothing.

    `values` are those of the form; what does not differ from the record is left alone. Raises Missing, Refused, Invalid
    (nothing differs, no reason, an impossible value) and Clash (changed meanwhile, field gone, proposed already).
    """
    kind = kind_of(of)
    uow.require(kind.view)
    wish = _wish(uow, kind, uow.get(kind.model, record_id), values)
    _check_seen(uow, wish, seen)
    direct = [name for name, known in wish.fields.items() if at_once(uow.actor, kind, known)]
    asked = [name for name in wish.fields if name not in direct]
    made = _propose(uow, wish, asked, reason) if asked else []
    if direct:
        uow.because(reason or (side_name(uow.actor.side) if uow.actor.side else ""))
        kind.change(uow, wish.record.id, seen=None, **wish.values(direct))
    return HandedIn(tuple(direct), tuple(made))


@command("change.propose")
def withdraw(uow: UnitOfWork, proposal_id: int | str) -> None:
    """Take a proposal of one's own back. Raises Missing, Refused for another's, Invalid when it is decided."""
    uow.change(_own(uow, proposal_id), state="withdrawn", decided_by=uow.actor.login, decided_at=uow.now)


@command("change.propose")
def answer(uow: UnitOfWork, proposal_id: int | str, text: str) -> None:
    """Answer what was asked back; the proposal waits for its decision again. Raises Missing, Refused, Invalid."""
    proposal = _own(uow, proposal_id)
    if len(text.strip()) < 2:
        raise Invalid(_("Write the answer in a few words."), answer=_("Write the answer in a few words."))
    uow.change(proposal, state="open", answer=text)


def _own(uow: UnitOfWork, proposal_id: int | str) -> Proposal:
    proposal = uow.get(Proposal, proposal_id)
    if proposal.proposer != uow.actor.login:
        raise Refused(_("Only the proposer does this."))
    if proposal.state not in OPEN:
        raise Invalid(_("This proposal is decided already."))
    return proposal


def _wish(uow: UnitOfWork, kind: Kind, record: AreaRecord, values: Mapping[str, object]) -> _Wish:
    """What differs from what the form showed. Raises Invalid when nothing does or a value cannot be, Clash for a field
    that is none."""
    fields = {f.name: f for f in form_fields(uow, kind.model, record.area)}
    fields = {n: f for n, f in fields.items() if n in kind.fields or n.startswith(CUSTOM)}
    if strange := [name for name in values if name not in fields]:
        said = _("This field is not to be changed here, or it was taken away meanwhile.")
        raise Clash(said, differences=None, **dict.fromkeys(strange, said))
    shown, typed = uow.values(record), dict[str, object]()
    for name, value in values.items():
        wanted = _number(value, shown[name]) if fields[name].kind is Sealed else value
        if (wanted or None) != (shown[name] or None):
            typed[name] = wanted
    fresh = uow.checked(kind.model, {**record.model_dump(), **sealed_of(record), **typed}, record)
    found = {name: fields[name] for name in typed if value_of(fresh, name) != value_of(record, name)}
    if not found:
        raise Invalid(_("Nothing was changed."))
    return _Wish(kind, record, fresh, found)


def _number(typed: object, shown: object) -> object:
    """A sealed number as the form means it: left empty it stays, "-" takes it away."""
    return None if str(typed or "").strip() == NOTHING else typed or shown


def _check_seen(uow: UnitOfWork, wish: _Wish, seen: int | None) -> None:
    """Raises Clash with the differences when somebody saved the record meanwhile."""
    if seen is not None and seen != wish.record.version:
        found = differences(uow.actor, wish.record, wish.fresh, wish.fields)
        raise Clash(_("Somebody else saved this record meanwhile."), differences=found)


def _propose(uow: UnitOfWork, wish: _Wish, names: Sequence[str], reason: str) -> list[int]:
    """One proposal for each set of sides that decide; their numbers."""
    if len(reason.strip()) < 2:
        said = _("Say why, so that the keeper can decide.")
        raise Invalid(said, reason=said)
    if twice := records.asked_already(uow, wish.kind.of, wish.record.id, names):
        said = _("A change of this field is proposed already and waits for its decision.")
        raise Clash(said, differences=None, **dict.fromkeys(twice, said))
    together: dict[str, list[str]] = {}
    for name in names:
        together.setdefault(keepers(wish.kind, wish.fields[name]), []).append(name)
    return [_add(uow, wish, sides, of_these, reason) for sides, of_these in together.items()]


def _add(uow: UnitOfWork, wish: _Wish, sides: str, names: Iterable[str], reason: str) -> int:
    actor, record = uow.actor, wish.record
    proposal = uow.add(
        Proposal,
        area=record.area,
        of=wish.kind.of,
        record_id=record.id,
        seen=record.version,
        keepers=sides,
        reason=reason.strip(),
        proposer=actor.login,
        proposer_name=actor.name,
        proposer_post=actor.post,
        proposed_at=uow.now,
    )
    for name in names:
        before, after = (value_of(one, name) for one in (record, wish.fresh))
        said = history.kept("before", before, ABOUT) | history.kept("after", after, ABOUT)
        uow.add(ProposedField, area=record.area, proposal_id=proposal.id, field=name, **said)
    return proposal.id
