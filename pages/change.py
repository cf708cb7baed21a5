"""Change the fields that one keeps of a shared record, and propose changes of those that others keep."""

import streamlit as st

from core.kernel.i18n import N_, _
from core.people.models import ABROAD
from core.proposals import commands
from core.proposals import queries as proposals
from core.proposals.kinds import kind_of
from core.ui import url
from core.ui.form import Form
from core.ui.page import or_stop, page
from core.ui.pieces import hint, link
from core.ui.proposals import kept, proposable

uow = page(
    N_("Edit or propose"), icon="edit_note", section=N_("Daily work"), needs="change.propose", hidden=True
)

# read
with or_stop():
    kind = kind_of(url.text("of"))
    sheet = proposals.sheet(uow, kind.of, url.text("id"))
asks = bool(sheet.others) and (not sheet.own or url.text("propose") == "1")
form = Form(f"change-{kind.of}-{sheet.id}", seen=sheet.version)
form.current = sheet.version

# show
link(sheet.title, kind.href(sheet.id), "arrow_back")
with st.form(form.key):
    fields = [*kept(sheet.own), *(proposable(sheet.others) if asks else sheet.others)]
    values = form.ask(fields, sheet.values, folded=(ABROAD,))
    reason = st.text_input(
        _("Reason") + (" *" if asks else ""),
        key=f"{form.key}-reason",
        max_chars=200,
        placeholder=_("Such as: list of the marriage register of May"),
    )
    form.slots["reason"] = st.empty()
    hint(
        _("What others keep becomes a proposal; they see before and after and decide.")
        if asks
        else _("Your change is seen at once by everybody who may see the field.")
    )
    saved = form.handed_in(_("Hand in") if asks else _("Save"))
if sheet.own and sheet.others and not asks:
    link(
        _("Propose a change of the other fields"), f"change?of={kind.of}&id={sheet.id}&propose=1", "edit_note"
    )

# act
if saved:
    done = None
    with form.saving(_("Handed in.") if asks else _("Saved.")):
        wanted = {
            known.name: values[known.name] for known in (sheet.own + sheet.others if asks else sheet.own)
        }
        done = commands.hand_in(uow, kind.of, sheet.id, seen=form.seen, reason=reason, **wanted)
    if done and done.proposals:
        st.switch_page("pages/proposals.py", query_params={"view": "mine"})
    elif done:
        st.switch_page(f"pages/{kind.of.lower()}.py", query_params={"id": str(sheet.id)})
