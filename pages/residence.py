"""Where a person lives: move them to another house, or end their stay in one."""

from datetime import date

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.people import commands
from core.people import queries as people
from core.people.models import Residence
from core.places import queries as places
from core.ui import url
from core.ui.find import pick
from core.ui.form import Form
from core.ui.page import or_stop, page, show_problems
from core.ui.person import residences
from core.ui.pieces import card, empty

uow = page(N_("Residence"), icon="home_pin", section=N_("Daily work"), needs="residence.edit", hidden=True)

# read
with or_stop():
    person = people.person(uow, url.text("person"))
    stays = people.residences_of(uow, person.id)
    house = places.house(uow, url.text("house")) if url.text("house") else None
back = {"id": str(person.id)}

# show
st.page_link(
    "pages/person.py", label=str(person.values["name"]), icon=":material/arrow_back:", query_params=back
)
with card("stays", _("Where they lived"), "home_pin"):
    residences(uow, person.id)

# act
with card("move", _("Lives or lived in another house"), "moving"), show_problems():
    pick(
        uow.actor,
        "house",
        label=_("Which house?"),
        page="pages/residence.py",
        parameter="house",
        person=str(person.id),
    )
    if house:
        st.markdown(f":material/home: **{house.title}**")
        ways = {"now": _("Moves in now"), "before": _("Lived there before")}
        way = st.segmented_control(
            _("When?"), list(ways), format_func=lambda w: ways[w], default="now", key=f"way-{person.id}"
        )
        form = Form(f"{way}-{person.id}-{house.id}")
        asked = ["kind", "from_on", "source"] if way == "now" else ["kind", "from_on", "to_on", "source"]
        with st.form(form.key, border=False):
            now = {"from_on": date.today() if way == "now" else None, "source": "visit"}
            values = form.ask([declared(Residence)[name] for name in asked], now)
            if form.handed_in(_("Save")):
                done = False
                with form.saving(_("Saved.")):
                    save = commands.start_residence if way == "now" else commands.file_stay
                    save(uow, person.id, house.id, **values)
                    done = True
                if done:
                    st.switch_page("pages/person.py", query_params=back)
    else:
        empty(
            _("First choose the house."),
            _("The present home ends on the day of the move; a temporary stay leaves it as it is."),
        )
open_stays = {stay.residence_id: stay.address for stay in stays if stay.to_on is None}
if open_stays:
    with card("end", _("No longer lives there"), "logout"):
        form = Form(f"end-{person.id}")
        with st.form(form.key, border=False):
            which = st.selectbox(
                _("House"), list(open_stays), format_func=lambda key: open_stays[key], key=f"{form.key}-which"
            )
            until = form.ask([declared(Residence)["to_on"]], {"to_on": date.today()})["to_on"]
            if form.handed_in(_("Save")) and which:
                with form.saving(_("Saved.")):
                    commands.end_residence(uow, which, until or date.today())
                    st.rerun()
