"""The facts of a house on its page, now or as they were."""

from collections.abc import Collection, Sequence

import streamlit as st

from core.kernel.fields import CUSTOM, declared
from core.kernel.forms import form_fields, named
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.places import commands
from core.places.models import House
from core.places.queries import Door, HouseDetail
from core.ui.facts import Fact, Looks, fact_list
from core.ui.pieces import HOUSE_TONES, ago, chips, coded, freshness_tone, link
from core.ui.verify import verify_button


def heading(house: HouseDetail) -> None:
    """State, residents and how fresh it is."""
    chips(
        [
            (coded("house_state", house.state), HOUSE_TONES.get(house.state, ""), _("State")),
            (_("{n} residents").format(n=house.residents), "", ""),
            (
                _("Verified {when}").format(when=ago(house.verified_at)),
                freshness_tone(house.verified_at),
                house.verified_by,
            ),
        ]
    )


def closed_notice(house: HouseDetail, after: Sequence[Door]) -> None:
    """That a house is no more, since when, and what came in its place; nothing for one that stands."""
    if house.closed_on is None:
        return
    st.warning(
        _("This house was closed on {day}. Its code is never given again.").format(day=house.closed_on)
    )
    for door in after:
        link(_("In its place: {address}").format(address=door.title), f"house?id={door.id}", "arrow_forward")


def house_facts(
    uow: UnitOfWork, house: HouseDetail, looks: Looks | None, differs: Collection[str] = ()
) -> None:
    """What is filed of the house and the building around it, and the office's own fields."""
    around = house.building
    size = _("{floors} floors, {units} units").format(floors=around.floors, units=around.units)
    facts = (
        ("address", N_("Address"), house.address),
        ("code", N_("House code"), house.code),
        ("state", N_("State"), coded("house_state", house.state)),
        ("use", N_("Use"), coded("house_use", house.use)),
        ("ownership", N_("Ownership"), coded("house_ownership", house.ownership)),
        ("floor_area", N_("Floor area (m²)"), house.floor_area),
        ("note", N_("Note"), house.note),
    )
    fact_list((Fact(_(label), value, name, name in differs) for name, label, value in facts), looks)
    fact_list([Fact(_("Building"), size), Fact(_("Year built"), around.built_year)])
    own = [known for known in form_fields(uow, House, house.area) if known.name.startswith(CUSTOM)]
    if own:
        [row] = named(uow, own, [house.values])
        values = ((k, k.said(row.get(k.name), language.get())) for k in own)
        fact_list((Fact(_(k.label), said, k.name, k.name in differs) for k, said in values), looks)


def verify_house(uow: UnitOfWork, house: HouseDetail, looks: Looks) -> None:
    """The button that confirms the house or some facts."""
    known = declared(House)
    verify_button(
        lambda source, fields=(): commands.verify_house(uow, house.id, source, fields),
        key=f"house-{house.id}",
        fields={name: _(known[name].label) for name in House.key_fields},
        looks=looks,
    )
