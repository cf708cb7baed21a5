"""One self-report on the screen: beside the register field by field, and what may be done with it with one hand."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.claims import commands, queries
from core.claims.queries import ClaimDetail, FieldLine, PartLine
from core.claims.rules import ADD, NOTHING, OUT
from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.ui.claims import STATES, TONES, beside_table
from core.ui.form import choose
from core.ui.page import show_problems
from core.ui.pieces import Tone, card, chips, coded, facts, hint, link
from core.ui.reveal import reveal_popover
from core.ui.table import Cell, Column, Row, chip, table

FIELDS = (
    Column("label", N_("Field"), "main"),
    Column("register", N_("In the register"), "labelled"),
    Column("said", N_("Report"), "labelled"),
    Column("others", N_("Others say"), "labelled"),
    Column("state", N_("State")),
)
ICONS = {
    NOTHING: "check_circle",
    ADD: "person_add",
    "change_person": "edit_note",
    OUT: "logout",
    "house": "home",
    "organisation": "storefront",
}


def heading(uow: UnitOfWork, found: ClaimDetail) -> None:
    """Where, who, how urgent; and how the reporter can be asked back."""
    with card("claim", found.address, "home"):
        chips(_marks(found))
        contact = " ".join(word for word in (found.contact_name, found.contact_phone or "") if word)
        told = {
            _("Who reports"): coded("claim_reporter", found.who),
            _("Contact"): contact,
            _("Handed in"): found.handed_in_at,
            _("To be verified by"): found.due_on,
            _("Consent texts"): "、".join(found.texts),
        }
        more = {_("Note of the reporter"): found.note, _("Corrected"): found.corrected_at}
        more |= {_("Decided by"): found.decided_by, _("Answer to the reporter"): found.why}
        facts(told | {label: value for label, value in more.items() if value})
        with st.container(horizontal=True, vertical_alignment="center"):
            link(_("Open the house"), f"house?id={found.house_id}", "home")
            if uow.actor.may("visit.edit"):
                link(_("Visit"), f"visit?id={found.house_id}", "directions_walk")
            if found.contact_phone and uow.actor.may("person.reveal"):
                reveal_popover(
                    {"contact_phone": _("Phone of the reporter")},
                    lambda name, reason: commands.reveal(uow, found.id, name, reason),
                    key=f"claim-{found.id}",
                )


def _marks(found: ClaimDetail) -> list[tuple[str, Tone, str]]:
    marks: list[tuple[str, Tone, str]] = [(coded(STATES, found.state), TONES.get(found.state, ""), "")]
    if found.is_open and found.is_urgent:
        marks.append(
            (_("Urgent"), "bad", _("A child, an old person, or a home that is registered as vacant."))
        )
    if found.urgency == "overdue":
        marks.append((_("Overdue"), "bad", ""))
    if found.is_closed:
        marks.append((_("The house is closed"), "bad", _("The report can only be closed as out of date.")))
    return marks


def parts(uow: UnitOfWork, found: ClaimDetail) -> None:
    """What is said, beside the register; while it is open, what to accept of it, and the three ways on."""
    if not found.is_open or found.is_closed or not uow.actor.may("claim.handle"):
        for part in found.parts:
            with card(f"part_{part.part}", part.title, ICONS.get(part.kind, "info")):
                _fields(found, part)
        if found.is_open and found.is_closed and uow.actor.may("claim.handle"):
            _out_of_date(uow, found)
        return
    key = f"claim-{found.id}-{found.seen}"
    with st.form(key, border=False):
        taken, more = _asked(found, key)
        answer = st.text_input(
            _("Answer to the reporter"),
            key=f"{key}-answer",
            max_chars=200,
            help=_("Needed when something is not accepted; the reporter reads it."),
        )
        with st.container(horizontal=True, key="claim_ways"):
            takes = st.form_submit_button(
                _("Accept"), type="primary", icon=":material/check:", key=f"{key}-take"
            )
            visits = st.form_submit_button(
                _("Visit needed"), icon=":material/directions_walk:", key=f"{key}-visit"
            )
            refuses = st.form_submit_button(_("Refuse all"), icon=":material/close:", key=f"{key}-refuse")
    with show_problems():
        if visits:
            commands.ask_visit(uow, found.id, answer)
            _done(_("It stands on the visit list."))
        if takes and not found.parts:
            commands.read(uow, found.id, answer)
            _done(_("Closed."))
        if takes or refuses:
            accepted = taken if takes else []
            state = commands.decide(uow, found.id, accepted, reason=answer, seen=found.seen, more=more)
            _done(coded(STATES, state))


def _out_of_date(uow: UnitOfWork, found: ClaimDetail) -> None:
    """The house is closed: nothing of the report can be taken any more."""
    if st.button(_("Close as out of date"), key=f"claim-outdated-{found.id}", icon=":material/event_busy:"):
        with show_problems():
            commands.decide(uow, found.id, [], reason=_("The house is closed"))
            _done(coded(STATES, "outdated"))


def _asked(found: ClaimDetail, key: str) -> tuple[list[int], dict[int, Mapping[str, Any]]]:
    """The fields that are to be accepted, and what is chosen beside them, by part."""
    taken: list[int] = []
    more: dict[int, Mapping[str, Any]] = {}
    for part in found.parts:
        with card(f"part_{part.part}", part.title, ICONS.get(part.kind, "info")):
            _fields(found, part)
            taken += _chosen(part, f"{key}-{part.part}")
            more[part.part] = _more(part, f"{key}-{part.part}")
    return taken, more


def _chosen(part: PartLine, key: str) -> list[int]:
    """The fields of a part that are to be accepted: all of them, unless one is tapped."""
    names = {line.id: line.label for line in part.fields}
    return st.pills(
        _("Accept (tap to leave a field out)"),
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        default=list(names),
        key=f"{key}-fields",
    )


def _more(part: PartLine, key: str) -> dict[str, Any]:
    """What only the office can say: who is meant, who becomes the head, which household is joined, what kind it is."""
    found: dict[str, Any] = {}
    if part.candidates:
        people = {
            str(one.person_id): f"{one.name} {one.birth} {one.home} {one.why}" for one in part.candidates
        }
        somebody_new = {"": _("Somebody new")} if part.kind == ADD else {}
        is_certain = part.kind == OUT or part.candidates[0].why == _("Same document number")
        found["person_id"] = choose(
            _("Who is it?"),
            {**people, **somebody_new},
            f"{key}-who",
            next(iter(people)) if is_certain else "",
        )
    if part.heads:
        heads = {str(one.person_id): f"{one.name} {one.birth}" for one in part.heads}
        found["head_id"] = choose(_("New head of the household"), heads, f"{key}-head", next(iter(heads)))
    if part.households:
        there = {"auto": _("As reported"), **{str(one.household_id): one.title for one in part.households}}
        chosen = choose(_("Household"), {**there, "": _("One of their own")}, f"{key}-household", "auto")
        found |= {} if chosen == "auto" else {"household_id": chosen}
    if part.wants_kind:
        kinds = codes("organisation_kind", lang=language.get())
        found["kind"] = choose(_("Kind of organisation"), kinds, f"{key}-kind", "trader")
    return found


def _fields(found: ClaimDetail, part: PartLine) -> None:
    """The diff of one part; somebody's name stands in it as plain text."""
    if part.about:
        chips([(part.about, "info", "")])
    if part.kind == NOTHING:
        hint(
            _(
                "The reporter says that everything is as registered. Accepting verifies the house and who lives there."
            )
        )
        return
    cells = [_cells(found, line) for line in part.fields]
    columns = [one for one in FIELDS if any(row[one.name] for row in cells)]
    table(columns, [Row(row) for row in cells], key=f"fields-{found.id}-{part.part}")


def _cells(found: ClaimDetail, line: FieldLine) -> dict[str, Cell]:
    marks = [chip(_("As registered"), "ok")] if line.is_same else []
    if line.is_told:
        marks.append(chip(_("For information"), "", _("The register has no such field.")))
    if line.before:
        told = _("When it was reported the register said: {value}").format(value=line.before)
        marks.append(chip(_("Changed meanwhile"), "warn", told))
    if not found.is_open:
        marks = [chip(coded("claim_state", line.state), TONES.get(line.state, ""))]
    return {
        "label": line.label,
        "register": line.register,
        "said": chip(line.said, "ok" if line.is_same else "info"),
        "others": [chip(words, "bad") for words in line.others],
        "state": marks,
    }


def side_by_side(uow: UnitOfWork, found: ClaimDetail) -> None:
    """The other open reports of the house, when there are any."""
    if found.others:
        with card("beside", _("Reports of this house side by side"), "view_week"), show_problems():
            beside_table(queries.beside(uow, found.house_id), found.id, key=f"beside-{found.house_id}")


def afterwards(uow: UnitOfWork, found: ClaimDetail) -> None:
    """What may be done with a report that is decided, and the way to the next one."""
    with st.container(horizontal=True, vertical_alignment="center"), show_problems():
        if uow.actor.may("claim.handle"):
            if found.can_undo and st.button(
                _("Take back what was accepted"), key=f"claim-undo-{found.id}", icon=":material/undo:"
            ):
                commands.undo(uow, found.id)
                _done(_("Taken back."))
            if found.state == "refused" and st.button(
                _("Decide anew"), key=f"claim-reopen-{found.id}", icon=":material/refresh:"
            ):
                commands.reopen(uow, found.id)
                _done(_("Open again."))
        waiting = queries.claims(uow, queries.ClaimFilter(), limit=2).items
        after = next((one for one in waiting if one.id != found.id), None)
        if after is not None:
            link(_("Next: {address}").format(address=after.address), f"claim?id={after.id}", "navigate_next")
        link(_("All self-reports"), "claims", "list")


def _done(message: str) -> None:
    st.toast(message, icon=":material/check_circle:")
    st.rerun()
