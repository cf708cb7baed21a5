"""An office with an invented grid of people, and pages run in it as somebody."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.demo.build import build
from core.kernel import database
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.i18n import speak
from core.kernel.settings import Settings
from core.ui import session
from tests.conftest import COMMUNITY, KEYS, create_tables

ROOT = Path(__file__).parents[2]
Open = Callable[..., AppTest]


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
    shutil.copyfile(peopled, tmp_path / "office.db")
    opened = Office(Settings(data=tmp_path, demo="none"), KEYS)
    database.use(opened)
    speak("zh_CN")
    yield opened
    opened.close()
    database.use(None)


@pytest.fixture
def open_page(town: Office, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Run a page as a role, in a language, with parameters in its address."""

    def run(name: str, role: str = "clerk", language: str = "zh_CN", area: str = COMMUNITY, **query: str) -> AppTest:
        actor = Actor("wang", role, area, name="王示例", language=language)
        monkeypatch.setattr(session, "current_actor", lambda: replace(actor, language=language))
        screen = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=40)
        screen.run()
        screen.query_params.clear()
        for key, value in query.items():
            screen.query_params[key] = value
        return screen.switch_page(f"pages/{name}.py").run()

    return run
