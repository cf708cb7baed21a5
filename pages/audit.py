"""The audit log: who did, saw, revealed or was refused what, and whether the chain holds."""

import streamlit as st

from core.kernel import log
from core.kernel.i18n import N_, _
from core.ui import url
from core.ui.accounts import post_name
from core.ui.page import page
from core.ui.pieces import empty, said
from core.ui.table import Column, Row, chip, table

uow = page(N_("Audit log"), icon="verified_user", section=N_("Administration"), needs="audit.view", order=90)
TONES = {"refused": "bad", "revealed": "warn", "removed": "warn", "done": "ok"}

# read
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    outcome = url.choice(_("Outcome"), "outcome", {name: _(title) for name, title in log.OUTCOMES.items()})
    who = url.words(_("Who"), "who", placeholder=_("Sign-in name"))
    about = url.words(_("About"), "about", placeholder="Person/…")
    first, last = url.when(_("From"), "first"), url.when(_("To"), "last")
    check = st.button(_("Verify the chain"), icon=":material/policy:", type="primary")
wanted = log.LogFilter(who=who, about=about, outcome=outcome, first=first, last=last)
found = log.entries(uow, wanted, start=url.text("after") or None)

# act
if check:
    with st.spinner(_("Reading every line…")):
        verdict = log.verify(uow)
    if verdict.holds:
        st.success(
            _("All {n} lines are as they were written.").format(n=f"{verdict.lines:,}"),
            icon=":material/verified:",
        )
    else:
        faults = {"changed": _("changed"), "missing": _("missing"), "cut off": _("cut off")}
        wrong = "、".join(f"{number} ({faults[fault]})" for number, fault in verdict.broken[:20])
        st.error(
            _("The log was tampered with. Lines: {lines}").format(lines=wrong), icon=":material/gpp_bad:"
        )

# show
COLUMNS = (
    Column("at", N_("Time"), "code"),
    Column("outcome", N_("Outcome")),
    Column("who", N_("Who"), "main"),
    Column("role", N_("Role")),
    Column("permission", N_("Permission"), "quiet"),
    Column("about", N_("About")),
    Column("reason", N_("Reason")),
    Column("changes", N_("Changes"), "wide"),
    Column("id", N_("Line"), "number"),
)


def told(changes: dict[str, object]) -> str:
    """Changed fields in a short form: before → after."""
    parts = [
        f"{name}: {pair[0] or '—'} → {pair[1] or '—'}" if isinstance(pair, list) and pair else name
        for name, pair in changes.items()
    ]
    return "; ".join(parts)[:160]


if found.items:
    table(
        COLUMNS,
        [
            Row(
                {
                    "at": said(line.at),
                    "outcome": chip(
                        _(log.OUTCOMES.get(line.outcome, line.outcome)), TONES.get(line.outcome, "")
                    ),
                    "who": line.who,
                    "role": post_name(*line.role.partition("/")[::2]),
                    "permission": line.permission,
                    "about": line.about,
                    "reason": line.reason,
                    "changes": told(line.changes),
                    "id": line.id,
                }
            )
            for line in found.items
        ],
        key="log",
    )
    url.pager(found, "log")
else:
    empty(_("No lines match."), _("Take away a filter to see more."))
