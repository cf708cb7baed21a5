"""My shift: begin and end it, who looked at where I was, and my own tracks."""

from core.kernel.i18n import N_, _
from core.staff import queries as staff
from core.ui import url
from core.ui.page import or_stop, page
from core.ui.pieces import card, empty, facts, hint
from core.ui.shift import shift_now
from core.ui.staff import look_table, replay_map, shift_table, stay_table, track_facts

uow = page(N_("My shift"), icon="directions_walk", section=N_("Me"), needs="staff.shift", order=90)

# read
own = staff.own(uow)
shifts, looks = staff.my_shifts(uow), staff.who_looked(uow)
number = url.number("shift")

# show
now = card("now", _("Now"), "my_location")
if number:
    with or_stop():
        track = staff.my_track(uow, number)
    with card("track", _("My track"), "route"):
        track_facts(track)
    replay_map(uow, track, is_own=True)
    stay_table(track)
with card("looks", _("Who looked at where I was"), "visibility"):
    if looks:
        look_table(looks)
    else:
        empty(_("Nobody looked."), _("Every look of somebody at your position or track appears here."))
with card("may", _("Who may look"), "shield_person"):
    facts(
        {
            title: _("live and tracks") if track_too else _("live only")
            for title, _live, track_too in staff.who_may_look(uow)
        }
    )
    hint(_("Only who answers for your area, and only during a shift that you began."))
    hint(_("Positions are deleted {days} days after the shift.").format(days=own.days_kept))
with card("shifts", _("My shifts"), "history"):
    if shifts:
        shift_table(shifts, href="shift?shift=", key="shifts", with_names=False)
    else:
        empty(_("No shift yet."), _("Begin one when you go out."))

# act
with now:
    shift_now(uow, own)
