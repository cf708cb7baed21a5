"""Roles and permissions: who may do what, as data/roles.toml says it."""

import streamlit as st

from core.kernel.access import roles
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.accounts import role_names
from core.ui.page import page
from core.ui.pieces import empty, hint
from core.ui.table import Column, Row, chip, table
from core.upkeep import queries as upkeep

uow = page(N_("Roles and permissions"), icon="key", section=N_("Administration"), needs="role.view", order=62)

# read
names = role_names()
lines = upkeep.permission_lines(uow)
groups = {one.group: one.group for one in lines}
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    role = url.choice(_("Role"), "role", names)
    group = url.choice(_("Part"), "group", groups)
    words = url.words(_("Permission"), "words", live="400ms")
shown = [
    one
    for one in lines
    if (not role or role in one.roles)
    and (not group or one.group == group)
    and words.lower() in f"{one.title} {one.code}".lower()
]
columns = {role: names[role]} if role else names

# show
if role:
    hint(_(roles()[role].about))
st.caption(_("{n} permissions").format(n=len(shown)))
if shown:
    table(
        (
            Column("title", N_("Permission"), "main"),
            Column("group", N_("Part"), "quiet"),
            *(Column(key, name, "labelled") for key, name in columns.items()),
        ),
        [
            Row(
                {
                    "title": one.title,
                    "group": one.group,
                    **{key: chip("✓", "ok", one.code) if key in one.roles else None for key in columns},
                }
            )
            for one in shown
        ],
        key="permissions",
    )
else:
    empty(_("No permission matches."), _("Take away a filter to see more."))
hint(
    _(
        "Roles are data: an office changes them in data/roles.toml, not here, so that no click gives anybody more. "
        "The three administrators stand apart from the daily work and see no person."
    )
)
