"""Somebody moved: the whole household or some of it, out of the register or to another house in it."""

from datetime import date

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.people import commands
from core.places import queries as places
from core.ui import url
from core.ui.find import pick
from core.ui.form import EARLIEST, Form, choose
from core.ui.happened import members_to_choose, preview_and_save, succession
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, hint, link
from core.ui.whose import home_of

uow = page(N_("Moved out"), icon="logout", section=N_("Daily work"), needs="household.edit", hidden=True)
WHERE = {"away": N_("Away, out of this register"), "here": N_("To another house in this register")}

# read
with or_stop():
    about, home, person = home_of(uow)
    target = places.house(uow, url.text("to")) if url.text("to") else None
members = home.members if home else []
if not members and person is None:
    empty(_("Nobody belongs to a household here."), _("Come here from the page of a person or household."))
    st.stop()
form = Form(f"move-{about}")

# show
with card("move_out", _("Who moved, when and where to"), "logout"):
    chosen = [person.id] if person else [member.id for member in members]
    going = members_to_choose(members, form.key, _("Who moved?"), chosen) if members else chosen
    day = st.date_input(
        _("Day of the move"),
        key=f"{form.key}-day",
        value=date.today(),
        min_value=EARLIEST,
        max_value=date.today(),
    )
    where = st.radio(
        _("Where to?"),
        list(WHERE),
        format_func=lambda w: _(WHERE[w]),
        key=f"{form.key}-where",
        index=int(bool(target)),
    )
    if where == "away":
        place = st.text_input(
            _("New address"), key=f"{form.key}-place", placeholder=_("City, county or address")
        )
    elif target:
        link(target.title, f"house?id={target.id}", "home")
    else:
        kept = {about.partition("-")[0]: about.partition("-")[2]}
        pick(uow.actor, "house", label=_("Which house?"), page="pages/move_out.py", parameter="to", **kept)
    staying = [member for member in members if member.id not in going]
    vacant = st.toggle(_("The old house stands empty now"), value=not staying, key=f"{form.key}-vacant")
    head: int | None = None
    relations: dict[int, str] = {}
    if staying and home and home.head_id in going:
        hint(_("The head moves. Who takes over at home?"))
        head, relations = succession(staying, f"{form.key}-stay")
    new_head: int | None = None
    new_relations: dict[int, str] = {}
    if target and staying and where == "here":
        hint(_("Those who move become a household of their own."))
        new_head, new_relations = succession([m for m in members if m.id in going], f"{form.key}-go")

    kind = "family"
    if target and person and where == "here":
        kinds = codes("residence_kind", lang=language.get())
        kind = choose(_("Lives there as"), kinds, f"{form.key}-kind", "tenant")

# act
done: list[object] = []
if where == "away":
    done += preview_and_save(
        uow,
        form,
        _("Save"),
        commands.move_out,
        going,
        day,
        place=place,
        head_id=head,
        relations=relations,
        vacant=vacant,
    )
elif target and home and not staying:
    done += preview_and_save(
        uow, form, _("Save"), commands.move_household, home.id, target.id, day, vacant=vacant
    )
elif target and home and new_head:
    done += preview_and_save(
        uow,
        form,
        _("Save"),
        commands.split_household,
        home.id,
        going,
        new_head_id=new_head,
        relations=new_relations,
        house_id=target.id,
        day=day,
        head_id=head,
        head_relations=relations,
    )
elif target and person:
    done += preview_and_save(uow, form, _("Save"), commands.move_in, person.id, target.id, day, kind=kind)
if done and home:
    st.switch_page("pages/household.py", query_params={"id": str(home.id)})
elif done and person:
    st.switch_page("pages/person.py", query_params={"id": str(person.id)})
