"""`jobs`: the night's work by hand or by cron, once a night."""

import json
from pathlib import Path

import pytest

from tests.core.cli.conftest import Run
from tests.offices import office_in

pytestmark = pytest.mark.sqlite


def test_the_nights_work_is_done_once_and_told(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path, people=1).close()
    first = json.loads(run("jobs", "run", "--json").stdout)["done"]
    assert first >= 3
    assert json.loads(run("jobs", "run", "--json").stdout) == {"done": 0}
    found = json.loads(run("jobs", "list", "--json").stdout)
    assert {one["state"] for one in found} == {"done"}, [one["error"] for one in found]
    assert {"backup", "check", "retention.night"} <= {one["name"] for one in found}
    assert list((tmp_path / "backups").glob("lingrid-*.zip"))


def test_jobs_are_told_in_words_too(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path).close()
    assert "0" not in run("jobs", "run").stdout[:1]
    assert "备份" in run("jobs", "list").stdout
