"""Starting the web server: what one reads, and what it is told."""

from pathlib import Path

import pytest

from core.cli import serving
from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.starting import build
from tests.core.cli.conftest import Run
from tests.offices import office_in


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """With which options the web server was started."""
    found: list[list[str]] = []

    def started(office: Office) -> None:
        found.append(list(serving.options(office.settings)))

    monkeypatch.setattr(serving, "run_server", started)
    return found


def test_serving_prints_the_address_and_no_demo_that_is_not_there(run: Run, served: list[list[str]]) -> None:
    result = run("serve", port="8621", language="en")
    assert "http://localhost:8621" in result.stdout
    assert "password" not in result.stdout
    assert "--server.port=8621" in served[0]
    assert not [option for option in served[0] if "ssl" in option]


def test_the_demo_office_prints_its_sign_ins_and_how_to_go_on(
    tmp_path: Path, run: Run, served: list[list[str]]
) -> None:
    office = office_in(tmp_path)
    build(office, "grid", 1, None)
    office.close()
    printed = run("serve", demo="community", language="en").stdout
    for words in ("Linge-2026", "shenji", "LINGRID_DEMO", "LINGRID_SSL_CERT", "user add"):
        assert words in printed


def test_an_own_certificate_is_handed_on(tmp_path: Path, run: Run, served: list[list[str]]) -> None:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    both = {"ssl_cert": str(tmp_path / "cert.pem"), "ssl_key": str(tmp_path / "key.pem")}
    assert "https://localhost:8501" in run("serve", address="0.0.0.0", **both).stdout
    assert {"--server.address=0.0.0.0", f"--server.sslCertFile={both['ssl_cert']}"} <= set(served[0])


@pytest.mark.parametrize("given", [{"ssl_cert": "a.pem"}, {"ssl_cert": "a.pem", "ssl_key": "a.key"}])
def test_half_a_certificate_is_refused(run: Run, served: list[list[str]], given: dict[str, str]) -> None:
    run("serve", code=2, **given)
    assert served == []


def test_the_cookie_secret_is_the_same_in_every_process_and_changes_with_the_key() -> None:
    ring = Keyring({"k1": b"k" * 32})
    assert serving.cookie_secret(ring) == serving.cookie_secret(Keyring({"k1": b"k" * 32}))
    assert serving.cookie_secret(ring) != serving.cookie_secret(ring.with_new_key())
    assert len(serving.cookie_secret(ring)) == 64
