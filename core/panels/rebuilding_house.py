"""The codes a house has carried, and the applications to split, merge or pull it down."""

from core.kernel.codes import code_name
from core.kernel.extensions import Link, Panel, Section
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries import codes_of_house
from core.rebuilding.queries import about_house

COLUMNS = (("what", N_("What")), ("state", N_("State")), ("when", N_("When")))


def show(uow: UnitOfWork, house_id: int) -> Section | None:
    """Nothing for a house that has always been what it is."""
    codes, found = codes_of_house(uow, house_id), about_house(uow, house_id)
    rows: list[tuple[dict[str, object], str]] = [
        (
            {
                "what": one.title,
                "state": code_name("rebuilding_state", one.state, lang=language.get()),
                "when": one.applied_at.date().isoformat(),
            },
            f"rebuilding?id={one.id}",
        )
        for one in found
    ]
    if len(codes) > 1 or any(one.closed_on for one in codes):
        rows += [
            ({"what": one.code, "state": _said(one.closed_on), "when": str(one.given_on)}, "")
            for one in codes
        ]
    links = [Link(label=_("Apply to split, merge or pull down"), href=f"rebuilding_new?house={house_id}")]
    may = uow.actor.may("rebuild.apply") and not any(one.closed_on for one in codes[-1:])
    return Section(columns=COLUMNS, rows=rows, links=links if may else []) if rows or may else None


def _said(closed_on: object) -> str:
    return _("closed on {day}").format(day=closed_on) if closed_on else _("in use")


panel = Panel(
    title=N_("Codes and changes of the house"),
    of="House",
    needs="rebuild.view",
    icon="tag",
    show=show,
    order=80,
)
