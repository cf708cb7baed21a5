"""The forms of a visit: each stands in the place of the home until it is saved or left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from core.attachments.taking import take
from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.people import queries as people
from core.people.models import Person
from core.people.queries import HouseholdFilter, OccupantLine
from core.people.rules import HEAD
from core.places.models import House
from core.ui import url
from core.ui.form import Form, asked, choose
from core.ui.happened import succession
from core.ui.page import show_problems
from core.ui.pieces import card, hint, link
from core.ui.visit import way
from core.visits import commands
from core.visits.queries import HomeVisit

CORRECTED = (
    "name",
    "phone",
    "document_kind",
    "document_no",
    "no_document_reason",
    "category",
    "hukou_address",
)
ADDED = ("name", "document_kind", "document_no", "no_document_reason", "sex", "birth", "phone", "category")
OF_HOUSE = ("state", "use", "ownership", "floor_area", "note")
PICTURES = ["jpg", "jpeg", "png", "webp"]


def form_of(uow: UnitOfWork, home: HomeVisit) -> bool:
    """Show the form that the address names; False when it names none."""
    do, _dash, number = url.text("do").partition("-")
    one = next((each for each in home.people if str(each.person_id) == number), None)
    if do in ABOUT_ONE and one is not None:
        title, form = ABOUT_ONE[do]
        title = f"{_(title)}：{one.name}"
    elif do in ABOUT_HOME:
        title, form = _(ABOUT_HOME[do][0]), ABOUT_HOME[do][1]
    else:
        return False
    with card("visit_form", title, "edit_note"), show_problems():
        form(uow, home, one)
        st.button(
            _("Back without saving"), key="form-back", type="tertiary", on_click=lambda: url.keep(do=None)
        )
    return True


def _saved(form: Form, save: Callable[[], object]) -> None:
    """Save and lead back to the home; a sentence at the field when it cannot be."""
    done: list[bool] = []
    with form.saving(_("Saved.")):
        save()
        done.append(True)
    if done:
        url.keep(do=None)
        st.rerun()


def _correct(uow: UnitOfWork, home: HomeVisit, one: OccupantLine) -> None:
    number = int(one.person_id or 0)
    filed = people.person(uow, number)
    form = Form(f"visit-correct-{number}", seen=filed.version)
    form.current = filed.version
    fields = [known for known in asked(uow, Person, CORRECTED, home.house.area) if known.name in CORRECTED]
    with form.frame(fields):
        hint(_("A number left empty stays as it is."))
        values = form.ask(fields, filed.values, grouped=False)
        pressed = form.handed_in(_("Save"))
    link(_("All fields"), f"person_edit?id={number}", "open_in_new")
    if pressed:
        seen = form.seen or filed.version
        _saved(form, lambda: commands.correct_person(uow, home.house.id, number, seen=seen, **values))


def _out(uow: UnitOfWork, home: HomeVisit, one: OccupantLine) -> None:
    number, form = int(one.person_id or 0), Form(f"visit-out-{one.person_id}")
    staying = []
    if one.household_id and one.relation == HEAD:
        staying = [m for m in people.household(uow, one.household_id).members if m.id != number]
    day = st.date_input(
        _("Moved out on"), date.today(), key=f"{form.key}-day", format="YYYY-MM-DD", width=220
    )
    place = st.text_input(_("Moved to"), key=f"{form.key}-place", max_chars=60, placeholder=_("If known"))
    head_id, relations = succession(staying, form.key)
    if st.button(_("Save"), key=f"{form.key}-save", type="primary", icon=":material/save:"):
        more: Mapping[str, Any] = {"place": place, "head_id": head_id, "relations": relations}
        _saved(form, lambda: commands.moved_out(uow, home.house.id, number, _day(day), **more))


def _day(chosen: Any) -> Any:
    """The day of a date field, which may be empty."""
    return chosen if isinstance(chosen, date) else None


def _add(uow: UnitOfWork, home: HomeVisit, _one: OccupantLine | None) -> None:
    form = Form(f"visit-add-{home.house.id}")
    fields = [known for known in asked(uow, Person, ADDED, home.house.area) if known.name in ADDED]
    open_ones = people.households(uow, HouseholdFilter(house_id=home.house.id)).items
    with form.frame(fields):
        values = form.ask(fields, None, grouped=False)
        kinds = codes("residence_kind", lang=language.get())
        values["residence_kind"] = choose(_("Lives there as"), kinds, f"{form.key}-kind", "family")
        values["from_on"] = st.date_input(
            _("From"), None, key=f"{form.key}-from", format="YYYY-MM-DD", width=220
        )
        values |= _household(form, {line.id: line.head or line.number for line in open_ones})
        pressed = form.handed_in(_("Add"))
    if pressed:
        _saved(form, lambda: commands.add_person(uow, home.house.id, **values))


def _household(form: Form, open_ones: Mapping[int, str]) -> dict[str, Any]:
    """Into which household somebody comes, and as what."""
    if not open_ones:
        return {}
    names = {str(number): _("household of {name}").format(name=name) for number, name in open_ones.items()}
    chosen = choose(_("Household"), names, f"{form.key}-household", next(iter(names)), required=False)
    kinds = {k: v for k, v in codes("gbt4761_family_relation", lang=language.get()).items() if k != HEAD}
    relation = choose(_("Relation to head"), kinds, f"{form.key}-relation", "", required=False)
    return {"household_id": int(chosen), "relation": relation} if chosen else {}


def _house(uow: UnitOfWork, home: HomeVisit, _one: OccupantLine | None) -> None:
    form = Form(f"visit-house-{home.house.id}", seen=home.house.version)
    form.current = home.house.version
    fields = [known for known in asked(uow, House, OF_HOUSE, home.house.area) if known.name in OF_HOUSE]
    with form.frame(fields):
        values = form.ask(fields, home.house.values, grouped=False)
        pressed = form.handed_in(_("Save"))
    link(_("Correct the door"), f"house_edit?id={home.house.id}", "door_front")
    if pressed:
        seen = form.seen or home.house.version
        _saved(form, lambda: commands.correct_house(uow, home.house.id, seen=seen, **values))


def _note(uow: UnitOfWork, home: HomeVisit, _one: OccupantLine | None) -> None:
    form = Form(f"visit-note-{home.house.id}")
    with st.form(form.key, border=False):
        text = st.text_area(_("Note"), key=f"{form.key}-text", max_chars=500)
        hint(_("No diagnosis, no faith, nothing about a person that the service does not need."))
        chosen = st.file_uploader(_("Photos"), PICTURES, accept_multiple_files=True, key=f"{form.key}-photos")
        pressed = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if pressed:
        _saved(form, lambda: _noted(uow, home.house.id, text or "", chosen or []))


def _noted(uow: UnitOfWork, house_id: int, text: str, photos: Sequence[Any]) -> None:
    """The photos go to the house, the words to the visit."""
    for photo in photos:
        take(uow, "House", house_id, photo.getvalue(), name=photo.name, kind="house", note=text[:120])
    commands.note(uow, house_id, text or (_("See the photo.") if photos else ""), way())


def _again(uow: UnitOfWork, home: HomeVisit, _one: OccupantLine | None) -> None:
    form = Form(f"visit-again-{home.house.id}")
    first = uow.today + timedelta(days=1)
    day = st.date_input(
        _("Come again on"), first, min_value=first, key=f"{form.key}-day", format="YYYY-MM-DD", width=220
    )
    if st.button(_("Nobody at home"), key=f"{form.key}-save", type="primary", icon=":material/door_front:"):
        _saved(form, lambda: commands.nobody_home(uow, home.house.id, _day(day), way()))


Shown = Callable[[UnitOfWork, HomeVisit, Any], None]
ABOUT_ONE: dict[str, tuple[str, Shown]] = {
    "correct": (N_("Correct"), _correct),
    "out": (N_("Moved out"), _out),
}
ABOUT_HOME: dict[str, tuple[str, Shown]] = {
    "add": (N_("Add a person"), _add),
    "house": (N_("Correct the house"), _house),
    "note": (N_("Write a note, add a photo"), _note),
    "again": (N_("Nobody at home: choose a day"), _again),
}
