"""Write an entry into a register, or correct one."""

import streamlit as st

from core.entries import commands
from core.entries import queries as entries
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.areas import choose_grid
from core.ui.form import Form
from core.ui.page import or_stop, page
from core.ui.pieces import hint
from core.ui.widgets import apart, attached

uow = page(
    N_("Write into a register"),
    icon="edit_note",
    section=N_("Daily work"),
    needs="register.edit",
    hidden=True,
)

# read
with or_stop():
    book, key = url.text("register"), url.number("id")
    entry = entries.entry(uow, book, key) if key else None
    view = entries.register(uow, book, entry.area if entry else "")
given = {f"{kind}_id": url.number(kind) for kind in ("house", "person")}
form = Form(f"entry-{book}-{key or 'new'}", seen=entry.version if entry else None)
form.current = entry.version if entry else None

# show
st.page_link(
    "pages/entry.py" if entry else "pages/register.py",
    label=entry.title if entry else _(view.title),
    icon=":material/arrow_back:",
    query_params={"register": book, "id": str(key)} if entry else {"register": book},
)
with form.frame(view.fields):
    area = entry.area if entry else ""
    values = form.ask(view.fields, entry.values if entry else given)
    if not entry and not any(values.get(name) for name in given):
        area = choose_grid(uow, _("Grid"), f"{form.key}-area")
        hint(_("Only needed when neither a house nor a person says where it is."))
    saved = form.handed_in(_("Save"))

# act
if saved:
    number: int | None = None
    plain, files = apart(values)
    with form.saving(_("Saved.")):
        if entry:
            commands.edit_entry(uow, book, entry.id, seen=form.seen, **plain)
            number = entry.id
        else:
            number = commands.add_entry(uow, book, area, **plain)
        if files:
            kind = entries.entry(uow, book, number).kind
            commands.edit_entry(uow, book, number, seen=None, **attached(uow, kind, number, files))
    if number:
        st.switch_page("pages/entry.py", query_params={"register": book, "id": str(number)})
