"""The organisations of a house: those that are in it now, and those that were."""

from core.kernel.codes import code_name
from core.kernel.extensions import Link, Panel, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.organisations.queries import TenantLine, of_house

COLUMNS = (
    ("name", N_("Organisation name")),
    ("trade", N_("Trade")),
    ("state", N_("State")),
    ("stay", N_("Time")),
)
TONES = {"open": "ok", "closed": "bad", "moved": "warn"}


def show(uow: UnitOfWork, house_id: int) -> Section:
    """Present ones first, each with the days it came and left, and a way to add one."""
    rows = [
        (_cells(one), f"organisation?id={one.organisation_id}" if one.organisation_id else "")
        for one in of_house(uow, house_id, with_past=True)
    ]
    add = Link(
        label=_("Add an organisation here"), href=f"organisation_edit?house={house_id}", icon="add_business"
    )
    links = (add,) if uow.actor.may("organisation.edit") else ()
    return Section(columns=COLUMNS, rows=rows, links=links, empty=_("No organisation is registered here."))


def _cells(one: TenantLine) -> dict[str, object]:
    """One organisation; how it stands is of today, so it is said of present ones only."""
    late = [_mark(_("Inspection overdue"), "bad")] if one.is_overdue else []
    here = [_state(one.state), *late] if one.state else []
    days = (str(day) if day else "" for day in (one.from_on, one.to_on))
    return {
        "name": one.name,
        "trade": code_name("trade", one.trade, lang=language.get()) if one.trade else None,
        "state": [_mark(_("No longer here"))] if one.to_on else here,
        "stay": " – ".join(days).strip(),
    }


def _state(state: str) -> dict[str, str]:
    return _mark(code_name("organisation_state", state, lang=language.get()), TONES.get(state, ""))


def _mark(text: str, tone: str = "") -> dict[str, str]:
    return {"text": text, "tone": tone, "title": ""}


panel = Panel(
    title=N_("Organisations here"),
    of="House",
    needs="organisation.view",
    icon="storefront",
    show=show,
    order=20,
)
