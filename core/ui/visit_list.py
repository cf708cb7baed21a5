"""Today's visits: the homes of a grid in the order of a walk, and how the grids of a lead stand."""

import hashlib
from collections.abc import Mapping, Sequence

import streamlit as st

from core.kernel.i18n import N_, _
from core.kernel.paging import Page
from core.kernel.unit_of_work import UnitOfWork
from core.places import queries as places
from core.ui import url
from core.ui.component import leading
from core.ui.figures import Figure, figures
from core.ui.page import show_problems
from core.ui.pieces import card, coded, empty, facts, hint, said
from core.ui.table import Cell, Column, Row, chip, table
from core.ui.visit import why_mark
from core.visits import commands, queries
from core.visits.queries import DueLine, DueList, GridLine, PeriodLine

_ROUNDS = leading("rounds")
WORDS = (
    N_("As filed"),
    N_("Nobody at home"),
    N_("Map"),
    N_("Open"),
    N_("Confirmed."),
    N_("Noted: come again."),
    N_("{n} answers wait for the net"),
    N_("Kept on this phone, will be sent."),
)
"""What static/rounds.mjs says."""
GRIDS = (
    Column("name", N_("Grid"), "main"),
    Column("due", N_("Due"), "number"),
    Column("whys", N_("Why")),
    Column("today", N_("Visited today"), "number"),
    Column("week", N_("Visited in seven days"), "number"),
    Column("oldest", N_("Longest wait since"), "labelled"),
)


def chosen_grid(uow: UnitOfWork) -> str:
    """The grid of the address, or the only one the actor looks after; "" for all of them."""
    root = places.my_root(uow)
    return url.text("grid") or (root.area if root.level == "grid" else "")


def progress(found: DueList) -> None:
    """How far the day is."""
    everything = found.done + found.total
    share = found.done / everything if everything else 1.0
    told = _("{done} visited today, {left} left").format(done=found.done, left=found.total)
    more = _("nobody at home: {n}").format(n=found.nobody) if found.nobody else ""
    st.progress(share, " · ".join(part for part in (told, more) if part))


def reason_filter(uow: UnitOfWork, found: DueList) -> None:
    """Only the homes that are due for one reason."""
    counts = found.by_reason
    names = {o.reason: f"{o.title} {counts[o.reason]}" for o in queries.reasons(uow) if counts.get(o.reason)}
    url.choice(_("Reason of the visit"), "reason", names, width=220)


def rounds(uow: UnitOfWork, found: DueList) -> None:
    """The homes of this page, each with its two answers; what is tapped without a net is sent later."""
    if not found.lines:
        empty(
            _("No home is due here today."),
            _("Well done. Homes come back when they have not been confirmed for too long."),
        )
        return
    data = {
        "who": hashlib.sha256(uow.actor.login.encode()).hexdigest()[:12],
        "words": {text: _(text) for text in WORDS},
        "homes": [_home(line) for line in found.lines],
    }
    _ROUNDS(f"rounds-{found.grid}", data)
    url.pager(Page(list(found.lines), found.after), "visits")


def _home(line: DueLine) -> dict[str, object]:
    marks = [why_mark(why) for why in line.whys]
    return {
        "id": str(line.house_id),
        "seen": line.seen,
        "title": line.address,
        "href": f"/visit?id={line.house_id}&way=list",
        "map": f"/map?at=18/{line.lat:.5f}/{line.lon:.5f}" if line.lat and line.lon else "",
        "people": "、".join(line.people) or coded("house_state", line.state),
        "chips": [{"text": text, "tone": tone, "title": title} for text, tone, title in marks],
    }


def overview(uow: UnitOfWork, lines: Sequence[GridLine]) -> None:
    """How the grids stand; a line opens the list of its grid."""
    due, today = sum(line.due for line in lines), sum(line.today for line in lines)
    behind = [line for line in lines if line.due and not line.week]
    figures(
        [
            Figure(_("Homes due"), due),
            Figure(_("Visited today"), today),
            Figure(_("Grids without a visit for a week"), len(behind)),
        ],
        key="visit-figures",
    )
    names = {line.reason: line.title for line in queries.reasons(uow)}
    table(GRIDS, [_grid(line, names) for line in lines], key="grids")


def _grid(line: GridLine, names: Mapping[str, str]) -> Row:
    whys = [chip(f"{names[key]} {line.by_reason[key]}") for key in names if line.by_reason.get(key)]
    late = chip(said(line.week), "bad", _("No visit for a week")) if line.due and not line.week else line.week
    cells: dict[str, Cell] = {
        "name": line.name,
        "due": line.due,
        "whys": whys,
        "today": line.today,
        "week": late,
        "oldest": said(line.oldest),
    }
    return Row(cells, href=f"visit_list?grid={line.area}")


def periods(uow: UnitOfWork, area: str, name: str) -> None:
    """After how many days a visit is asked for in an area: to read, and for a lead to set."""
    with card("periods", _("After how many days: {area}").format(area=name), "update"), show_problems():
        lines = queries.periods(uow, area)
        if not uow.actor.may("visit.plan"):
            facts({_(line.asks): line.days for line in lines})
            return
        hint(_("A number of its own goes before that of the community, street or district around it."))
        with st.grid(min_column_width=260, gap="small"):
            for line in lines:
                with st.container(gap="small"):
                    _period(uow, area, line)


def _period(uow: UnitOfWork, area: str, line: PeriodLine) -> None:
    """One number, and what may be done with it."""
    key = f"period-{area}-{line.reason}-{line.days}-{line.own}"
    whose = _("set here") if line.own else _("as around it")
    label = f"{_(line.asks)} · {whose}"
    days = int(st.number_input(label, 1, 3650, line.days, key=key))
    if days != line.days and st.button(_("Save"), key=f"set-{line.reason}", type="primary"):
        commands.set_period(uow, area, line.reason, days)
        st.rerun()
    if line.own and st.button(_("As around it"), key=f"unset-{line.reason}", type="tertiary"):
        commands.set_period(uow, area, line.reason, None)
        st.rerun()
