"""What a building's page says at its head: that it waits for an address or is no more; and what may be done."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.kernel.i18n import _
from core.kernel.unit_of_work import UnitOfWork
from core.places.queries import BuildingDetail, building_successors
from core.ui.pieces import hint, link
from core.ui.proposals import ways

EXAMPLE = "海滨路12号龙湖苑8幢"


def address_or_spot(key: str, told: Mapping[str, Any], example: str = EXAMPLE) -> dict[str, str]:
    """The address of a new building in one line or, while it has none, where it stands: one of the two."""
    label = _("It has neither a certificate nor a door number yet")
    if not st.toggle(label, value=bool(told.get("spot")), key=f"{key}-without"):
        label, now = _("Address in one line"), str(told.get("address") or "")
        return {"address": st.text_input(label, now, key=f"{key}-address", placeholder=example)}
    spot = st.text_input(
        _("Where it stands"),
        str(told.get("spot") or ""),
        key=f"{key}-spot",
        max_chars=60,
        placeholder=_("Behind the temple, next to the well"),
    )
    hint(_("It gets its serial and code at once, and its address later."))
    return {"spot": spot}


def building_notice(uow: UnitOfWork, building: BuildingDetail) -> None:
    """Nothing for a building that stands at its address."""
    if building.closed_on:
        st.warning(
            _("This building was closed on {day}. Its code is never given again.").format(
                day=building.closed_on
            )
        )
        for door in building_successors(uow, building.id):
            link(
                _("In its place: {address}").format(address=door.title),
                f"building?id={door.id}",
                "arrow_forward",
            )
    elif building.is_provisional:
        said = _("This building has no address yet; it stands here: {spot}. Its code stays when it gets one.")
        st.info(said.format(spot=building.spot or "—"), icon=":material/pin_drop:")


def building_links(uow: UnitOfWork, building: BuildingDetail) -> None:
    """The ways from a building: its list, and what may be done with it while it stands."""
    closed = building.closed_on is not None
    with st.container(horizontal=True):
        link(_("As a list"), f"houses?building={building.id}", "list")
        if not closed:
            ways(uow, "Building", building.id)
            if uow.actor.may("label.view"):
                link(_("Labels at doors"), f"labels?building={building.id}", "qr_code_2")
        if uow.actor.may("house.edit") and not closed:
            label = _("Give it an address") if building.is_provisional else _("Edit")
            link(label, f"building_edit?id={building.id}", "edit")
            link(_("Add rooms"), f"building_new?id={building.id}", "add")
        if uow.actor.may("rebuild.apply"):
            where = (
                f"what=build&replaces={building.id}" if closed else f"building={building.id}&what=demolish"
            )
            label = _("Apply for a new building in its place") if closed else _("Split, merge, pull down")
            link(label, f"rebuilding_new?{where}", "domain_add")
