"""Take in boundaries from a file of shapes: how it is read, a preview and a plan, then what is good, all at once."""

import streamlit as st

from core.geofiles import commands
from core.geofiles import queries as geofiles
from core.geofiles.rules import ROLES
from core.geofiles.unpacking import ENDINGS, MOST_BYTES
from core.kernel.i18n import N_, _
from core.kernel.planning import GOOD
from core.ui.geofiles import batches_card, how_read, preview, reading_card
from core.ui.page import page, show_problems
from core.ui.pieces import card, hint, link
from core.ui.plans import plan_card

uow = page(
    N_("Boundaries from a file"),
    icon="upload_file",
    section=N_("Places"),
    needs="area.edit",
    order=46,
    hidden=True,
)

# read
turn = st.session_state.get("boundary-turn", 0)
with card("sheet", _("1. Choose the file"), "map"):
    hint(
        _("GeoJSON, KML, GeoPackage, or all files of a Shapefile in one zip. Nothing changes before step 3.")
    )
    file = st.file_uploader(
        _("File of shapes"), type=list(ENDINGS), key=f"boundary-{turn}", max_upload_size=MOST_BYTES // 10**6
    )

# show
found = None
if file is not None:
    with show_problems(), st.spinner(_("Reading the file…")):
        found = geofiles.boundary_plan(uow, file.getvalue(), file.name, how_read())
    reading_card(uow, found)
if found:
    preview(uow, found)
    plan_card(found.plan, {role: _(label) for role, label in ROLES.items()}, _("Boundaries from a file"))

# act
good = sum(found.plan.counts[state] for state in GOOD) if found else 0
if found and file and good:
    label = _("3. Take in {n} boundaries").format(n=f"{good:,}")
    if st.button(label, type="primary", key="take_in", icon=":material/task_alt:"):
        with show_problems(), st.spinner(_("Drawing the boundaries…")):
            commands.import_boundaries(uow, file.getvalue(), file.name, how_read())
            st.toast(_("Taken in. It can be taken back below."), icon=":material/check_circle:")
            st.session_state["boundary-turn"] = turn + 1  # an empty uploader: nothing is taken in twice
            st.rerun()
batches_card(uow)
if uow.actor.may("grid.draw"):
    link(_("See whether every building stands in its grid"), "grid_draw", "fact_check")
