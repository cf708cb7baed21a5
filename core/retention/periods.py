"""The periods: defaults with their reason from data/retention.toml, what the office chose instead, and what is known of
each kind of data."""

import tomllib
from dataclasses import dataclass
from functools import cache

from core.kernel.discovery import discover
from core.kernel.extensions import DataKind
from core.kernel.settings import ROOT

FILE = ROOT / "data" / "retention.toml"
PACKAGE = "core.periods"


@dataclass(frozen=True)
class Default:
    """The period a kind of data comes with. `at_least` is the shortest an office may choose."""

    days: int
    law: str
    law_en: str
    at_least: int = 1


@cache
def defaults() -> dict[str, Default]:
    """Every period by the name of its kind of data."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Default(**values) for name, values in table.items()}


def kinds() -> dict[str, DataKind]:
    """Every kind of data by its name, in the order of the periods."""
    found = discover(PACKAGE, DataKind)
    return {name: found[name] for name in defaults() if name in found}
