"""Taking sheets in and out of a register: every one with a purpose or a plan, and a line in the log."""

import hashlib
from collections.abc import Iterator
from typing import Any

from core.entries.models import ImportBatch
from core.entries.queries.books import opened
from core.entries.queries.making import file_entry, new_record, new_values
from core.entries.queries.of_entries import EntryLine, find_entries
from core.entries.queries.of_sheets import FIXED, GRID, NUMBER, planned, sheet_fields
from core.entries.queries.records import removal_of
from core.entries.queries.walking import EntryFilter
from core.kernel import sheets, undo
from core.kernel.extensions import Register
from core.kernel.fields import CHINA, Declared
from core.kernel.i18n import N_, _, language
from core.kernel.masking import spoken
from core.kernel.planning import CHANGED, GOOD, NEW
from core.kernel.problems import Invalid, Missing
from core.kernel.unit_of_work import UnitOfWork, command
from core.places.queries import area_names, my_root

IMPORTED = "imported"
undo.DEEDS[IMPORTED] = N_("Sheet taken in")
SHORTEST_PURPOSE = 4
MOST_EXPORTED = 100_000
PAGE = 1000


@command("register.import")
def import_sheet(uow: UnitOfWork, register: str, data: bytes, file: str) -> int:
    """Take in what is good of a sheet, all of it or nothing, and return the number of the batch.

    The plan is made anew, so that what others wrote meanwhile counts. Raises Invalid when nothing is good.
    """
    found = opened(uow, register, write=True)
    plan, pairs = planned(uow, found, data)
    added, changed = (plan.counts[state] for state in GOOD)
    if not added + changed:
        raise Invalid(_("Nothing in this sheet is new or changed."))
    uow.because(file)
    left = len(plan.rows) - added - changed
    told = {"added": added, "changed": changed, "left_out": left, "at": uow.now, "by": uow.actor.login}
    mark = hashlib.sha256(data).hexdigest()
    batch = uow.add(
        ImportBatch, area=_place(uow), register_name=found.name, file=file[:120], digest=mark, **told
    )
    with undo.deed(uow, IMPORTED, batch):
        for row, line in pairs:
            values = {name: value for name, value in line.values.items() if name != GRID}
            if row.state == NEW:
                record = new_record(uow, found, line.values.get(GRID, ""), values)
                uow.session.add(record)
                uow.session.flush()
                file_entry(uow, found, record, born=True)
            elif row.state == CHANGED and line.entry is not None:
                uow.change(line.entry, **new_values(uow, found, line.entry, values))
                file_entry(uow, found, line.entry)
    return batch.id


def _place(uow: UnitOfWork) -> str:
    """Where a batch stands: where the actor does; a job's at the root of the tree."""
    return uow.actor.area or my_root(uow).area


@command("register.import")
def undo_import(uow: UnitOfWork, register: str, batch_id: int) -> None:
    """Take a whole sheet back. Raises Clash with the entries that were changed since, Missing for an unknown batch."""
    found = opened(uow, register, write=True)
    batch = uow.get(ImportBatch, batch_id)
    done = removal_of(uow, f"ImportBatch/{batch.id}", IMPORTED)
    if done is None or batch.register_name != found.name:
        raise Missing(_("There is nothing to take back."))
    undo.take_back(uow, done, lambda step: _("Entry {number}").format(number=step.id))
    uow.change(batch, undone_at=uow.now)


@command("register.export")
def export_entries(
    uow: UnitOfWork,
    register: str,
    wanted: EntryFilter,
    purpose: str,
    form: str = sheets.EXCEL,
    *,
    with_ended: bool = False,
) -> bytes:
    """What the list shows, as a sheet: masked as on the screen, for a purpose that is written down with the count.

    Raises Invalid without a purpose or for too many entries, Missing or Refused for a register that is not theirs.
    """
    found = opened(uow, register)
    uow.require(found.export)
    check_purpose(purpose)
    fields = sheet_fields(uow, found, with_ended=with_ended)
    lines = list(_all(uow, found, wanted))
    places = area_names(uow, {line.area for line in lines})
    headings = [
        _(FIXED[NUMBER]),
        _("Title"),
        *(_(known.label) for known in fields.values()),
        _(FIXED[GRID]),
        _("Verified at"),
    ]
    rows = [_row(line, fields, places) for line in lines]
    exported(uow, f"register/{found.name}", len(rows), wanted, purpose)
    return sheets.write(form, headings, rows, title=_(found.title))


def check_purpose(purpose: str) -> None:
    """Raises Invalid when nobody says what an export is for."""
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        said = _("Say what the sheet is for and who gets it.")
        raise Invalid(said, purpose=said)


def exported(uow: UnitOfWork, about: str, count: int, wanted: object, purpose: str) -> None:
    """The line in the log about an export: how many rows, by which filter, and for what; inside a command."""
    uow.because(purpose)
    told = {name: value for name, value in vars(wanted).items() if value not in ("", None, False, {})}
    changes: dict[str, Any] = {"rows": [0, count], "filter": ["", str(told)]}
    uow.lines.append(uow.line("exported", about=about, changes=changes))


def _all(uow: UnitOfWork, register: Register, wanted: EntryFilter) -> Iterator[EntryLine]:
    token, count = None, 0
    while True:
        page = find_entries(uow, register.name, wanted, token, PAGE)
        yield from page.items
        token, count = page.after, count + len(page.items)
        if not token:
            return
        if count >= MOST_EXPORTED:
            said = _("More than {n} rows: narrow the list first.").format(n=f"{MOST_EXPORTED:,}")
            raise Invalid(said)


def _row(line: EntryLine, fields: dict[str, Declared], places: dict[str, str]) -> list[Any]:
    verified = line.verified_at.astimezone(CHINA) if line.verified_at else None
    cells = [cell_of(known, line.values.get(name)) for name, known in fields.items()]
    return [str(line.id), line.title, *cells, places.get(line.area, ""), verified]


def cell_of(known: Declared, value: Any) -> Any:
    """A value as a sheet has it: days and numbers as such, codes by their names."""
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or known.choices():
        said = known.said(value, language.get())
        return spoken(known, said) if isinstance(said, bool) else said
    return value
