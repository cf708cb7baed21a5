"""Setting up how labels are printed at a place."""

from typing import Any

from core.kernel.i18n import _
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork, command
from core.labels.models import A4, LabelSheet
from core.labels.queries.of_sheets import nearest
from core.places.queries.shared import area_at


@command("label.design")
def save_sheet(uow: UnitOfWork, area: str, /, *, seen: int | None = None, **values: Any) -> int:
    """Say how labels are printed at a place of the actor's branch and below it; the number of the layout.

    Raises Invalid for labels that do not fit on the paper, Refused for a place above, Clash.
    """
    place = area_at(uow, area)
    found = nearest(uow, place.area)
    if found is None or found.area != place.area:
        sheet = uow.checked(LabelSheet, {**values, "area": place.area})
        _check_paper(sheet)
        return uow.add(LabelSheet, **{**values, "area": place.area}).id
    _check_paper(uow.checked(LabelSheet, {**found.model_dump(), **values}, found))
    return uow.change(found, seen=seen, **values).id


@command("label.design")
def drop_sheet(uow: UnitOfWork, sheet_id: int) -> None:
    """Print as the place above does. Raises Missing."""
    uow.remove(uow.get(LabelSheet, sheet_id))


def _check_paper(sheet: LabelSheet) -> None:
    """Raises Invalid with the side that is too long."""
    wide = sheet.left + sheet.columns * sheet.width + (sheet.columns - 1) * sheet.gap_x
    high = sheet.top + sheet.rows * sheet.height + (sheet.rows - 1) * sheet.gap_y
    said = _("This makes {long:g} mm, but A4 has {most:g} mm.")
    if wide > A4[0] + 0.05:
        raise Invalid(said.format(long=wide, most=A4[0]), columns=said.format(long=wide, most=A4[0]))
    if high > A4[1] + 0.05:
        raise Invalid(said.format(long=high, most=A4[1]), rows=said.format(long=high, most=A4[1]))
