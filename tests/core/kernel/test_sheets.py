"""Sheets: what goes out runs nothing, what comes in harms nothing, and what people really send is read."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from core.kernel import sheets
from core.kernel.problems import Invalid
from core.kernel.sheets import CSV, EXCEL

FORMULAS = ("=1+1", "+86 199", "-2+3", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0")


def known(word: str) -> bool:
    """The headings of these tests."""
    return word in ("名称", "数量")


def package(**parts: bytes) -> bytes:
    """A zip with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return held.getvalue()


def workbook(*rows: list[object]) -> bytes:
    """A workbook as somebody made it in Excel."""
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_goes_out_as_text(text: str) -> None:
    data = sheets.write(EXCEL, ["名称"], [[text]])
    cell = load_workbook(io.BytesIO(data)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    written = sheets.write(CSV, ["名称"], [[text]]).decode("utf-8-sig")
    assert "'" + text[0] in written
    assert not any(line.lstrip('"')[:1] in "=+-@\t" for line in written.splitlines()[1:])


@pytest.mark.parametrize("form", [EXCEL, CSV])
def test_what_went_out_comes_back(form: str) -> None:
    rows = [[text.strip() or "x", n] for n, text in enumerate(FORMULAS[:4])]
    sheet = sheets.read(sheets.write(form, ["名称", "数量"], rows), known)
    assert [row[0] for _number, row in sheet.rows] == [row[0] for row in rows]
    assert [sheets.text_of(row[1]) for _number, row in sheet.rows] == ["0", "1", "2", "3"]


def test_numbers_and_days_stay_what_they_are() -> None:
    data = sheets.write(EXCEL, ["名称", "数量"], [[date(2026, 1, 31), -3.5], [datetime(2026, 1, 2, 3, 4), 7]])
    cells = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2)
    ]
    assert cells == [[datetime(2026, 1, 31), -3.5], [datetime(2026, 1, 2, 3, 4), 7]]
    assert sheets.text_of(cells[0][0]) == "2026-01-31"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_every_office_is_read(encoding: str, mark: str) -> None:
    text = f"名称{mark}数量\r\n海棠街{mark}3\r\n"
    assert sheets.read(text.encode(encoding), known).rows == [(2, ["海棠街", "3"])]


def test_the_heading_may_stand_below_a_title_and_rows_keep_their_numbers() -> None:
    data = workbook(
        ["2026年登记表", None],
        [None, None],
        ["名称", "数量", "别的"],
        ["一", 1, "x"],
        [None, None],
        ["二", 2],
    )
    sheet = sheets.read(data, known)
    assert sheet.headings == ["名称", "数量", "别的"]
    assert [number for number, _row in sheet.rows] == [4, 6]


def test_formulas_of_others_are_read_as_their_values_only() -> None:
    data = workbook(["名称", "数量"], ["a", "=1+1"])
    assert sheets.read(data, known).rows == [(2, ["a", None])]


# --- what is not opened -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\1\2\3" * 100,
        "没有,表头\n1,2\n".encode(),
        b"PK\x03\x04 no archive",
        sheets.OLD_EXCEL + b"\0" * 600,
        package(hello=b"no workbook"),
        workbook(["别的", "表头"]),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        sheets.read(data, known)
    assert len(refused.value.sentence) > 10


def test_a_small_file_that_unpacks_to_gigabytes_is_not_opened() -> None:
    bomb = package(xl__workbook_xml=b"\0" * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Invalid) as refused:
        sheets.read(bomb, known)
    assert "没有打开" in refused.value.sentence


def test_many_parts_are_not_opened() -> None:
    with pytest.raises(Invalid):
        sheets.read(package(**{f"p{n}": b"x" for n in range(sheets.MOST_PARTS + 1)}), known)


def test_entities_are_not_opened() -> None:
    source = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    held = io.BytesIO(workbook(["名称"], ["a"]))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/extra.xml", source)
    with pytest.raises(Invalid):
        sheets.read(held.getvalue(), known)


def test_a_sheet_that_claims_to_be_huge_is_not_believed() -> None:
    source = io.BytesIO(workbook(["名称", "数量"], ["a", 1]))
    held = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = data.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
                assert b"XFD1048576" in data
            new.writestr(part, data)
    assert sheets.read(held.getvalue(), known).rows == [(2, ["a", 1])]


def test_too_many_rows_are_refused() -> None:
    text = "名称,数量\n" + "a,1\n" * (sheets.MOST_ROWS + 1)
    with pytest.raises(Invalid):
        sheets.read(text.encode(), known)


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(Invalid):
        sheets.read(b"x" * (sheets.MOST_BYTES + 1), known)


def test_a_template_explains_itself_and_offers_choices() -> None:
    columns = [
        sheets.Column(heading="名称*", about="必须填写。", example="一号"),
        sheets.Column(heading="状态", choices=("好", "坏"), example="好"),
    ]
    book = load_workbook(io.BytesIO(sheets.template("消防/点位", columns, ["说明一"])))
    form, about, choices = book.worksheets
    assert [cell.value for cell in form[1]] == ["名称*", "状态"]
    assert [cell.value for cell in form[2]] == ["一号", "好"]
    [rule] = form.data_validations.dataValidation
    assert rule.type == "list" and str(rule.sqref).startswith("B2")
    assert [cell.value for cell in choices["B"]] == ["状态", "好", "坏"]
    assert "必须填写。" in [cell.value for cell in about["B"]]
