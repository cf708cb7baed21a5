"""Running commands as somebody at the command line does."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from core.cli.app import app
from core.kernel import database
from core.kernel.i18n import speak
from core.kernel.settings import settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command for the office in tmp_path; nobody sees a traceback."""
    monkeypatch.setenv("LINGRID_DATA", str(tmp_path))
    monkeypatch.setenv("LINGRID_DEMO", "none")
    settings.cache_clear()  # whatever another test of this process read before

    def invoke(*arguments: object, code: int = 0, **variables: str) -> Result:
        settings.cache_clear()
        env = {f"LINGRID_{name.upper()}": value for name, value in variables.items()}
        result = CliRunner().invoke(app, [str(each) for each in arguments], env=env)
        assert result.exit_code == code, result.output + repr(result.exception)
        assert "Traceback" not in result.output
        return result

    yield invoke
    settings.cache_clear()
    database.use(None)
    speak("zh_CN")


def said(result: Result) -> Any:
    """What was printed, as JSON."""
    return json.loads(result.stdout)
