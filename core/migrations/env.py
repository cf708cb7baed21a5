"""Run by Alembic only: tells it which connection to use and what the tables should look like."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

import core.models  # noqa: F401  (every table is known)


def _ours(_thing: Any, name: str | None, kind: str, *_rest: Any) -> bool:
    """The tables of the full-text index are kept by SQLite itself."""
    return kind != "table" or not str(name).startswith("search_fts")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    include_object=_ours,
)
context.run_migrations()
