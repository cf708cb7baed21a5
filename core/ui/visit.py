"""A home as a worker finds it at the door: who lives here, what is due, what was done; one tap for each answer."""

from collections.abc import Callable

import streamlit as st

from core.kernel.fields import CHINA, declared
from core.kernel.i18n import _
from core.kernel.problems import Problem
from core.kernel.unit_of_work import UnitOfWork
from core.people.models import Person
from core.people.queries import OccupantLine
from core.places.models import House
from core.ui import url
from core.ui.facts import Fact, Looks, fact_list, look_said
from core.ui.page import problem, show_problems
from core.ui.pieces import HOUSE_TONES, Tone, ago, card, chips, coded, empty, freshness_tone, hint, link
from core.visits import commands, queries
from core.visits.queries import ActLine, HomeVisit, Why


def way() -> str:
    """How the worker came to this door, as the address says."""
    found = url.text("way")
    return found if found in ("scan", "list") else "search"


def heading(home: HomeVisit) -> None:
    """Where this is, why somebody is due here, and how fresh it is."""
    house = home.house
    st.subheader(f":material/home: {house.title}", anchor=False)
    fresh = _("Verified {when}").format(when=ago(house.verified_at))
    marks: list[tuple[str, Tone, str]] = [
        (coded("house_state", house.state), HOUSE_TONES.get(house.state, ""), _("State")),
        (fresh, freshness_tone(house.verified_at), look_said(home.looks.get(""))),
    ]
    chips([*(why_mark(why) for why in home.whys), *marks])
    with st.container(horizontal=True):
        for why in (one for one in home.whys if one.opens):
            link(why.said, why.opens, "task")
        link(_("Page of the house"), f"house?id={house.id}", "open_in_new")
        if house.building.lon and house.building.lat:
            link(_("Map"), f"map?at=18/{house.building.lat:.5f}/{house.building.lon:.5f}", "map")


def why_mark(why: Why) -> tuple[str, Tone, str]:
    """Why a home is due, as a mark."""
    since = _("since {day}").format(day=why.since) if why.since else _("never verified")
    return why.said, why.tone, since  # type: ignore[return-value]


def house_facts(home: HomeVisit) -> None:
    """What is filed of the house, each fact with how fresh it is."""
    known, values = declared(House), home.house.values
    shown = [known[name] for name in ("use", "ownership", "floor_area", "note") if values.get(name)]
    fact_list((Fact(_(one.label), one.said(values[one.name]), one.name) for one in shown), home.looks)


def people(uow: UnitOfWork, home: HomeVisit) -> None:
    """Who lives here, and for each of them: as filed, otherwise, or gone."""
    with card("people", _("Who lives here"), "groups"):
        if not home.people:
            empty(_("Nobody is registered here."), _("Add who lives here, or confirm that it stands empty."))
        for one in home.people:
            _person(uow, home, one)
        turn_button(_("Add a person"), "add", "person_add")


def _person(uow: UnitOfWork, home: HomeVisit, one: OccupantLine) -> None:
    looks, key = home.people_looks.get(one.person_id or 0), one.person_id
    with st.container(key=f"door_person_{one.residence_id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{one.name}** {_said(one)}", width="stretch")
            if key is not None:
                link(_("Profile"), f"person?id={key}", "person")
        if looks is None or key is None:
            return
        _fresh(looks)
        with st.container(horizontal=True, gap="small"):
            if st.button(_("As filed"), key=f"ok-{key}", icon=":material/check:"):
                done(lambda: commands.confirm_person(uow, home.house.id, key, way()), _("Confirmed."))
            turn_button(_("Correct"), f"correct-{key}", "edit")
            turn_button(_("Moved out"), f"out-{key}", "logout")


def _fresh(looks: Looks) -> None:
    """How fresh the person is, and each fact that was looked at at another time than the rest."""
    whole, known = looks.get(""), declared(Person)
    apart = {n: look for n, look in looks.items() if n in known and look != whole}
    told = _("Verified {when}").format(when=ago(whole.at if whole else None))
    marks: list[tuple[str, Tone, str]] = [
        (told, freshness_tone(whole.at if whole else None), look_said(whole))
    ]
    for name, look in apart.items():
        when = ago(look.at if look else None)
        marks.append(
            (f"{_(known[name].label)} {when}", freshness_tone(look.at if look else None), look_said(look))
        )
    chips(marks)


def _said(one: OccupantLine) -> str:
    """What one asks for at the door: relation, age, as what they live here, the masked phone."""
    age = _("{n} years").format(n=one.age) if one.age is not None else ""
    relation = coded("gbt4761_family_relation", one.relation)
    parts = (relation, age, coded("residence_kind", one.kind), one.phone or "")
    return f":gray[{' · '.join(part for part in parts if part)}]"


def turn_button(label: str, do: str, icon: str) -> None:
    """A button that puts a form into the place of the home; which one stands in the address."""
    st.button(label, key=f"do-{do}", icon=f":material/{icon}:", on_click=lambda: url.keep(do=do))


def bar(uow: UnitOfWork, home: HomeVisit) -> None:
    """The two answers for the thumb, at the foot of the screen."""
    with st.container(key="visit_bar", horizontal=True, gap="small"):
        number = len(home.people_looks)
        label = (
            _("Everything as filed ({n} people)").format(n=number)
            if number
            else _("Nobody lives here, as filed")
        )
        if st.button(label, key="confirm-home", type="primary", icon=":material/done_all:", width="stretch"):
            done(lambda: commands.confirm_home(uow, home.house.id, home.seen, way()), _("Confirmed."))
        if st.button(_("Nobody at home"), key="nobody-home", icon=":material/door_front:"):
            done(lambda: commands.nobody_home(uow, home.house.id, way=way()), _("Noted: come again."))


def done(does: Callable[[], object], said: str) -> None:
    """Run a command of one tap; a toast when it is done, the sentence when it cannot be."""
    try:
        does()
    except Problem as trouble:
        problem(trouble.sentence)
        return
    st.toast(said, icon=":material/task_alt:")
    st.rerun()


def acts(uow: UnitOfWork, home: HomeVisit) -> None:
    """What was done here within a day, each with the way to take it back."""
    if not home.acts:
        return
    with card("acts", _("Done here today"), "history"), show_problems():
        for one in home.acts:
            _act(uow, one)
        _next(uow, home)


def _act(uow: UnitOfWork, one: ActLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        what = " ".join(part for part in (coded("visit_act", one.kind), one.about) if part)
        when = f"{one.at.astimezone(CHINA):%H:%M} {one.who}"
        gone = _("taken back") if one.undone_at else ""
        st.markdown(f"~~{what}~~ :gray[{when} {gone}]" if gone else f"{what} :gray[{when}]", width="stretch")
        if one.is_open and st.button(_("Take back"), key=f"undo-{one.deed_id}", icon=":material/undo:"):
            done(lambda: commands.undo(uow, one.deed_id), _("Taken back."))


def _next(uow: UnitOfWork, home: HomeVisit) -> None:
    """The next home on the way."""
    lines = queries.due_list(uow, home.house.area, after=str(home.house.id), limit=1).lines
    if lines:
        link(
            _("Next home: {address}").format(address=lines[0].address),
            f"visit?id={lines[0].house_id}&way=list",
            "east",
        )
    else:
        link(_("Today's visits"), f"visit_list?grid={home.house.area}", "checklist")


def notes(home: HomeVisit) -> None:
    """What those who were here before wrote down."""
    with card("notes", _("Notes"), "sticky_note_2"):
        for one in home.notes:
            again = _("come again on {day}").format(day=one.again_on) if one.again_on else ""
            what = one.note or coded("visit_act", one.kind)
            st.markdown(f"{what}  \n:gray[{one.day} {one.who} {again}]")
        if not home.notes:
            hint(_("Nobody has written anything down yet."))
        turn_button(_("Write a note, add a photo"), "note", "add_a_photo")
