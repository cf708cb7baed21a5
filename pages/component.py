"""A component: its class, code and state, who is in charge, where it stands, and its history."""

import streamlit as st

from core.components import commands
from core.components import queries as components
from core.components.models import Component
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.areas import crumbs
from core.ui.components import TONES, steps
from core.ui.page import or_stop, page, show_problems
from core.ui.panels import panels
from core.ui.person import declared_facts, trail_table
from core.ui.photos import photos
from core.ui.pieces import Tone, ago, card, chips, coded, facts, freshness_tone, hint, link
from core.ui.verify import verify_button

uow = page(N_("Component"), icon="signpost", section=N_("Daily work"), needs="component.view", hidden=True)
actor = uow.actor

# read
with or_stop():
    one = components.component(uow, url.text("id"))

# show
crumbs(one.chain)
with card("component", one.class_name, "signpost"):
    sensitive: list[tuple[str, Tone, str]] = [(_("Sensitive position"), "warn", one.why)] if one.why else []
    fresh = _("Verified {when}").format(when=ago(one.verified_at))
    chips(
        [
            (coded("component_state", one.state), TONES.get(one.state, ""), _("State")),
            (one.major, "", one.class_code),
            (fresh, freshness_tone(one.verified_at, 365), one.verified_by),
            *sensitive,
        ]
    )
    facts(
        {
            _("Component code"): one.code or _("Withheld"),
            _("Class code"): one.class_code,
            **({_("Position"): _("Withheld: {why}").format(why=one.why)} if one.is_withheld else {}),
            _("At the house"): one.address,
            _("Former code"): one.values.get("former_code"),
        }
    )
    if one.is_withheld:
        hint(_("Of sensitive components your role sees that they are there, not where."))
    with st.container(horizontal=True, vertical_alignment="center"):
        if actor.may("component.edit"):
            verify_button(
                lambda source: commands.verify_component(uow, one.id, source), key=f"component-{one.id}"
            )
            link(_("Edit"), f"component_edit?id={one.id}", "edit")
            steps(uow, one)
        if one.house_id and actor.may("house.view"):
            link(_("House"), f"house?id={one.house_id}", "home")
declared_facts(uow, Component, one.values, one.area)
if not one.is_withheld:
    photos(uow, "Component", one.id)
panels(uow, "Component", one.id)

# act
if actor.may("record.history"):
    with card("trail", _("History and who looked"), "history"), show_problems():
        trail_table(components.trail(uow, one.id))
