"""The label at the door of a house: whether there is one, when it was printed, and the way to it."""

from core.kernel.codes import code_name
from core.kernel.extensions import Link, Panel, Section
from core.kernel.fields import CHINA
from core.kernel.i18n import N_, _, language
from core.kernel.unit_of_work import UnitOfWork
from core.labels.queries import LabelLine, labels_of
from core.labels.rules import spoken_code


def show(uow: UnitOfWork, house_id: int) -> Section | None:
    """The label in use; where there is none, the way to get one."""
    found = labels_of(uow, house_id)
    if found.is_closed and not found.past:
        return None
    way = Link(label=_("Show, print, replace"), href=f"label?id={house_id}", icon="qr_code_2")
    if found.active is None:
        return Section(empty=_("This door has no label yet."), links=(way,))
    return Section(facts=_facts(found.active, is_outdated=found.is_outdated), links=(way,))


def _facts(label: LabelLine, *, is_outdated: bool) -> dict[str, object]:
    printed = label.printed_at.astimezone(CHINA).strftime("%Y-%m-%d") if label.printed_at else _("never")
    told = _("{when}, says something else by now").format(when=printed) if is_outdated else printed
    state = code_name("label_state", label.state, lang=language.get())
    return {_("State"): state, _("Short code"): spoken_code(label.short_code), _("Printed"): told}


panel = Panel(
    title=N_("Label at the door"), of="House", needs="label.view", icon="qr_code_2", show=show, order=5
)
