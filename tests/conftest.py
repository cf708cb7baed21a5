"""One tiny community, made once; every test gets it fresh and hands it back."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import insert
from sqlmodel import SQLModel
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager

import core.models  # noqa: F401  (every table is known before any is made)
from core.demo.build import build
from core.kernel import database
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.i18n import speak
from core.kernel.settings import Settings
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Level
from tests import stores
from tests.stores import COMPILED, KEYS

hypothesis_settings.register_profile("office", deadline=None, max_examples=60, derandomize=True)
hypothesis_settings.load_profile("office")
os.environ.setdefault("LINGRID_DEMO", "none")

GRID, NEXT_GRID, COMMUNITY = "440599/001/001/001/", "440599/001/001/002/", "440599/001/001/"
AREAS = [
    ("440599/", "示例区", Level.DISTRICT),
    ("440599/001/", "海棠街道", Level.STREET),
    (COMMUNITY, "金湾社区", Level.COMMUNITY),
    (GRID, "第一网格", Level.GRID),
    (NEXT_GRID, "第二网格", Level.GRID),
]

ON_POSTGRESQL = ("grid_worker", "lead", "system_admin")
"""Roles that open every page there too: of one grid, of a community, without any person."""

UowOf = Callable[..., UnitOfWork]

# With a `pages/` folder AppTest would run pages past Home.py from its second run on: keep the flag down.
_original_init = PagesManager.__init__


def _init_without_pages_folder(self: PagesManager, *args: object, **kwargs: object) -> None:
    PagesManager.uses_pages_directory = False
    _original_init(self, *args, **kwargs)  # type: ignore[arg-type]


PagesManager.__init__ = _init_without_pages_folder  # type: ignore[method-assign]

# Each AppTest reads through every installed package for components: the same answer each time, and most of its time.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def create_tables(office: Office) -> None:
    """Every table of the product in an empty database."""
    SQLModel.metadata.create_all(office.writer)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about SQLite's own files is not tried on PostgreSQL; the pages are opened there by a few roles, in Chinese."""
    left_out = [item for item in items if _on_postgresql(item) and _only_sqlite(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _on_postgresql(item: pytest.Item) -> bool:
    return "postgresql" in _parameters(item).values()


def _only_sqlite(item: pytest.Item) -> bool:
    told = _parameters(item)
    is_one_more = told.get("language") == "en" or told.get("role", ON_POSTGRESQL[0]) not in ON_POSTGRESQL
    is_visit = item.path.name == "test_every_page.py" and is_one_more
    return is_visit or item.get_closest_marker("sqlite") is not None


def _parameters(item: pytest.Item) -> dict[str, object]:
    return getattr(getattr(item, "callspec", None), "params", {})


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> stores.Files:
    """Offices on SQLite."""
    return stores.Files(tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def databases() -> Iterator[stores.Databases]:
    """Offices on PostgreSQL, on a server that runs already or one of our own."""
    stores.wanted_or_skip()
    with ExitStack() as stack:
        url = os.environ.get("LINGRID_TEST_POSTGRES") or stack.enter_context(stores.server()).url()
        made = stores.Databases(url)
        stack.callback(made.close)
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, files: stores.Files) -> Iterator[stores.Store]:
    """Each kind of database in turn."""
    if request.param == "sqlite":
        yield files
        return
    databases: stores.Databases = request.getfixturevalue("databases")
    yield databases
    databases.tidy()


def _blank(office: Office) -> None:
    """The area tree and nobody in it."""
    create_tables(office)
    rows = [
        {
            "id": 1000 + n,
            "version": 1,
            "area": path,
            "code": path.replace("/", ""),
            "name": name,
            "level": level,
            "kind": "general",
            "trade": "",
        }
        for n, (path, name, level) in enumerate(AREAS)
    ]
    with office.writer.begin() as connection:
        connection.execute(insert(Area), rows)


def peopled(office: Office) -> None:
    """A small invented community."""
    create_tables(office)
    build(office, scale="grid", seed=1)


@contextmanager
def opened(chosen: Settings) -> Iterator[Office]:
    """An open office, in the language of most users."""
    made = Office(chosen, KEYS)
    for engine in (made.reader, made.writer):
        engine.update_execution_options(compiled_cache=COMPILED)
    database.use(made)
    speak("zh_CN")
    yield made
    made.close()
    database.use(None)


@pytest.fixture
def office(store: stores.Store, tmp_path: Path) -> Iterator[Office]:
    """An open office of a tiny community without people."""
    with opened(store.copy("blank", _blank, tmp_path)) as made:
        yield made


@pytest.fixture
def town(store: stores.Store, tmp_path: Path) -> Iterator[Office]:
    """The invented community, open and fresh."""
    with opened(store.copy("peopled", peopled, tmp_path)) as made:
        yield made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One invented community for all tests of a file, which only look or are refused."""
    chosen = request.getfixturevalue("files" if request.param == "sqlite" else "databases")
    with opened(chosen.copy("peopled", peopled, tmp_path_factory.mktemp("shared"))) as made:
        yield made


@pytest.fixture
def uow_of(office: Office) -> UowOf:
    """Open a unit of work for somebody."""

    def open_for(
        role: str = "clerk", area: str = COMMUNITY, login: str = "wang", line: str = ""
    ) -> UnitOfWork:
        return office.uow(Actor(login, role, area, name="王", line=line))

    return open_for
