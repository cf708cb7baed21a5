"""The rules of the house. A broken one names the file and the line."""

import ast
import importlib
import inspect
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

import core.models  # noqa: F401
from core.kernel.records import Record
from core.ui.shell import SECTIONS, declared

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "Home.py", ROOT / "run.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "core").rglob("*.py")]
PAGES = sorted((ROOT / "pages").glob("*.py"))
OURS = [p for p in FILES if "migrations" not in p.parts]
ONLY_IN = {
    "streamlit": ("Home.py", "pages/", "core/ui/", "core/server", "core/cli", "core/bench"),
    "starlette": ("core/server", "core/cli", "core/ui/assets.py"),
    "sqlite3": (
        "core/kernel/",
        "core/demo/",
        "core/bench",
        "core/migrations/",
        "core/basemap/rasters/mbtiles.py",
        "core/geofiles/unpacking.py",
    ),
}
MARKS = {"queries": {"query"}, "commands": {"command"}}
OUTSIDE = re.compile(
    r"https?://(?!localhost|127\.0\.0\.1|0\.0\.0\.0|www\.w3\.org|\{)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE
)
ALLOWED_HOSTS = ("apache.org", "opengis.net", "office.example", "example")


def place(path: Path) -> str:
    """A file as the house calls it."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(module, line) of every import."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((n.name, node.lineno) for n in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_file_imports_only_what_its_place_allows(path: Path) -> None:
    for module, line in imports(path):
        allowed = ONLY_IN.get(module.split(".")[0])
        assert not allowed or place(path).startswith(allowed), f"{place(path)}:{line} may not import {module}"
        assert not module.startswith("pages"), f"{place(path)}:{line}: nobody imports a page"


@pytest.mark.parametrize("path", OURS, ids=place)
def test_select_is_for_queries_layers_and_the_kernel(path: Path) -> None:
    here = place(path)
    if (
        here.startswith(("core/kernel/", "core/demo/", "core/bench", "core/layers/"))
        or "queries" in here
        or here.endswith("tags.py")
    ):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(node, "func", None), "id", "")
        assert name != "select", f"{here}:{getattr(node, 'lineno', 0)} selects outside a query"


def _public_functions() -> Iterator[tuple[str, str, typing.Any]]:
    for path in (ROOT / "core").rglob("*.py"):
        kind = "queries" if "queries" in place(path) else "commands" if "commands" in place(path) else ""
        if kind and "shared" not in path.stem and "records" not in path.stem and "filing" not in path.stem:
            name = place(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
            module = importlib.import_module(name)
            for each, fn in inspect.getmembers(module, inspect.isfunction):
                if fn.__module__ == module.__name__ and not each.startswith("_"):
                    yield kind, f"{name}.{each}", fn


@pytest.mark.parametrize(
    ("kind", "name", "fn"), list(_public_functions()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_what_takes_a_unit_of_work_has_a_permission_or_works_inside_one(
    kind: str, name: str, fn: typing.Any
) -> None:
    parameters = list(inspect.signature(fn).parameters.values())
    if parameters and parameters[0].name == "uow" and not hasattr(fn, "permission"):
        text = inspect.getdoc(fn) or ""
        assert "inside" in text, (
            f"{name} takes a unit of work but is no {kind} and does not say that it works inside one"
        )


@pytest.mark.parametrize(
    ("kind", "name", "fn"), list(_public_functions()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_no_query_promises_a_record(kind: str, name: str, fn: typing.Any) -> None:
    if hasattr(fn, "permission"):
        result = typing.get_type_hints(inspect.unwrap(fn)).get("return")
        parts = [result, *typing.get_args(result)]
        assert not any(isinstance(p, type) and issubclass(p, Record) for p in parts), (
            f"{name} returns a record"
        )


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_a_page_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith('"""') and text.count("\n") <= 120
    assert {"# read", "# show"} <= set(text.splitlines())
    assert "try:" not in text or text.count("try:") <= 1
    assert declared(path)["section"] in SECTIONS


@pytest.mark.parametrize("path", OURS, ids=place)
def test_files_and_functions_stay_small_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert not text.strip() or ast.get_docstring(tree), f"{place(path)} has no docstring"
    assert text.count("\n") <= 400, f"{place(path)} has {text.count(chr(10))} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno
            assert length <= 60, f"{place(path)}:{node.lineno} {node.name} is {length} lines long"


BROWSER = [
    p for pattern in ("static/*", "static/map/*", "core/ui/*.css") for p in ROOT.glob(pattern) if p.is_file()
]


@pytest.mark.parametrize("path", [*OURS, *BROWSER], ids=place)
def test_no_address_from_outside_stands_in_code(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        found = OUTSIDE.search(line)
        assert not found or found[0].endswith(ALLOWED_HOSTS), (
            f"{place(path)}:{number} names {found[0] if found else ''}"
        )


@pytest.mark.parametrize("path", OURS, ids=place)
def test_nothing_is_left_open(path: Path) -> None:
    left = re.search(r"TO" r"DO:|FIX" r"ME|NotImplemented" r"Error", path.read_text(encoding="utf-8"))
    assert not left, f"{place(path)} leaves something open: {left}"
