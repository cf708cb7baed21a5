"""My account: password, language, and where I am signed in."""

from core.accounts import queries as accounts
from core.kernel.access import roles
from core.kernel.i18n import N_, _
from core.places import queries as places
from core.ui.login import password_form
from core.ui.page import page, show_problems
from core.ui.pieces import ago, card, facts
from core.ui.session import sign_out_everywhere_button
from core.ui.table import Column, Row, chip, table

uow = page(N_("My account"), icon="account_circle", section=N_("Me"), needs="account.own", order=95)
actor = uow.actor

# read
sessions = accounts.my_sessions(uow)
where = places.area_names(uow, [actor.area]).get(actor.area, actor.area)

# show
with card("me", actor.name or actor.login, "badge"):
    facts(
        {
            _("Sign-in name"): actor.login,
            _("Role"): _(roles()[actor.role].title),
            _("Branch"): where,
            _("What I may do"): _(roles()[actor.role].about),
        }
    )
with card("sessions", _("Where I am signed in"), "devices"), show_problems():
    table(
        (
            Column("device", N_("Browser"), "main"),
            Column("started", N_("Signed in since"), "labelled"),
            Column("seen", N_("Last seen"), "labelled"),
            Column("this", ""),
        ),
        [
            Row(
                {
                    "device": s.device,
                    "started": ago(s.started_at),
                    "seen": ago(s.seen_at),
                    "this": chip(_("this one"), "ok") if s.is_this else "",
                }
            )
            for s in sessions
        ],
        key="sessions",
    )
    sign_out_everywhere_button(actor)

# act
with card("password", _("Change my password"), "key"):
    password_form(actor)
