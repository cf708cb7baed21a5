"""An extension package where every module holds one thing of one kind, and its name is its name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

T = TypeVar("T")


@cache
def discover(package: str, kind: type[T]) -> dict[str, T]:
    """Everything in the package by the names of its modules. Raises TypeError for a module that holds none, or two."""
    things: dict[str, T] = {}
    for info in iter_modules(import_module(package).__path__):
        module = import_module(f"{package}.{info.name}")
        found = [thing for thing in vars(module).values() if isinstance(thing, kind)]
        if len(found) != 1:
            raise TypeError(f"{module.__name__} must hold exactly one {kind.__name__}, not {len(found)}")
        things[info.name] = found[0]
    return things
