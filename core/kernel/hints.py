"""What the planner of a database is told beside the question. SQLite runs without statistics here; PostgreSQL knows by
itself, and there these are the plain expressions."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Hint(FunctionElement[Any]):
    """Something said of an expression."""

    inherit_cache = True


class _Rare(_Hint):
    name = "rare"
    inherit_cache = True


class _Unindexed(_Hint):
    name = "unindexed"
    inherit_cache = True


def rare(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition that few rows fulfil: take its index, rather than walk through the whole branch of the actor."""
    return _Rare(condition)


def unindexed(column: Any) -> ColumnElement[Any]:
    """A column whose own index is the longer way here; values beside it are written as the column writes its own."""
    hint = _Unindexed(column)
    hint.type = column.type
    return hint


@compiles(_Hint)
def _plainly(element: Any, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.clauses, **more))


@compiles(_Rare, "sqlite")
def _likely(element: Any, compiler: Any, **more: Any) -> str:
    return f"likelihood({compiler.process(element.clauses, **more)}, 0.01)"


@compiles(_Unindexed, "sqlite")
def _bare(element: Any, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.clauses, **more)}"
