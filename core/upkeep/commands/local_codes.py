"""Adding, correcting and ending the office's own codes."""

from datetime import date

from sqlalchemy import event

from core.kernel.unit_of_work import UnitOfWork, command
from core.upkeep.models import LocalCode
from core.upkeep.queries import own_codes
from core.upkeep.rules import check_name, new_code


@command("code.edit")
def add_code(uow: UnitOfWork, list_name: str, /, *, code: str, name: str, name_en: str = "") -> int:
    """Add a code to a list; it is in every form and filter from now on. Raises Invalid, Clash."""
    clean = new_code(list_name, code)
    check_name(list_name, name.strip())
    _told(uow)
    facts = {"list_name": list_name, "code": clean, "name": name, "name_en": name_en}
    return uow.add(LocalCode, area=uow.actor.area, **facts).id


@command("code.edit")
def edit_code(uow: UnitOfWork, code_id: int, /, *, seen: int | None, name: str, name_en: str = "") -> None:
    """Correct what an own code is called. Raises Clash for a national name or a newer version."""
    found = uow.get(LocalCode, code_id)
    check_name(found.list_name, name.strip())
    _told(uow)
    uow.change(found, seen=seen, name=name, name_en=name_en)


@command("code.edit")
def end_code(uow: UnitOfWork, code_id: int, is_ended: bool = True) -> None:
    """Take an own code out of the choices, or put it back; records that carry it keep it."""
    _told(uow)
    uow.change(uow.get(LocalCode, code_id), ended_on=date.today() if is_ended else None)


def _told(uow: UnitOfWork) -> None:
    """This process reads the codes anew once the change is saved; inside a command."""
    event.listen(uow.session, "after_commit", lambda _session: own_codes.forget(), once=True)
