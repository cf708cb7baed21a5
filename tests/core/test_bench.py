"""The bench measures what it says, on the smallest demo there is; how fast it was is nobody's business here."""

import json
from pathlib import Path

import pytest

from core.bench import lists, maps
from core.bench import run as benching
from core.bench.ground import opened
from core.bench.measuring import Row, beside_plain, of_many, percentile
from core.bench.run import Plan, bench
from core.cli.benching import table
from core.kernel.problems import Invalid

LEVELS = ("district", "community", "grid")
ONCE = {
    "Building the demo",
    "Base records",
    "Database file",
    "Start to the first page",
    "Processor time to the first page",
    "Page run, many sessions at once",
    "Processor time of a page run, many sessions",
    "Memory of the server at its peak",
    "A house as it was, 200 changes",
    "Search for people filed twice",
    "Query of an own register, 100,000 entries",
    "Numbers of a layer, counted anew",
    "Largest request of a pan with all layers",
    "All requests of one screen with all layers, at most",
    "Components of a screen beside one pydeck JSON, time",
    "Components of a screen beside one pydeck JSON, size",
    "Self-reports a minute",
    "Self-report, from the press to the receipt",
    "Page at the door, while many report",
    "Page run of clerks, while many report",
    "Self-reports lost",
}
EVERYWHERE = {
    "Area search",
    "Area search, first after a change",
    "First page of a list inside a shape",
    "The nearest things",
    "Search while typing",
    "Query of the people list, first page",
    "Query of the people list, deep page",
    "Query of the house list",
    "Queries of a profile",
    "Queries of a house page",
    "Queries of the workbench",
    "Query of the organisation list",
    "Query of the component list",
    "Query of a register",
}
PAGES = {
    "workbench",
    "people list",
    "profile",
    "house list",
    "house page",
    "organisation list",
    "organisation page",
    "component list",
    "component page",
    "register",
}
BESIDE_PLAIN = {
    "Search while typing",
    "Query of the people list, first page",
    "Query of the people list, deep page",
    "Query of the house list",
    "Components of a screen beside one pydeck JSON, time",
    "Components of a screen beside one pydeck JSON, size",
}
LINUX_ONLY = {
    "Processor time to the first page",
    "Processor time of a page run, one session",
    "Processor time of a page run, many sessions",
    "Memory of the server at its peak",
}


def small(folder: Path, scale: str = "grid") -> Plan:
    return Plan(folder, scale, rounds=1, words=16, visits=1, seconds=0.6, sessions=2, pause=0.2, rush=0.6)


def test_every_row_is_there_and_says_something(tmp_path: Path) -> None:
    told: list[float] = []
    rows = bench(small(tmp_path), lambda share, words: told.append(share))
    named = [(row.name, row.scope) for row in rows]
    assert len(set(named)) == len(named) == benching.ROWS
    assert {(name, "") for name in ONCE} <= set(named)
    assert {(name, level) for name in EVERYWHERE for level in LEVELS} <= set(named)
    assert {(f"Page run, one session: {page}", "district") for page in PAGES} <= set(named)
    for zoom in maps.ZOOMS:
        assert {("Map tile, first time", f"z{zoom}"), ("Map tile, kept", f"z{zoom}")} <= set(named)
    assert max(told) == 1.0
    [lost] = [row for row in rows if row.name == "Self-reports lost"]
    assert lost.value == 0
    for row in rows:
        if row is lost:
            continue
        known = [n for n in (row.value, row.median, row.ratio) if n is not None]
        assert all(number > 0 for number in known), row
        assert row.value is not None or (row.name in LINUX_ONLY and not Path("/proc/self/stat").exists())
    assert {row.name for row in rows if row.ratio is not None} == BESIDE_PLAIN


def test_the_plain_way_shows_the_same_people_and_houses(tmp_path: Path) -> None:
    with opened(tmp_path, "grid", lambda share, words: None) as ground:
        for kind, asked in ((lists.PEOPLE, lists.of_people()), (lists.HOUSES, lists.of_houses())):
            for one in asked:
                ours = kind.ask(ground.office.uow(ground.actors[0]), one, None)
                plain = lists._plain(
                    ground, ground.actors[0], kind, one, "id", f" ORDER BY {one.order} LIMIT {lists.PAGE}"
                )
                assert [line.id for line in ours.items] == [row[0] for row in plain], one


def test_a_second_run_takes_the_office_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benching, "_rows", lambda ground, plan: benching._built(ground.built))
    first = bench(small(tmp_path), lambda share, words: None)
    file = (tmp_path / "office.db").stat()
    again = bench(small(tmp_path), lambda share, words: None)
    assert again == first
    assert (tmp_path / "office.db").stat().st_mtime_ns == file.st_mtime_ns
    with pytest.raises(Invalid, match="grid"):
        bench(small(tmp_path, "community"), lambda share, words: None)


def test_an_office_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "office.db").write_bytes(b"somebody's")
    with pytest.raises(Invalid, match=tmp_path.name):
        bench(small(tmp_path), lambda share, words: None)
    assert [path.name for path in tmp_path.iterdir()] == ["office.db"]
    assert (tmp_path / "office.db").read_bytes() == b"somebody's"


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert percentile(values) == 96
    assert percentile(values, 0.5) == 51
    assert percentile([7.0]) == 7


def test_the_ratio_comes_from_the_questions_that_were_asked_both_ways() -> None:
    row = beside_plain("x", [(1.0, None), (2.0, 20.0), (90.0, None)], scope="grid")
    assert (row.value, row.median, row.ratio) == (90, 2, 10)
    assert beside_plain("x", [(1.0, None)], scope="grid").ratio is None


def test_a_wish_is_missed_from_above_or_from_below() -> None:
    assert of_many("x", [60.0], wish=50).is_missed
    assert not of_many("x", [40.0], wish=50).is_missed
    assert Row("x", 5, "", wish=7, at_least=True).is_missed
    assert not Row("x", None, wish=7).is_missed


def test_the_table_says_what_was_missed() -> None:
    rows = [
        Row("Search while typing", 60.0, scope="grid", median=2.5, wish=50, ratio=12.34),
        Row("Base records", 800_000, "", wish=700_000, at_least=True),
        Row("Memory of the server at its peak", None, "MB"),
    ]
    lines = list(table(rows))[1:]
    assert "| 2.5 ms | 60.0 ms | ≤ 50 ✗ | 12 |" in lines[0]
    assert "网格" in lines[0]
    assert "|  | 800,000 | ≥ 700,000 ✓ |  |" in lines[1]
    assert lines[2].endswith("|  |  |  |  |")


def test_the_note_beside_the_office_is_whole_or_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_all: object) -> None:
        raise OSError("no")

    monkeypatch.setattr("core.bench.ground.build", fails)
    with pytest.raises(OSError, match="no"):
        bench(small(tmp_path), lambda share, words: None)
    assert (tmp_path / "bench.json").read_text("utf-8") == ""
    monkeypatch.undo()
    monkeypatch.setattr(benching, "_rows", lambda ground, plan: benching._built(ground.built))
    bench(small(tmp_path), lambda share, words: None)
    assert json.loads((tmp_path / "bench.json").read_text("utf-8"))["scale"] == "grid"
