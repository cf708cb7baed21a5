"""Sheets in and out: Excel workbooks and CSV, as people in an office send them to each other.

Out: what begins like a formula is written as text. In: a file is looked at before it is opened, so that a small one
that would unpack to gigabytes is refused; sizes that a sheet claims of itself are not believed.
"""

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.kernel.i18n import N_, _
from core.kernel.problems import Invalid

MOST_BYTES = 20_000_000
MOST_UNPACKED = 250_000_000
MOST_RATIO = 200
MOST_PARTS = 2000
MOST_ROWS, MOST_COLUMNS = 50_000, 200
HEADING_WITHIN = 10
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""
EXCEL, CSV = "xlsx", "csv"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
QUIET = PatternFill("solid", fgColor="FFEEF3F6")
EXAMPLE = N_("Example")
TEMPLATE_ROWS = 2000


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a template: heading, choices for its drop-down, what to write there, and an example."""

    heading: str
    choices: tuple[str, ...] = ()
    about: str = ""
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file: headings, and rows with the number they carry there."""

    headings: list[str]
    rows: list[tuple[int, list[Any]]]


# --- out --------------------------------------------------------------------------------------------------


def write(kind: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "") -> bytes:
    """A file of a kind (xlsx, csv) with one table."""
    return _csv(headings, rows) if kind == CSV else _workbook(headings, rows, title)


def _workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(place)].width = max(10, min(36, 2.2 * len(heading) + 4))
    top = [WriteOnlyCell(sheet, heading) for heading in headings]
    for cell in top:
        cell.font, cell.fill = Font(bold=True), QUIET
    sheet.append(top)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    return _saved(book)


def _cell(sheet: Any, value: Any) -> Any:
    """A value as a cell takes it; text stays text, whatever it looks like."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if not isinstance(value, str) or not value.startswith(FORMULA):
        return value
    cell = WriteOnlyCell(sheet, "")
    cell.value, cell.data_type, cell.quotePrefix = value, "s", True
    return cell


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> str:
    """A value for CSV: an apostrophe keeps a text from being taken for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else str(value)


def template(title: str, columns: Sequence[Column], notes: Sequence[str] = ()) -> bytes:
    """An empty form as a workbook: headings, one example row, drop-downs, and a second sheet that explains."""
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = _sheet_name(title)
    sheet.freeze_panes = "B2"
    about, choices = book.create_sheet(_("Explanation")), book.create_sheet(_("Choices"))
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        _headed(sheet, place, column)
        if column.choices:
            for row, name in enumerate((column.heading, *column.choices), 1):
                choices.cell(row, place, name)
            rule = DataValidation(
                "list",
                formula1=f"'{choices.title}'!${letter}$2:${letter}${len(column.choices) + 1}",
                allow_blank=True,
            )
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{TEMPLATE_ROWS}")
    _explained(about, columns, notes)
    return _saved(book)


def _headed(sheet: Any, place: int, column: Column) -> None:
    """The head of a column of a template, and its example."""
    head, example = sheet.cell(1, place, column.heading), sheet.cell(2, place, column.example or None)
    head.font, head.fill, head.alignment = Font(bold=True), QUIET, Alignment(wrap_text=True, vertical="top")
    example.font, example.number_format = Font(italic=True, color="FF7A8594"), "@"
    sheet.column_dimensions[get_column_letter(place)].width = max(12, 2.2 * len(column.heading) + 4)


def _explained(sheet: Any, columns: Sequence[Column], notes: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    for note in notes:
        sheet.append([note])
    sheet.append([])
    for column in columns:
        sheet.append([column.heading, column.about])
    for row in sheet.iter_rows(min_row=len(notes) + 2, max_col=2):
        row[0].font, row[1].alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def _sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Sheet1"


def _saved(book: Workbook) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


# --- in ---------------------------------------------------------------------------------------------------


def read(data: bytes, is_heading: Callable[[str], bool]) -> Sheet:
    """The first table of a file, workbook or CSV; `is_heading` says which words may head a column.

    Raises Invalid with a sentence and the way to go: too large, not a table, no known heading, too many rows.
    """
    if len(data) > MOST_BYTES:
        raise Invalid(
            _("This file is larger than {n} MB. Split it into smaller ones.").format(n=MOST_BYTES // 10**6)
        )
    if data.startswith(OLD_EXCEL):
        raise Invalid(_("This is an old Excel file (.xls). Open it in Excel or WPS and save it as .xlsx."))
    tables = _tables(data) if data.startswith(b"PK") else [_csv_rows(data)]
    for rows in tables:
        if (sheet := _headed_table(rows, is_heading)) is not None:
            return sheet
    said = _("No heading in the first {n} rows is known. Take the headings of the template.")
    raise Invalid(said.format(n=HEADING_WITHIN))


def _headed_table(rows: Iterator[tuple[Any, ...]], is_heading: Callable[[str], bool]) -> Sheet | None:
    """The table under the first row that has the most known headings; None when no row has one."""
    first = [(number, row) for number, row in zip(range(1, HEADING_WITHIN + 1), rows, strict=False)]
    known = [sum(is_heading(text_of(cell)) for cell in row) for _number, row in first]
    if not known or not max(known):
        return None
    at = known.index(max(known))
    headings = [text_of(cell) for cell in first[at][1]]
    while headings and not headings[-1]:
        headings.pop()
    found: list[tuple[int, list[Any]]] = []
    for number, row in (*first[at + 1 :], *enumerate(rows, len(first) + 1)):
        if any(text_of(cell) for cell in row):
            found.append((number, [*row[: len(headings)]]))
        if len(found) > MOST_ROWS or number > 2 * MOST_ROWS:
            raise Invalid(_("More than {n} rows at once; split the file.").format(n=f"{MOST_ROWS:,}"))
    return Sheet(headings, found)


def _tables(data: bytes) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook that is safe to open."""
    _check_package(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as trouble:  # whatever a broken file makes of the reader
        raise Invalid(_("This file cannot be read as an Excel workbook. Save it anew as .xlsx.")) from trouble
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield _rows_of(sheet)
    finally:
        book.close()


def _rows_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    try:
        yield from sheet.iter_rows(max_col=MOST_COLUMNS, max_row=2 * MOST_ROWS + 1, values_only=True)
    except (ValueError, KeyError, TypeError, SyntaxError) as trouble:
        raise Invalid(_("This file cannot be read as an Excel workbook. Save it anew as .xlsx.")) from trouble


def _check_package(data: bytes) -> None:
    """Raises Invalid for an archive that would unpack to far more than a sheet can be, or that defines entities."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            greedy = any(part.file_size > MOST_RATIO * max(part.compress_size, 10_000) for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or greedy:
                raise Invalid(_("This file would unpack to an impossible size. It was not opened."))
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if any(b"<!DOCTYPE" in package.open(part).read(1000) for part in xml):
                raise Invalid(
                    _("This file defines entities of its own, as no workbook does. It was not opened.")
                )
    except (zipfile.BadZipFile, RuntimeError) as trouble:
        raise Invalid(_("This file cannot be read as an Excel workbook. Save it anew as .xlsx.")) from trouble


def _csv_rows(data: bytes) -> Iterator[tuple[Any, ...]]:
    """The rows of a CSV file in UTF-8, GB 18030 or the UTF-16 of Excel; an apostrophe before a formula goes."""
    text = _decoded(data)
    first = text.partition("\n")[0]
    mark = max(",\t;", key=first.count)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=mark):
            yield tuple(
                c[1:] if c[:1] == "'" and c[1:].startswith(FORMULA) else c for c in row[:MOST_COLUMNS]
            )
    except csv.Error as trouble:
        raise Invalid(_("This file is neither an Excel workbook nor CSV.")) from trouble


def _decoded(data: bytes) -> str:
    ways = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for way in ways:
        try:
            text = data.decode(way)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid(_("This file is neither an Excel workbook nor CSV."))


def text_of(cell: Any) -> str:
    """What stands in a cell, as a person would write it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).strip()
