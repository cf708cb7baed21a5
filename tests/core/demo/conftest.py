"""A tiny demo town, built once: two grids with some 300 people."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlmodel import SQLModel

from core.accounts import passwords
from core.demo.build import build
from core.kernel import crypto, database
from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.kernel.settings import Settings

KEYS = Keyring({"k1": b"k" * 32})
TODAY = date(2026, 11, 20)

Rows = Callable[[str], list[dict[str, Any]]]


def empty(folder: Path) -> Office:
    """An office with every table and nothing in them."""
    folder.mkdir(parents=True, exist_ok=True)
    office = Office(Settings(data=folder, demo="none"), KEYS)
    SQLModel.metadata.create_all(office.writer)
    return office


@pytest.fixture(scope="package", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """The real algorithm with the smallest parameters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(autouse=True)
def _ring() -> None:
    """The keys of the town, whatever office another test opened meanwhile."""
    crypto.use(KEYS)


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory, _cheap_hashes: None) -> Iterator[Office]:
    """The tiny town; only to be looked at."""
    office = empty(tmp_path_factory.mktemp("town"))
    build(office, "grid", today=TODAY)
    yield office
    office.close()
    database.use(None)


@pytest.fixture(scope="package")
def rows(town: Office) -> Rows:
    """Rows of a SELECT as dictionaries, past the unit of work."""

    def asked(sql: str) -> list[dict[str, Any]]:
        with town.reader.connect() as connection:
            return [dict(row) for row in connection.exec_driver_sql(sql).mappings()]

    return asked
