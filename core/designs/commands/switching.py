"""Switching optional standard fields on and off for a place."""

from core.designs.queries import switchboard
from core.kernel.custom import FieldSwitch, switches
from core.kernel.i18n import _
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, command

SHORTEST_PURPOSE = 4


@command("register.design")
def switch_field(uow: UnitOfWork, of: str, name: str, is_on: bool, purpose: str = "") -> None:
    """Use an optional standard field at and below the actor's place, or not; what was filled in stays.

    Raises Missing for a field that is not optional, Invalid when it is switched on without saying what it is for.
    """
    if not any((line.of, line.name) == (of, name) for line in switchboard(uow)):
        raise Missing(_("This is not an optional field."))
    if is_on and len(purpose.strip()) < SHORTEST_PURPOSE:
        said = _("Say in a few words what the field is needed for; personal data need a purpose.")
        raise Invalid(said, purpose=said)
    here = next((one for one in switches(uow, of) if (one.area, one.name) == (uow.actor.area, name)), None)
    if here is None:
        uow.add(FieldSwitch, area=uow.actor.area, of=of, name=name, is_on=is_on, purpose=purpose.strip())
    else:
        uow.change(here, is_on=is_on, purpose=purpose.strip())
    uow.known.pop(f"switches:{of}", None)
