"""The panels of a profile page: sections that other domains add to it."""

from core.kernel.extensions import Section
from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.panels import panels_of
from core.ui.page import show_problems
from core.ui.pieces import card, empty, facts, link
from core.ui.table import Column, Row, table


def panels(uow: UnitOfWork, kind: str, record_id: int) -> None:
    """Every panel for a record of this kind, each in a card of its own."""
    for name, panel in panels_of(kind, uow.actor).items():
        with show_problems():
            section = panel.show(uow, record_id)
            if section is not None:
                with card(f"panel_{name}", _(panel.title), panel.icon):
                    _section(section, key=f"panel-{name}")


def _section(section: Section, *, key: str) -> None:
    if section.facts:
        facts(section.facts)
    if section.rows:
        columns = [
            Column(n, label, "main" if place == 0 else "") for place, (n, label) in enumerate(section.columns)
        ]
        table(columns, [Row(cells, href) for cells, href in section.rows], key=key)  # type: ignore[arg-type]
    if section.is_empty:
        empty(_("Nothing here yet."), section.empty)
    for one in section.links:
        link(one.label, one.href, one.icon)
