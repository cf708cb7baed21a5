"""Lists of homes that are let or stand empty."""

from collections.abc import Sequence
from datetime import date

from core.kernel.i18n import N_, _
from core.tenancies.queries import EmptyHome, NewTenant, RentedHome, Turnover
from core.tenancies.queries.of_empty import Owner
from core.tenancies.queries.of_lets import Landlord
from core.ui.pieces import HOUSE_TONES, ago, coded, freshness_tone, said
from core.ui.table import Cell, Column, Row, chip, table

HOMES = (
    Column("address", N_("Address"), "main"),
    Column("tenants", N_("Tenants"), "number"),
    Column("since", N_("Rented since"), "labelled"),
    Column("began", N_("New tenancies in 3 years"), "number"),
    Column("waiting", N_("Not verified")),
    Column("landlord", N_("Landlord")),
    Column("lease", N_("Lease to"), "labelled"),
)
TENANTS = (
    Column("name", N_("Name"), "main"),
    Column("address", N_("Address"), "wide"),
    Column("since", N_("Moved in"), "labelled"),
    Column("source", N_("Source")),
)
PLACES = (
    Column("name", N_("Area"), "main"),
    Column("homes", N_("Rented homes"), "number"),
    Column("began", N_("New tenancies"), "number"),
    Column("ended", N_("Tenancies that ended"), "number"),
    Column("rate", N_("Per 100 homes"), "number"),
    Column("days", N_("Lasted (months)"), "number"),
    Column("waiting", N_("New tenants, not verified"), "number"),
)
EMPTY = (
    Column("address", N_("Address"), "main"),
    Column("state", N_("State")),
    Column("since", N_("Empty since"), "labelled"),
    Column("until", N_("Lived in until"), "labelled"),
    Column("verified", N_("Verified")),
    Column("by", N_("By")),
    Column("owner", N_("Home owner")),
)
MONTH = 30.4


def homes_table(homes: Sequence[RentedHome]) -> None:
    """Homes that are let; a click opens the house."""
    rows = [
        Row(
            {
                "address": one.address,
                "tenants": one.tenants or None,
                "since": said(one.since) if one.since else None,
                "began": one.began or None,
                "waiting": _waiting(one),
                "landlord": _contact(one.landlord),
                "lease": _lease(one.landlord),
            },
            f"house?id={one.house_id}",
        )
        for one in homes
    ]
    table(HOMES, rows, key="homes")


def tenants_table(tenants: Sequence[NewTenant]) -> None:
    """New tenants; a click opens the period, where it is verified or put right."""
    rows = [
        Row(
            {
                "name": one.name,
                "address": one.address,
                "since": said(one.from_on),
                "source": coded("sources", one.source) or chip(_("not said"), "warn"),
            },
            f"stay?id={one.residence_id}",
        )
        for one in tenants
    ]
    table(TENANTS, rows, key="tenants")


def turnover_table(places: Sequence[Turnover], here: str) -> None:
    """Place by place; a click looks inside, or shows the homes of a grid."""
    rows = [
        Row(
            {
                "name": one.name,
                "homes": one.homes,
                "began": one.began,
                "ended": one.ended,
                "rate": one.rate,
                "days": None if one.days is None else round(one.days / MONTH, 1),
                "waiting": one.waiting or None,
            },
            f"rentals?under={one.area}" + ("" if one.area == here else "&view=turnover"),
        )
        for one in places
    ]
    table(PLACES, rows, key="places")


def empty_table(homes: Sequence[EmptyHome]) -> None:
    """Homes in which nobody lives; a click opens the house."""
    rows = [
        Row(
            {
                "address": one.address,
                "state": chip(coded("house_state", one.state), HOUSE_TONES.get(one.state, "")),
                "since": _since(one),
                "until": said(one.lived_until) if one.lived_until else None,
                "verified": chip(ago(one.verified_at), freshness_tone(one.verified_at)),
                "by": " · ".join(
                    part for part in (one.verified_by, coded("sources", one.verified_from)) if part
                ),
                "owner": _contact(one.owner),
            },
            f"house?id={one.house_id}",
        )
        for one in homes
    ]
    table(EMPTY, rows, key="empty")


def _since(one: EmptyHome) -> Cell:
    """Since when; red where somebody was still registered later."""
    if one.since is None:
        return _("not known")
    if one.lived_until and one.lived_until > one.since:
        return chip(said(one.since), "bad", _("Somebody was registered here later than that."))
    return said(one.since)


def _waiting(one: RentedHome) -> Cell:
    if not one.tenants:
        return chip(_("no tenant registered"), "bad")
    return chip(_("{n} people").format(n=one.waiting), "warn") if one.waiting else None


def _contact(one: Landlord | Owner | None) -> str:
    """Name and phone, as far as the reader may see them."""
    if one is None:
        return ""
    name = one.landlord if isinstance(one, Landlord) else one.owner
    return " ".join(part for part in (name, one.phone) if part)


def _lease(one: Landlord | None) -> Cell:
    if one is None or one.lease_to is None:
        return None
    return chip(said(one.lease_to), "bad" if one.lease_to < date.today() else "")
