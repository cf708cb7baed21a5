"""Backups: what there is, a new one, and whether the newest can be restored."""

import streamlit as st

from core.kernel.backup import folder
from core.kernel.i18n import N_, _
from core.kernel.jobs import queries as jobs
from core.ui import url
from core.ui.jobs import follow
from core.ui.page import page
from core.ui.pieces import card, empty, hint, said
from core.ui.table import Column, Row, chip, table
from core.ui.upkeep import KINDS, start_button, test_result
from core.upkeep import queries as upkeep

uow = page(N_("Backups"), icon="backup", section=N_("Administration"), needs="backup.view", order=82)

# read
found = upkeep.backups(uow)
tested = jobs.latest(uow, "backup.test")

# show
if (number := url.number("job")) is not None:
    follow(uow, number)
with st.container(horizontal=True):
    start_button(uow, "backup", _("Make a backup now"), page="backups", icon="backup")
    start_button(uow, "backup.test", _("Test a restore"), page="backups", icon="settings_backup_restore")
test_result(tested)
with card("backups", _("Backups"), "folder_zip"):
    if found:
        table(
            (
                Column("name", N_("File"), "main"),
                Column("made", N_("Made at"), "code"),
                Column("size", N_("MB"), "number"),
                Column("kind", N_("Kind")),
                Column("version", N_("Version"), "labelled"),
            ),
            [
                Row(
                    {
                        "name": one.name,
                        "made": said(one.made_at),
                        "size": f"{one.size / 1e6:.1f}",
                        "kind": [
                            chip(_(KINDS[one.kind][0]), KINDS[one.kind][1]),
                            *([chip(_("with keys"), "warn")] if one.with_keys else []),
                        ],
                        "version": one.version,
                    }
                )
                for one in found
            ],
            key="backups",
        )
    else:
        empty(_("There is no backup yet."), _("One is made every night; the first one now with the button."))
    hint(
        _(
            "They lie on the server in {folder}. They hold the names of everybody, so they are not offered here for "
            "download: whoever looks after the machine copies them to another disk, and the key file to a third place."
        ).format(folder=folder(uow.office.settings))
    )
