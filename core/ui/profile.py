"""What stands on the profile of a person beside the facts: the heading, what should be looked at, and the past."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.kernel.unit_of_work import UnitOfWork
from core.people import commands
from core.people import queries as people
from core.people.models import Person
from core.ui.facts import Looks
from core.ui.history import banner
from core.ui.page import show_problems
from core.ui.people import members_table
from core.ui.person import declared_facts
from core.ui.pieces import Tone, ago, card, chips, coded, empty, freshness_tone, link
from core.ui.verify import verify_button

OTHER_FIELDS = {"home": N_("Home"), "household_id": N_("Household")}
QUIET_TAG = "流动人口"
"""Said by the category already."""


def key_fields(names: Sequence[str]) -> dict[str, str]:
    """The fields of a person that are confirmed one by one, with their labels."""
    known = declared(Person)
    return {name: _(known[name].label) if name in known else _(OTHER_FIELDS[name]) for name in names}


def who(person: people.PersonDetail, tags: Sequence[people.TagLine] = ()) -> None:
    """Name, and the marks one looks for first."""
    values = person.values
    gone: list[tuple[str, Tone, str]] = [(coded("person_state", values["state"]), "bad", "")]
    marks: list[tuple[str, Tone, str]] = [
        (coded("gbt2261_1_sex", values["sex"]), "", ""),
        (_("{n} years").format(n=person.age), "", str(values["birth"])),
        (coded("person_category", values["category"]), "info", ""),
        *(gone if values["state"] != "here" else []),
        (
            _("Verified {when}").format(when=ago(person.verified_at)),
            freshness_tone(person.verified_at),
            person.verified_by,
        ),
        *((tag.title, "warn" if tag.sensitive else "ok", tag.why) for tag in tags if tag.key != QUIET_TAG),
    ]
    st.subheader(str(values["name"]), anchor=False)
    chips(marks)


def verify_person(uow: UnitOfWork, person: people.PersonDetail, looks: Looks) -> None:
    """The button that confirms the person or some facts."""
    verify_button(
        lambda source, fields=(): commands.verify_person(uow, person.id, source, fields),
        key=f"person-{person.id}",
        fields=key_fields(Person.key_fields),
        looks=looks,
    )


def _strip(key: str) -> DeltaGenerator:
    """A line that asks for attention."""
    return st.container(key=f"strip_{key}", horizontal=True, vertical_alignment="center")


def strips(uow: UnitOfWork, kind: str, record_id: int) -> None:
    """What is left behind here, each with the way to put it right, and whether somebody is filed twice."""
    if not uow.actor.may("check.view"):
        return
    with show_problems():
        for found in people.findings_of(uow, kind, record_id):
            with _strip(f"{kind}_{found.id}_{found.href}"):
                about = " · ".join(part for part in (found.about, found.detail) if part)
                st.markdown(f":orange[:material/warning:] **{found.title}**  :gray[{about}]", width="stretch")
                link(_("Put right"), found.href, "build")


def twins_strip(uow: UnitOfWork, person_id: int) -> None:
    """Whether the person may be filed twice."""
    if not uow.actor.may("person.merge"):
        return
    with show_problems():
        for pair in people.pairs_about(uow, person_id):
            other = pair.other if pair.one.id == person_id else pair.one
            with _strip(f"pair_{pair.id}"):
                why = "、".join(reason.said for reason in pair.reasons)
                said = _("Perhaps filed twice: {name}, {address}")
                words = said.format(name=other.name, address=other.address or "—")
                st.markdown(f":blue[:material/content_copy:] **{words}**  :gray[{why}]", width="stretch")
                link(_("Compare"), f"duplicate?id={pair.id}", "compare_arrows")


def merged_into(person: people.PersonDetail) -> None:
    """The page of a record that was merged: only where everything is now."""
    with card("merged", str(person.values["name"]), "merge"):
        empty(_("This record was merged into another one."), _("Everything that belongs to it stands there."))
        link(_("Open the record that stays"), f"person?id={person.merged_into}", "person")


def person_then(uow: UnitOfWork, person_id: int, day: date) -> None:
    """The whole profile as it was on a day: facts with marks, home, household."""
    with show_problems():
        past = people.person_then(uow, person_id, day)
        banner(day, len(past.differs), past.then is not None)
        if past.then is None:
            return
        with card("who"):
            who(past.then)
            home = past.then.home
            if home:
                link(home.address or _("Home"), f"house?id={home.house_id}&on={day}", "home")
        left, right = st.columns([3, 2])
        with left:
            declared_facts(uow, Person, past.then.values, past.then.area, differs=past.differs)
        with right, card("household", _("Household"), "family_restroom"):
            _household_then(uow, past.then, day)


def _household_then(uow: UnitOfWork, person: people.PersonDetail, day: date) -> None:
    if not person.household_id:
        empty(_("No household is known."), _("On that day the person belonged to none."))
        return
    past = people.household_then(uow, person.household_id, day)
    if past.then is not None:
        link(_("Household"), f"household?id={past.then.id}&asof={day}", "open_in_new")
        members_table(past.then.members, key="members_then", here=person.id)
