"""Handing on what is inside a shape: for a purpose, masked, counted in the log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.browsing.queries.of_inside import Thing, things_inside
from core.browsing.queries.of_people import is_about_people
from core.entries.commands.sheets import MOST_EXPORTED, check_purpose, exported
from core.kernel import sheets
from core.kernel.extensions import Choice
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.layers import layer_of
from core.mapping.queries.narrowing import ALL
from core.places.queries import area_names

AT_ONCE = 1000
HEADINGS = (N_("Called"), N_("Kind"), N_("Grid"))
PLACE = (N_("Longitude"), N_("Latitude"))


@dataclass(frozen=True)
class Handed:
    """What was handed on, as the log tells it."""

    shape: str
    layer: str
    kinds: str = ""
    days: str = ""


@command("map.export")
def export_inside(
    uow: UnitOfWork, shape: str, layer: str, purpose: str, form: str = sheets.EXCEL, choice: Choice = ALL
) -> bytes:
    """One layer inside a shape as a sheet, as the list shows it to the actor; people without a position.

    Raises Invalid without a purpose, for a shape that cannot be or too many rows, Missing, Refused.
    """
    check_purpose(purpose)
    what = layer_of(uow, layer)
    of_people = is_about_people(what)
    if of_people:
        uow.require("person.export")
    found = list(_all(uow, shape, layer, choice))
    places = area_names(uow, {one.area for one in found})
    headings = [_(heading) for heading in (HEADINGS if of_people else (*HEADINGS, *PLACE))]
    rows = [_row(one, places, with_place=not of_people) for one in found]
    days = f"{choice.since or ''}/{choice.until or ''}".strip("/")
    handed = Handed(shape[:300], layer, ",".join(choice.kinds), days)
    exported(uow, f"map/{layer}", len(rows), handed, purpose)
    return sheets.write(form, headings, rows, title=_(what.title))


def _all(uow: UnitOfWork, shape: str, layer: str, choice: Choice) -> Iterator[Thing]:
    token, count = None, 0
    while True:
        page = things_inside(uow, shape, layer, choice, token, AT_ONCE)
        yield from page.items
        token, count = page.after, count + len(page.items)
        if not token:
            return
        if count >= MOST_EXPORTED:
            said = _("More than {n} rows: narrow the list first.").format(n=f"{MOST_EXPORTED:,}")
            raise Invalid(said)


def _row(one: Thing, places: dict[str, str], *, with_place: bool) -> Sequence[Any]:
    return [one.title, one.kind, places.get(one.area, ""), *([one.lon, one.lat] if with_place else [])]
