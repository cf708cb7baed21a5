"""One tiny community, made once; every test gets it fresh and hands it back."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import insert
from sqlmodel import SQLModel
from streamlit.runtime.pages_manager import PagesManager

import core.models  # noqa: F401  (every table is known before any is made)
from core.demo.build import build
from core.kernel import database
from core.kernel.access import Actor
from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.kernel.i18n import speak
from core.kernel.settings import Settings
from core.kernel.unit_of_work import UnitOfWork
from core.places.models import Area, Level

hypothesis_settings.register_profile("office", deadline=None, max_examples=60, derandomize=True)
hypothesis_settings.load_profile("office")
os.environ.setdefault("LINGRID_DEMO", "none")

KEYS = Keyring({"k1": b"k" * 32})
GRID, NEXT_GRID, COMMUNITY = "440599/001/001/001/", "440599/001/001/002/", "440599/001/001/"
AREAS = [
    ("440599/", "示例区", Level.DISTRICT),
    ("440599/001/", "海棠街道", Level.STREET),
    (COMMUNITY, "金湾社区", Level.COMMUNITY),
    (GRID, "第一网格", Level.GRID),
    (NEXT_GRID, "第二网格", Level.GRID),
]

UowOf = Callable[..., UnitOfWork]

# With a `pages/` folder AppTest would run pages past Home.py from its second run on: keep the flag down.
_original_init = PagesManager.__init__


def _init_without_pages_folder(self: PagesManager, *args: object, **kwargs: object) -> None:
    PagesManager.uses_pages_directory = False
    _original_init(self, *args, **kwargs)  # type: ignore[arg-type]


PagesManager.__init__ = _init_without_pages_folder  # type: ignore[method-assign]


def create_tables(office: Office) -> None:
    """Every table of the product in an empty database."""
    SQLModel.metadata.create_all(office.writer)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with the area tree and nobody in it, as a file to copy."""
    folder = tmp_path_factory.mktemp("blank")
    office = Office(Settings(data=folder, demo="none"), KEYS)
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
    office.close()
    return folder / "office.db"


@contextmanager
def copied(file: Path, folder: Path) -> Iterator[Office]:
    """An open office over a fresh copy of a database, in the language of most users."""
    shutil.copyfile(file, folder / "office.db")
    opened = Office(Settings(data=folder, demo="none"), KEYS)
    database.use(opened)
    speak("zh_CN")
    yield opened
    opened.close()
    database.use(None)


@pytest.fixture
def office(blank: Path, tmp_path: Path) -> Iterator[Office]:
    """An open office of a tiny community without people."""
    with copied(blank, tmp_path) as opened:
        yield opened


@pytest.fixture
def uow_of(office: Office) -> UowOf:
    """Open a unit of work for somebody."""

    def open_for(role: str = "clerk", area: str = COMMUNITY, login: str = "wang") -> UnitOfWork:
        return office.uow(Actor(login, role, area, name="王"))

    return open_for


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small invented community, made once as a file to copy."""
    folder = tmp_path_factory.mktemp("peopled")
    made = Office(Settings(data=folder, demo="none"), KEYS)
    create_tables(made)
    build(made, scale="grid", seed=1)
    made.close()
    return folder / "office.db"


@pytest.fixture
def town(peopled: Path, tmp_path: Path) -> Iterator[Office]:
    """The invented community, open and fresh."""
    with copied(peopled, tmp_path) as opened:
        yield opened
