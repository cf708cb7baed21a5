"""Printing: choosing, drawing, files, what is out of date; every QR code of every page is read back."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from core.kernel.access import Actor, job
from core.kernel.database import Office
from core.kernel.jobs import Cancelled
from core.kernel.jobs.queries import job_line
from core.kernel.jobs.runner import load, run_next
from core.kernel.problems import Clash, Invalid, Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.labels import commands, printing, queries
from core.labels.commands import printing as limits
from core.labels.drawing import Facts, label_of, pages_of, pdf_of, png_of, svg_of
from core.labels.drawing.layout import Sheet
from core.labels.queries import Choice
from core.labels.rules import new_short_code, new_token
from core.places import commands as places
from tests.conftest import COMMUNITY, GRID, NEXT_GRID

SIZES = {
    "six rows of three": (70.0, 42.0, 3, 6),
    "small": (48.5, 25.4, 4, 11),
    "large": (105.0, 74.0, 2, 4),
    "upright": (50.0, 70.0, 4, 4),
    "one": (210.0, 297.0, 1, 1),
}


def facts(n: int) -> Facts:
    """A label with a long address and a rare character in it."""
    token, short = new_token(), new_short_code()
    address = (
        "礐石街道濠江大道中段南侧 1288 号之二 龙湖花园二期 18幢 2单元 3201室"[: 12 + 8 * n]
        if n < 4
        else "海滨路 12 号"
    )
    return Facts(
        f"https://grid.haojiang.example/h/{token}",
        address,
        "440599001001000030203017",
        short,
        "金湾社区",
        "0754-88001234",
    )


def pictures(pdf: bytes, dots: int = 200) -> Iterator[Image.Image]:
    """Every page as a printer would draw it, `dots` an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            yield document[number].render(scale=dots / 72).to_pil()


def words(pdf: bytes) -> str:
    """All text of a document, without breaks."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(document[n].get_textpage().get_text_bounded() for n in range(len(document))).replace(
            "\r\n", ""
        )


def codes(picture: Image.Image) -> set[str]:
    """What a phone would read."""
    return {one.text for one in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("size", SIZES)
def test_every_code_of_every_page_is_read_back(size: str) -> None:
    """Also from a plain printer of 200 dots an inch, with the words beside it."""
    width, height, columns, rows = SIZES[size]
    sheet = Sheet(width, height, columns, rows, 0, 0, 0, 0, marks=True)
    labels = [facts(n) for n in range(sheet.per_page + 1)]
    pdf = pdf_of(pages_of(sheet, labels), "labels")
    assert set().union(*map(codes, pictures(pdf))) == {one.url for one in labels}
    text = words(pdf).replace(" ", "")
    for one in labels:
        assert one.short_code[:4] + "-" + one.short_code[4:] in text
        assert one.address.replace(" ", "") in text
    assert text.count("440599001001000030203017") == len(labels)


def test_the_font_is_embedded_and_nothing_is_a_picture() -> None:
    """Any printer draws it alike, sharp at any size."""
    pdf = pdf_of([label_of(facts(3), 70, 42)], "label")
    assert b"/FontFile2" in pdf and b"WenQuanYi" in pdf
    assert b"/Subtype /Image" not in pdf and b"Helvetica" not in pdf


@pytest.mark.parametrize("size", [(70, 42), (48, 25), (50, 70), (60, 60), (105, 74)])
def test_nothing_stands_over_the_edge(size: tuple[float, float]) -> None:
    """Every line of a label lies inside of it, and the code keeps its white."""
    for n in range(5):
        drawn = label_of(facts(n), *size)
        for item in drawn.items:
            if hasattr(item, "text"):
                assert item.x >= 0 and item.x + item.width <= size[0] + 0.01, item
                assert 0 < item.y <= size[1], item


def test_svg_and_png_are_read_back_and_carry_no_script() -> None:
    """Text from outside stays text."""
    wild = Facts(facts(0).url, "<script>alert(1)</script> & 号", "440599001001000030203017", new_short_code())
    drawing = label_of(wild, 70, 42)
    assert codes(Image.open(io.BytesIO(png_of(drawing, 12)))) == {wild.url}
    svg = svg_of(drawing).decode()
    assert "<script" not in svg and "&lt;" in svg


# --- choosing and printing --------------------------------------------------------------------------------


def test_printing_marks_what_was_printed(uow: UnitOfWork, doors: list[int], shop: int) -> None:
    """The story of a community: all at once, then only what is new or has changed."""
    assert queries.progress(uow) == queries.Progress(houses=9, printed=0, changed=0)
    done = printing.printed(uow, Choice(show="unprinted"))
    assert (done.state, done.labels, done.files, done.job_id) == ("done", 9, 1, None)
    assert queries.progress(uow) == queries.Progress(9, 9, 0)
    assert queries.unlabelled(uow) == 0
    with pytest.raises(Invalid):
        printing.printed(uow, Choice(show="unprinted"))
    places.edit_house(uow, doors[0], None, room="299")
    assert queries.progress(uow).changed == 1
    assert queries.labels_of(uow, doors[0]).is_outdated
    [row] = queries.house_rows(uow, Choice(show="changed")).items
    assert (row.house_id, row.is_outdated, row.print_count) == (doors[0], True, 1)
    again = printing.printed(uow, Choice(show="changed"))
    assert again.labels == 1 and queries.progress(uow).changed == 0
    told = queries.labels_of(uow, doors[0])
    assert told.active and (told.active.print_count, told.active.printed_by) == (2, "chen")


def test_the_pages_walk_past_the_doors_in_order(uow: UnitOfWork, doors: list[int]) -> None:
    """Unit by unit, floor by floor; each code opens its own door."""
    done = printing.printed(uow, Choice(under=GRID))
    pdf = printing.part(uow, done.id, 1).data
    text = words(pdf).replace(" ", "")
    places_in = [text.index(f"8幢{unit}单元{room}室") for unit in (1, 2) for room in (101, 102, 201, 202)]
    assert places_in == sorted(places_in)
    assert "金湾社区" in text
    urls = set().union(*map(codes, pictures(pdf)))
    tokens = queries.tokens(uow, commands.issue(uow, doors))
    assert urls == {f"{uow.office.settings.origin}/h/{token}" for token in tokens.values()}


def test_some_houses_of_a_building_are_chosen_by_their_numbers(
    worker: UnitOfWork, doors: list[int], shop: int
) -> None:
    """A worker prints the own grid only; a house elsewhere is left out."""
    done = printing.printed(worker, Choice(houses=(doors[1], doors[2], shop)))
    assert (done.wanted, done.labels) == (2, 2)
    with pytest.raises(Invalid):
        printing.printed(worker, Choice(houses=(shop,)))


def test_another_address_of_the_office_makes_every_print_out_of_date(
    uow: UnitOfWork, doors: list[int]
) -> None:
    """Labels lead to where the office can no longer be reached."""
    printing.printed(uow, Choice())
    uow.office.settings = uow.office.settings.model_copy(update={"public_url": "https://grid.example"})
    assert queries.progress(uow).changed == 8


def test_lists_come_in_pages(uow: UnitOfWork, doors: list[int], shop: int) -> None:
    """Each starts after the last row of the one before."""
    first = queries.house_rows(uow, Choice(), limit=5)
    rest = queries.house_rows(uow, Choice(), first.after, limit=5)
    seen = [row.house_id for row in (*first.items, *rest.items)]
    assert sorted(seen) == sorted([*doors, shop]) and rest.after is None


# --- many -------------------------------------------------------------------------------------------------


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts as many is three, and a file holds two."""
    monkeypatch.setattr(limits, "AT_ONCE", 2)
    monkeypatch.setattr(printing, "PER_FILE", 3)
    load()


def test_many_labels_are_a_job_cut_into_files(
    uow: UnitOfWork, doors: list[int], tiny: None, office: Office
) -> None:
    """The person goes on with other work and fetches an archive."""
    waiting = printing.printed(uow, Choice(show="unprinted"))
    assert (waiting.state, waiting.files) == ("waiting", 0) and waiting.job_id
    assert run_next(office)
    done = queries.run(uow, waiting.id)
    assert (done.state, done.labels, done.files) == ("done", 8, 3)
    assert job_line(uow, waiting.job_id).result == {"labels": 8, "files": 3}
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(printing.archive(uow, done.id))))
    assert bundle.namelist() == done.names() and bundle.testzip() is None
    urls = {url for name in done.names() for page in pictures(bundle.read(name)) for url in codes(page)}
    assert len(urls) == 8


def test_a_printing_is_stopped_and_keeps_what_is_finished(
    uow: UnitOfWork, doors: list[int], tiny: None, office: Office
) -> None:
    """After the first file nobody wants the others."""
    run_id = commands.start_run(uow, Choice())
    done: list[float] = []

    def told(share: float, words: str) -> None:
        done.append(share)
        if share > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        printing.draw(uow, run_id, told)
    found = queries.run(uow, run_id)
    assert (found.state, found.labels, found.files) == ("cancelled", 3, 1)
    assert queries.progress(uow).printed == 3


def test_a_waiting_printing_never_begins_once_it_is_stopped(
    uow: UnitOfWork, doors: list[int], tiny: None, office: Office
) -> None:
    """The job is gone with it; stopping again is too late."""
    run_id = commands.start_run(uow, Choice())
    commands.stop_run(uow, run_id)
    assert not run_next(office)
    assert queries.run(uow, run_id).state == "cancelled"
    with pytest.raises(Clash):
        commands.stop_run(uow, run_id)


def test_the_files_are_for_who_asked_for_them_and_go_after_some_days(
    uow: UnitOfWork, doors: list[int], office: Office
) -> None:
    """They open doors: nobody else fetches them, they lie sealed, and the night clears them away."""
    done = printing.printed(uow, Choice())
    [path] = (office.settings.data / "parcels" / str(done.id)).iterdir()
    assert not path.read_bytes().startswith(b"%PDF")
    colleague = office.uow(Actor("li", "lead", COMMUNITY))
    for look in (lambda: printing.part(colleague, done.id, 1), lambda: printing.archive(colleague, done.id)):
        with pytest.raises(Missing):
            look()
    printing.clear(office.uow(job("retention")), done.id)
    assert not path.exists()
    with pytest.raises(Missing):
        printing.part(uow, done.id, 1)


def test_too_many_at_once_are_refused(
    uow: UnitOfWork, doors: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the way to go."""
    monkeypatch.setattr(limits, "MOST", 7)
    with pytest.raises(Invalid, match="缩小范围"):
        commands.start_run(uow, Choice())


# --- one label, and the layout ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_one_label_in_each_form(uow: UnitOfWork, doors: list[int], form: str) -> None:
    """Only of a house that has one; looking at it is not printing it."""
    with pytest.raises(Missing):
        printing.single(uow, doors[0], form)
    commands.issue(uow, doors[:1])
    served = printing.single(uow, doors[0], form)
    assert served.data and served.media == printing.FORMS[form]
    told = queries.labels_of(uow, doors[0])
    assert told.active and told.active.print_count == 0


SHEET: dict[str, Any] = {
    "width": 99.1,
    "height": 67.7,
    "columns": 2,
    "rows": 4,
    "left": 4.6,
    "top": 13.1,
    "gap_x": 2.5,
}


def test_a_layout_holds_below_its_place_until_one_further_down_says_otherwise(
    uow: UnitOfWork, worker: UnitOfWork, doors: list[int], shop: int
) -> None:
    """The community prints large labels with its phone, the second grid its own words."""
    commands.save_sheet(uow, COMMUNITY, **SHEET, header="金湾居委会", phone="0754-1")
    commands.save_sheet(uow, NEXT_GRID, phone="0754-2", header="第二网格")
    assert queries.sheet_at(worker).sheet.per_page == 8
    assert queries.sheet_at(uow, NEXT_GRID).values["phone"] == "0754-2"
    done = printing.printed(uow, Choice())
    text = words(printing.part(uow, done.id, 1).data)
    assert (text.count("0754-1"), text.count("0754-2"), text.count("第二网格")) == (8, 1, 1)
    own = queries.sheet_at(uow, NEXT_GRID)
    commands.drop_sheet(uow, own.id or 0)
    assert queries.sheet_at(uow, NEXT_GRID).set_at == COMMUNITY


@pytest.mark.parametrize(
    "wrong", [{"columns": 4}, {"rows": 8}, {"width": 20.0}, {"left": 60.0}, {"columns": 0}]
)
def test_labels_that_do_not_fit_on_the_paper_are_refused(uow: UnitOfWork, wrong: dict[str, Any]) -> None:
    """With the field that is wrong."""
    with pytest.raises(Invalid) as told:
        commands.save_sheet(uow, COMMUNITY, **wrong)
    assert told.value.fields


def test_who_may_not_set_up_labels(worker: UnitOfWork, office: Office, doors: list[int]) -> None:
    """A worker prints but does not design; a lead designs for the own place, not for the street."""
    with pytest.raises(Refused):
        commands.save_sheet(worker, GRID, columns=2)
    lead = office.uow(Actor("chen", "lead", COMMUNITY))
    with pytest.raises((Refused, Missing)):
        commands.save_sheet(lead, "440599/001/", columns=2)
