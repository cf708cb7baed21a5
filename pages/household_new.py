"""Enter a whole household at one door: the head and everybody else, in one go."""

import streamlit as st

from core.kernel.fields import declared
from core.kernel.i18n import N_, _
from core.people import commands
from core.people.models import Household, Person, Residence
from core.places import queries as places
from core.ui import url
from core.ui.find import pick
from core.ui.form import Form
from core.ui.page import or_stop, page, show_problems
from core.ui.pieces import empty

uow = page(
    N_("Enter a household"), icon="group_add", section=N_("Daily work"), needs="household.edit", hidden=True
)
ASKED = ("name", "relation", "document_no", "sex", "birth", "phone", "category")

# read
house_id = url.number("house")
if not house_id:
    with show_problems():
        pick(uow.actor, "house", label=_("Which house?"), page="pages/household_new.py", parameter="house")
    empty(
        _("First choose the house."),
        _("Type a road, an estate or a room number; or come here from the page of a house."),
    )
    st.stop()
with or_stop():
    house = places.house(uow, house_id)
fields = [*(declared(Person)[name] for name in ASKED), declared(Residence)["kind"]]

# show
st.page_link(
    "pages/house.py", label=house.title, icon=":material/arrow_back:", query_params={"id": str(house.id)}
)
form = Form(f"household-{house.id}")
count = st.number_input(
    _("How many people"), min_value=1, max_value=20, value=2, step=1, key=f"count-{house.id}", width=160
)
with st.form(form.key, border=False):
    head = form.ask([declared(Household)[name] for name in ("number", "kind")])
    members: list[dict[str, object]] = []
    for n in range(int(count)):
        with st.container(key=f"card_member_{n}"):
            st.subheader(_("Head of household") if n == 0 else _("Member {n}").format(n=n + 1), anchor=False)
            asked = [known for known in fields if n or known.name != "relation"]
            usual = {"kind": "family" if n else "owner"}
            values = form.ask(asked, usual, prefix=f"{n}.", grouped=False)
            lives_as = values.pop("kind")
            members.append({"relation": "02", **values, "residence_kind": lives_as})
    saved = form.handed_in(_("Save the household"))

# act
if saved:
    done: int | None = None
    with form.saving(_("The household is entered.")):
        done = commands.enter_household(uow, house.id, **head, members=members)
    if done:
        st.switch_page("pages/household.py", query_params={"id": str(done)})
