"""Our own files for the browser: one version in every address, so that a new release is fetched and an old one kept."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"
STYLE = Path(__file__).with_name("style.css")


def _mark(paths: Iterable[Path]) -> str:
    """Eight characters that change with the files."""
    seen = hashlib.sha256()
    for path in paths:
        seen.update(path.read_bytes())
    return seen.hexdigest()[:8]


@cache
def version(name: str) -> str:
    """Eight characters that change with the file."""
    return _mark([STATIC / name])


@cache
def code_version() -> str:
    """Eight characters that change with any file of `static/`."""
    return _mark(sorted(path for path in STATIC.rglob("*") if path.is_file()))


def address(name: str) -> str:
    """Where the browser finds a file of `static/`."""
    return f"/app/static/{name}?v={version(name)}"


def code(name: str) -> str:
    """Where the browser finds a module that imports others of `static/`: the version stands in the path, so that
    `import "./other.mjs"` inherits it."""
    return f"/code/{code_version()}/{name}"


def module(name: str) -> str:
    """Source of a component that runs `static/<name>`; inside a component only a full address can be imported."""
    return imported(address(name))


def imported(path: str) -> str:
    """Source of a component that runs the module at an address of ours."""
    return (
        f"const url = new URL('{path}', location.origin).href;\n"
        "export default async (context) => (await import(url)).default(context);\n"
    )
