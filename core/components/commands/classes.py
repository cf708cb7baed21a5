"""Classes of an office's own: added beside the national ones, ended when they are no longer used."""

from datetime import date

from core.components.models import LocalClass
from core.components.queries import records
from core.components.queries.making import refuse
from core.components.rules import free_minor, national
from core.kernel.i18n import _
from core.kernel.paging import column
from core.kernel.problems import Invalid
from core.kernel.serials import used
from core.kernel.unit_of_work import UnitOfWork, command


@command("component.classes")
def add_local_class(uow: UnitOfWork, major: str, name: str, is_sensitive: bool = False) -> int:
    """Add a class under a major, for the actor's branch, with the next free number; the number of its record.

    Sensitive ones have numbers of their own (989 down to 980, others from 999 down to 990). Raises Invalid for a name
    that is there already, or when no number is left.
    """
    found = free_minor(major, used(uow, column(LocalClass.code), major), sensitive=is_sensitive)
    known = {title for code, title in national().items() if code.startswith(major)}
    if name.strip() in known | records.local_names(uow, major):
        refuse({"name": _("There is a class of this name already.")})
    return uow.add(LocalClass, area=uow.actor.area, code=found, name=name, is_sensitive=is_sensitive).id


@command("component.classes")
def end_local_class(uow: UnitOfWork, class_id: int | str) -> None:
    """Nobody chooses the class any more from today on; what stands under it keeps it, its number is never reused."""
    found = uow.get(LocalClass, class_id)
    if found.ended_on is not None:
        raise Invalid(_("This class has ended already."))
    uow.change(found, ended_on=date.today())
