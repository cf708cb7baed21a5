"""Our own files for the browser: one version in every address, so that a new release is fetched and an old one kept."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"
STYLE = Path(__file__).with_name("style.css")


@cache
def version(name: str) -> str:
    """Eight characters that change with the file."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def address(name: str) -> str:
    """Where the browser finds a file of `static/`."""
    return f"/app/static/{name}?v={version(name)}"


def module(name: str) -> str:
    """Source of a component that runs `static/<name>`; inside a component only a full address can be imported."""
    return (
        f"const url = new URL('{address(name)}', location.origin).href;\n"
        "export default async (context) => (await import(url)).default(context);\n"
    )
