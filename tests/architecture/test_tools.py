"""What the tools say of the code: style, types, and who leans on whom."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
TOOLS = {
    "ruff check": [str(BIN / "ruff"), "check", "--no-cache", "core", "pages", "tests", "Home.py", "run.py"],
    "ruff format": [
        str(BIN / "ruff"),
        "format",
        "--check",
        "--no-cache",
        "core",
        "pages",
        "tests",
        "Home.py",
        "run.py",
    ],
    "mypy": [sys.executable, "-m", "mypy", "--no-error-summary"],
    "import-linter": [str(BIN / "lint-imports"), "--no-cache"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tools_have_nothing_to_say(tool: str) -> None:
    done = subprocess.run(TOOLS[tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
