"""System health: whether all is well, what the machine does, and what it did in the night."""

import streamlit as st

from core.accounts.queries import awake
from core.kernel.i18n import N_, _
from core.kernel.jobs import queries as jobs
from core.kernel.jobs.models import TITLES
from core.ui import url
from core.ui.jobs import follow, jobs_table
from core.ui.page import page
from core.ui.pieces import ago, card, empty, hint
from core.ui.upkeep import lights_table, start_button
from core.upkeep import queries as upkeep

uow = page(
    N_("System health"), icon="monitor_heart", section=N_("Administration"), needs="system.view", order=80
)

# read
lights = upkeep.lights(uow)
checked_at, found = upkeep.findings(uow)
state = url.text("state")

# show
if (number := url.number("job")) is not None:
    follow(uow, number)
left, right = st.columns(2)
with left, card("lights", _("Now"), "speed"):
    lights_table(lights, key="lights")
    hint(_("{n} people were active in the last quarter of an hour.").format(n=awake(uow)))
with right, card("findings", _("Everything, looked at {when}").format(when=ago(checked_at)), "fact_check"):
    if found:
        lights_table(found, key="findings")
    else:
        empty(_("Nobody has looked at everything yet."), _("It happens every night, or now with the button."))
    start_button(uow, "check", _("Check everything now"), page="system", icon="fact_check")
with card("jobs", _("Jobs"), "manufacturing"):
    if uow.actor.may("job.view"):
        state = url.choice(_("State"), "state", {key: _(title) for key, title in TITLES.items()})
        listed = jobs.jobs(uow, state=state, start=url.text("after") or None)
        if listed.items:
            jobs_table(listed.items, key="jobs", page="system")
            url.pager(listed, "jobs")
        else:
            empty(_("There is no job."), _("Backups, checks and the night's work appear here."))
