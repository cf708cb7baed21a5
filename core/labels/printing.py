"""Drawing labels: slow work outside, short commands inside. A large printing is cut into files of some thousands."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BytesIO, RawIOBase

from core.attachments.taking import Served
from core.kernel.files import parcels
from core.kernel.i18n import _
from core.kernel.jobs import Cancelled, Progress
from core.kernel.problems import Missing
from core.kernel.unit_of_work import UnitOfWork
from core.labels import commands, queries
from core.labels.drawing import label_of, pages_of, pdf_of, png_of, svg_of
from core.labels.drawing.layout import Sheet
from core.labels.drawing.shapes import Drawing
from core.labels.queries import Choice, RunLine, part_name

SCREEN = 4.0
"""Dots a millimetre of a preview."""
PER_FILE = 2400
"""Labels in one file: some megabytes, which every printer program still opens at once."""
FORMS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def printed(uow: UnitOfWork, choice: Choice) -> RunLine:
    """Draw labels now, or let a job do it when they are many. Raises Invalid."""
    number = commands.start_run(uow, choice)
    if queries.run(uow, number).job_id is None:
        draw(uow, number)
    return queries.run(uow, number)


def draw(uow: UnitOfWork, run_id: int, tell: Progress = lambda share, words: None) -> None:
    """Draw a printing file by file. When nobody wants it any more, what is finished stays."""
    houses, sheet = queries.run_houses(uow, run_id), queries.sheet_at(uow).sheet
    state = "failed"
    try:
        for start in range(0, len(houses), PER_FILE):
            told = partial(_tell, tell, start, sheet.per_page, len(houses))
            _draw_file(uow, run_id, start // PER_FILE + 1, houses[start : start + PER_FILE], sheet, told)
        state = "done"
    except Cancelled:
        state = "cancelled"
        raise
    finally:
        commands.end_run(uow, run_id, state)


Told = Callable[[Iterable[Drawing]], Iterator[Drawing]]


def _draw_file(
    uow: UnitOfWork, run_id: int, number: int, houses: list[int], sheet: Sheet, told: Told
) -> None:
    facts = commands.prepare(uow, houses)
    name = part_name(number)
    parcels.put(uow.office, run_id, name, pdf_of(told(pages_of(sheet, facts)), name))
    commands.record_file(uow, run_id, houses)


def _tell(
    tell: Progress, start: int, per_page: int, total: int, pages: Iterable[Drawing]
) -> Iterator[Drawing]:
    """The pages as they come, each told; raises Cancelled when nobody wants them any more."""
    for number, page in enumerate(pages):
        done = start + number * per_page
        tell(done / total, _("{n} of {all}").format(n=done, all=total))
        yield page


def part(uow: UnitOfWork, run_id: int, number: int) -> Served:
    """One file of my printing. Raises Missing."""
    found = queries.run(uow, run_id)
    if not 1 <= number <= found.files:
        raise Missing(_("The file is not there any more."))
    name = part_name(number)
    return Served(parcels.read(uow.office, run_id, name), FORMS["pdf"], name.removesuffix(".pdf"))


def archive(uow: UnitOfWork, run_id: int) -> Iterator[bytes]:
    """All files of my printing as one ZIP, file by file: it never stands in memory as a whole. Raises Missing."""
    found = queries.run(uow, run_id)
    first = parcels.read(uow.office, run_id, part_name(1))  # what is missing is told before anything is sent
    return _zipped(uow, found, first)


def _zipped(uow: UnitOfWork, found: RunLine, first: bytes) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as bundle:
        for name in found.names():
            data = first if name == part_name(1) else parcels.read(uow.office, found.id, name)
            bundle.writestr(name, data)
            yield sink.taken()
    yield sink.taken()


class _Sink(RawIOBase):
    """Takes what is written until somebody sends it on."""

    def __init__(self) -> None:
        self.held = BytesIO()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Hold some more."""
        return self.held.write(data)

    def taken(self) -> bytes:
        """What came since the last time."""
        data, self.held = self.held.getvalue(), BytesIO()
        return data


def preview(uow: UnitOfWork, choice: Choice, sheet: Sheet) -> bytes:
    """The first page of a choice as a picture for the screen; its codes open nothing. b"" when there is none."""
    pages = pages_of(sheet, queries.sample(uow, choice, sheet.per_page))
    return next((png_of(page, SCREEN) for page in pages), b"")


def single(uow: UnitOfWork, house_id: int, form: str) -> Served:
    """The label in use of one house as SVG, PNG or PDF. Raises Missing when it has none, or for another form."""
    if form not in FORMS or queries.labels_of(uow, house_id).active is None:
        raise Missing(_("This house has no label in use."))
    [facts] = commands.prepare(uow, [house_id])
    sheet = queries.sheet_at(uow).sheet
    drawing = label_of(facts, sheet.width, sheet.height)
    drawn = {"svg": svg_of, "png": png_of}
    data = drawn[form](drawing) if form in drawn else pdf_of([drawing], facts.short_code)
    return Served(data, FORMS[form], f"label-{facts.short_code}")


def clear(uow: UnitOfWork, run_id: int) -> None:
    """Take a printing and its files away."""
    commands.forget_run(uow, run_id)
    parcels.drop(uow.office, run_id)
