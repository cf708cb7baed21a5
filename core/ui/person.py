"""The parts of a person's profile."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st
from sqlmodel import SQLModel

from core.kernel import log
from core.kernel.fields import declared
from core.kernel.forms import named
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands
from core.people import queries as people
from core.people.models import DeclaredTag
from core.people.tags import declarable
from core.ui.facts import Fact, Looks, fact_list
from core.ui.form import Form, asked
from core.ui.page import show_problems
from core.ui.people import members_table
from core.ui.pieces import card, empty, hint, said
from core.ui.reveal import reveal_popover
from core.ui.table import Column, Row, chip, table
from core.ui.timeline import person_bars


def declared_facts(
    uow: UnitOfWork,
    model: type[SQLModel],
    values: Mapping[str, Any],
    area: str,
    looks: Looks | None = None,
    differs: Collection[str] = (),
) -> None:
    """Every field that the actor may see, under its heading; empty headings are left out. `looks` say how fresh each
    is, `differs` which of them say something else today.
    """
    fields = asked(uow, model, area=area)
    [values] = named(uow, fields, [dict(values)])
    for group in dict.fromkeys(known.facts.group for known in fields if known.facts.group):
        members = [known for known in fields if known.facts.group == group]
        if any(values.get(known.name) for known in members):
            with card(f"facts_{group}".lower().replace(" ", "_"), _(group)):
                fact_list(
                    (
                        Fact(
                            _(k.label), k.said(values.get(k.name), language.get()), k.name, k.name in differs
                        )
                        for k in members
                    ),
                    looks,
                )


def reveal_card(uow: UnitOfWork, person: people.PersonDetail) -> None:
    """Show one sealed field in full for a reason, which leaves a line in the log."""
    sealed = {
        name: _(title)
        for name, title in (("document_no", N_("Document number")), ("phone", N_("Phone")))
        if person.values.get(name)
    }
    reveal_popover(sealed, lambda name, why: commands.reveal(uow, person.id, name, why), key=str(person.id))


def household_card(uow: UnitOfWork, person: people.PersonDetail) -> None:
    """The household with its members, and what can be done with it."""
    with card("household", _("Household"), "family_restroom"), show_problems():
        if not person.household_id:
            empty(_("No household is known."), _("Enter one from the page of the house."))
            return
        home = people.household(uow, person.household_id)
        st.page_link(
            "pages/household.py",
            label=_("Household {number}").format(number=home.number or home.id),
            icon=":material/open_in_new:",
            query_params={"id": str(home.id)},
        )
        members_table(home.members, key="members", here=person.id)


def residences(uow: UnitOfWork, person_id: int) -> None:
    """Every home of the person over the years, the present one first; a click opens its period."""
    found = people.person_timeline(uow, person_id)
    if found:
        person_bars(found, key="residences")
    else:
        empty(_("No home is known."), _("Add one with “Moves or moves out”."))


def tags_card(uow: UnitOfWork, person_id: int, tags: Sequence[people.TagLine]) -> None:
    """Each service tag with its rule, source and expiry; those that the actor keeps can be added and withdrawn."""
    names = declarable(uow.actor)
    with card("tags", _("Service tags"), "sell"):
        for tag in tags:
            with st.container(horizontal=True, vertical_alignment="center"):
                until = _("until {day}").format(day=tag.expires_on) if tag.expires_on else ""
                st.markdown(
                    f"**{tag.title}** · {tag.why}  \n:gray[{tag.basis} {tag.source} {until}]", width="stretch"
                )
                if tag.declared_id and tag.key in names:
                    st.button(
                        _("Withdraw"),
                        key=f"tag-{tag.declared_id}",
                        type="tertiary",
                        on_click=commands.withdraw_tag,
                        args=(uow, tag.declared_id),
                    )
        if not tags:
            hint(_("No tag applies. Tags come from rules on the facts, or from a list with its source."))
        if names:
            _declare(uow, person_id, names)


def _declare(uow: UnitOfWork, person_id: int, names: Mapping[str, str]) -> None:
    """Add a tag that data cannot tell, with its source and expiry."""
    with st.popover(_("Add a tag"), icon=":material/new_label:"):
        form = Form(f"tag-{person_id}")
        with st.form(f"tag-{person_id}", border=False):
            tag = st.selectbox(
                _("Tag"), list(names), format_func=lambda key: names[key], key=f"{form.key}-tag"
            )
            known = [d for d in declared(DeclaredTag).values() if d.name != "tag"]
            values = form.ask(
                known, {"verified_on": date.today(), "expires_on": date.today() + timedelta(days=365)}
            )
            if form.handed_in(_("Add")):
                with form.saving(_("Added.")):
                    commands.declare_tag(uow, person_id, str(tag), **values)
                    st.rerun()


def trail_table(lines: Sequence[people.TrailLine]) -> None:
    """Who changed what and who looked, newest first: from the audit log."""
    tones = {"revealed": "warn", "refused": "bad", "done": "ok"}
    table(
        (
            Column("at", N_("Time"), "code"),
            Column("outcome", N_("Outcome")),
            Column("who", N_("Who"), "main"),
            Column("reason", N_("Reason")),
            Column("changes", N_("Changes"), "wide"),
        ),
        [
            Row(
                {
                    "at": said(line.at),
                    "outcome": chip(_(log.OUTCOMES.get(line.what, line.what)), tones.get(line.what, "")),
                    "who": line.who,
                    "reason": line.reason,
                    "changes": line.changes,
                }
            )
            for line in lines
        ],
        key="trail",
    )
