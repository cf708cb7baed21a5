"""What a page hands to the map: its code under one version, its words in the reader's language, where it begins."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.kernel.i18n import catalogue
from core.places.queries import Extent
from core.server import code
from core.ui import assets
from core.ui.map import CHINA, bounds_of
from core.ui.map_words import WORDS

SCRIPTS = sorted((assets.STATIC / "map").glob("*.mjs"))
OTHERS = {"grids", "gridpaint", "ground", "live", "replay", "track", "base"}
"""Modes of other pages, which bring words of their own along."""


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=code.routes))


def test_a_module_is_kept_for_good_under_its_version_and_asked_for_again_under_an_old_one(
    client: TestClient,
) -> None:
    kept = client.get(assets.code("map/index.mjs"))
    assert kept.status_code == 200
    assert kept.headers["content-type"].startswith("text/javascript")
    assert "immutable" in kept.headers["cache-control"]
    old = client.get("/code/00000000/map/index.mjs")
    assert old.text == kept.text
    assert old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["map/none.mjs", "../Home.py", "..%2FHome.py", "map"])
def test_nothing_but_files_of_static_is_served(client: TestClient, path: str) -> None:
    assert client.get(f"/code/{assets.code_version()}/{path}").status_code == 404


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_import_of_a_module_is_a_file_of_ours(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"(?:from|import|import\()\s*\(?[\"']([^\"']+)[\"']", text):
        assert name.startswith("."), f"{path.name} imports {name}"
        assert (path.parent / name).resolve().is_file(), f"{path.name} imports {name}"


def test_the_map_says_nothing_that_is_not_translated() -> None:
    said = {
        text
        for path in SCRIPTS
        if path.stem not in OTHERS
        for text in re.findall(r"words\(\s*\"([^\"]+)\"", path.read_text(encoding="utf-8"))
    }
    assert said <= set(WORDS)
    assert set(WORDS) <= set(catalogue("zh_CN"))


def test_the_map_begins_with_what_is_drawn_of_the_area() -> None:
    assert bounds_of(None) == CHINA
    assert bounds_of(Extent(116.70, 23.25, 116.72, 23.28)) == [[116.70, 23.25], [116.72, 23.28]]
    around = bounds_of(Extent(116.71, 23.26, 116.71, 23.26))
    assert around[0][0] < 116.71 < around[1][0]
    assert around[0][1] < 23.26 < around[1][1]
