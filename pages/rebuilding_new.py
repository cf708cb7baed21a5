"""Apply to build, pull down, split or merge: which houses, what they become, why, with pictures."""

from datetime import date
from typing import Any

import streamlit as st

from core.kernel.codes import codes
from core.kernel.i18n import N_, _, language
from core.places import queries as places
from core.rebuilding import commands
from core.rebuilding import queries as rebuilding
from core.rebuilding.rules import typed_doors
from core.ui import url
from core.ui.find import pick
from core.ui.form import Form
from core.ui.page import or_stop, page
from core.ui.pieces import card, hint
from core.ui.rebuilding_form import about, attach, choose_doors, choose_houses, new_building, pictures

uow = page(
    N_("Apply for a building change"),
    icon="domain_add",
    section=N_("Places"),
    needs="rebuild.apply",
    hidden=True,
)

# read
with or_stop():
    old = rebuilding.change(uow, url.text("id")) if url.text("id") else None
    house = places.house(uow, url.text("house")) if url.text("house") else None
    number = old.building_id if old else house.building_id if house else url.number("building")
    building = places.building(uow, number) if number else None
    cells = places.matrix(uow, building.id) if building else []
kinds = codes("rebuilding_kind", lang=language.get())
usual = old.kind if old else url.text("what") or ("split" if house else "build")
form = Form(f"rebuilding-{old.id if old else number or 'new'}", seen=old.version if old else None)

# show
about(building)
chosen: list[int] = []
doors, facts, area = "", dict[str, object](), ""
with card("what", _("What changes"), "domain_add"):
    kind = st.pills(
        _("Kind"),
        list(kinds),
        default=usual,
        format_func=lambda k: kinds[k],
        key=f"{form.key}-kind",
        disabled=bool(old),
    )
    kind = kind or usual
    if building is None and kind == "build":
        area, facts = new_building(uow, form, old.facts if old else {})
    elif building is None:
        pick(
            uow.actor,
            "building",
            label=_("Which building?"),
            page="pages/rebuilding_new.py",
            parameter="building",
            what=kind,
        )
        st.stop()
    if building and kind != "build":
        chosen = choose_houses(kind, cells, old.house_ids if old else [house.id] if house else [], form.key)
    if building and kind != "demolish":
        doors = choose_doors(kind, old.doors if old else [], form)
with card("why", _("When and why"), "edit_note"):
    day = st.date_input(
        _("Day of the change"),
        old.happened_on if old else None,
        key=f"{form.key}-day",
        max_value=date.today(),
        format="YYYY-MM-DD",
    )
    reason = st.text_area(
        _("Reason") + " *",
        old.reason if old else "",
        key=f"{form.key}-reason",
        max_chars=200,
        height=96,
        placeholder=_("Such as: owner's application of May, certificate seen"),
    )
    form.slots["reason"] = st.empty()
    files = pictures(uow, form.key)
    hint(_("The community reviews it, the street approves it; then it takes effect at once."))

# act
if st.button(_("Hand in"), type="primary", icon=":material/send:", key=f"{form.key}:save"):
    made: int | None = None
    with form.saving(_("Handed in.")):
        asked: dict[str, Any] = {
            "reason": reason,
            "house_ids": chosen,
            "doors": typed_doors(doors),
            "facts": facts,
            "happened_on": day,
        }
        if old:
            commands.amend(uow, old.id, seen=form.seen, **asked)
            made = old.id
        else:
            made = commands.apply(
                uow, kind, area=area, building_id=number, replaces_id=url.number("replaces"), **asked
            )
    if made:
        attach(uow, made, files)
        st.switch_page("pages/rebuilding.py", query_params={"id": str(made)})
