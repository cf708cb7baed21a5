"""The ground floor of a building as one walks along it: each unit with the organisation in it; a click opens it."""

from collections import Counter
from collections.abc import Sequence

from core.kernel.i18n import N_, _
from core.organisations.queries import OrganisationLine, Shop
from core.organisations.rules import trade
from core.ui.component import leading
from core.ui.pieces import coded

_MATRIX = leading("matrix")
GROUPS = {
    "food": N_("Food"),
    "goods": N_("Goods"),
    "service": N_("Services"),
    "health": N_("Health and care"),
    "learn": N_("Education"),
    "office": N_("Offices and public"),
    "work": N_("Workshops"),
    "other": N_("Other"),
}
STATES = {
    "closed": (N_("Closed down"), "door_front"),
    "vacant": (N_("Vacant"), "sensor_door"),
    "home": (N_("Lived in"), "home"),
    "unknown": (N_("Not registered"), "help"),
}


def shop_front(shops: Sequence[Shop], *, key: str, can_add: bool) -> None:
    """Show the units side by side, from left to right; `can_add`: empty ones lead to a new organisation."""
    doors = {shop.house_id: _door(shop, can_add) for shop in shops}
    counts = Counter(door["state"] for door in doors.values())
    names = {**GROUPS, **{state: label for state, (label, _icon) in STATES.items()}}
    data = {
        "units": [{"label": "", "floors": [{"label": "", "doors": list(doors.values())}]}],
        "legend": [
            {"state": state, "label": _(label), "count": counts[state]}
            for state, label in names.items()
            if counts[state]
        ],
    }
    _MATRIX(key, data)


def _door(shop: Shop, can_add: bool) -> dict[str, str]:
    """One unit: open ones have the colour and sign of their trade, others those of their state."""
    first = shop.organisations[0] if shop.organisations else None
    if shop.state == "open" and first:
        more = len(shop.organisations) - 1
        sign = _("{name} and {n} more").format(name=first.sign, n=more) if more else first.sign
        late = _("Inspection overdue") if any(one.is_overdue for one in shop.organisations) else ""
        said = f"{shop.room} {coded('trade', first.trade)}: {first.name}"
        look = trade(first.trade)
        return _cell(shop, look.tone, sign, look.icon, said, _where(shop, first, can_add), late)
    label, icon = STATES[shop.state]
    was = _("{state}, was {name}").format(state=_(label), name=first.sign) if first else _(label)
    return _cell(shop, shop.state, was, icon, f"{shop.room} {was}", _where(shop, first, can_add))


def _where(shop: Shop, first: OrganisationLine | None, can_add: bool) -> str:
    """What a click opens: the organisation, the house when several are in it, or a new one."""
    if len(shop.organisations) > 1:
        return f"/house?id={shop.house_id}"
    if shop.state == "open" and first:
        return f"/organisation?id={first.id}"
    wanted = can_add and shop.state != "home"
    return f"/organisation_edit?house={shop.house_id}" if wanted else f"/house?id={shop.house_id}"


def _cell(
    shop: Shop, state: str, text: str, icon: str, said: str, href: str, mark: str = ""
) -> dict[str, str]:
    return {
        "label": "-".join(part for part in (shop.unit, shop.room) if part) or _("Shop"),
        "state": state,
        "title": f"{said} {mark}".strip(),
        "href": href,
        "text": text,
        "icon": icon,
        "mark": mark,
    }
