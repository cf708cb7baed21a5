"""Adding, changing, verifying, removing and bringing back entries of a register."""

from sqlmodel import col

from core.designs.models import Design
from core.designs.queries.records import published
from core.entries.queries.books import designed, fields_of, opened
from core.entries.queries.making import file_entry, new_record, new_values
from core.entries.queries.of_entries import record_of
from core.entries.queries.records import ids_after, removal_of
from core.kernel import search, undo
from core.kernel.codes import codes
from core.kernel.crypto import Sealed
from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, command

REMOVED = "removed"
undo.DEEDS[REMOVED] = N_("Entry removed")
MOST_REFILED = 5000


@command("register.edit")
def add_entry(uow: UnitOfWork, /, register: str, area: str = "", **values: object) -> int:
    """Write an entry into a register and return its number; it stands where its house or person stands, else in `area`.

    Raises Invalid with a sentence at each field, Missing or Refused for a register that is not theirs.
    """
    found = opened(uow, register, write=True)
    record = new_record(uow, found, area, values)
    uow.session.add(record)
    uow.session.flush()
    file_entry(uow, found, record, born=True)
    return record.id


@command("register.edit")
def edit_entry(
    uow: UnitOfWork, /, register: str, entry_id: int | str, seen: int | None, **values: object
) -> None:
    """Change an entry; `seen` is the version the form was filled from, a newer one raises Clash with the differences.

    A sealed number left empty stays as it is; "-" takes it away.
    """
    found, record = record_of(uow, register, entry_id, write=True)
    uow.change(record, seen=seen, **new_values(uow, found, record, values))
    file_entry(uow, found, record)


@command("register.edit")
def verify_entry(uow: UnitOfWork, register: str, entry_id: int | str, source: str) -> None:
    """Note that what an entry says was found true now; `source` is a code of the list `sources`."""
    if source not in codes("sources"):
        said = _("Say how you know: choose one of the sources.")
        raise Invalid(said, source=said)
    _found, record = record_of(uow, register, entry_id, write=True)
    uow.change(record, verified_at=uow.now, verified_by=uow.actor.login, verified_from=source)


@command("register.edit")
def remove_entry(uow: UnitOfWork, register: str, entry_id: int | str, reason: str = "") -> None:
    """Take an entry out of its register; history and log keep it, and it can be brought back."""
    found, record = record_of(uow, register, entry_id, write=True)
    uow.because(reason)
    with undo.deed(uow, REMOVED, record):
        search.forget(uow, record.id)
        uow.remove(record)
    uow.known.pop(found.name, None)


@command("register.edit")
def restore_entry(uow: UnitOfWork, register: str, entry_id: int | str) -> None:
    """Bring a removed entry back as it was. Raises Missing when there is none to bring back."""
    found = opened(uow, register, write=True)
    done = removal_of(uow, f"{found.record.__name__}/{entry_id}", REMOVED)
    if done is None:
        raise Missing(_("There is nothing to bring back."))
    undo.take_back(uow, done, lambda step: _("Entry {number}").format(number=step.id))
    record_of(uow, register, entry_id, write=True)


@command("person.reveal")
def reveal_entry(uow: UnitOfWork, register: str, entry_id: int | str, field: str, reason: str) -> str:
    """One sealed number of an entry in full, for a reason that is written down; "" when there is none."""
    found, record = record_of(uow, register, entry_id)
    known = fields_of(uow, found, record.area).get(field)
    if known is None or known.kind is not Sealed:
        said = _("This field cannot be shown in full.")
        raise Invalid(said, field=said)
    return uow.reveal(record, field, reason)


@command("register.design")
def refile_entries(uow: UnitOfWork, design_id: int) -> int:
    """Let the search follow a new design, for up to 5,000 entries; how many. Others follow when they are saved."""
    design = uow.get(Design, design_id)
    found = designed(uow, design, published(uow, design))
    records = ids_after(uow, found, col(found.record.id) > 0, MOST_REFILED)
    for record in records:
        file_entry(uow, found, record)
    return len(records)
