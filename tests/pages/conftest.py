"""Pages of an invented community, run as somebody."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.kernel.access import Actor
from core.kernel.database import Office
from core.ui import session
from tests.conftest import COMMUNITY

ROOT = Path(__file__).parents[2]
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(town: Office, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Run a page as a role, in a language, with parameters in its address."""

    def run(
        name: str,
        role: str = "clerk",
        language: str = "zh_CN",
        area: str = COMMUNITY,
        line: str = "",
        **query: str,
    ) -> AppTest:
        actor = Actor("wang", role, area, name="王示例", language=language, line=line)
        monkeypatch.setattr(session, "current_actor", lambda: replace(actor, language=language))
        screen = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=40)
        screen.run()
        screen.query_params.clear()
        for key, value in query.items():
            screen.query_params[key] = value
        return screen.switch_page(f"pages/{name}.py").run()

    return run
