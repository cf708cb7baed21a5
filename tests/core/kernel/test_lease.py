"""The lease: servers share the office, work that must be alone does not, and a crash gives it back."""

from pathlib import Path

import pytest

from core.kernel import lease
from core.kernel.problems import Unavailable
from tests.offices import chosen, run_python

CRASH = """
import os, sys
from pathlib import Path
from core.kernel.lease import {how}
from core.kernel.settings import Settings
with {how}(Settings(data=Path(sys.argv[1]))):
    os._exit(9)
"""
ASK = """
import sys
from pathlib import Path
from core.kernel.lease import is_held
from core.kernel.settings import Settings
print(is_held(Settings(data=Path(sys.argv[1]))))
"""


def test_servers_share_an_office(tmp_path: Path) -> None:
    with lease.hold(chosen(tmp_path)), lease.hold(chosen(tmp_path)):
        assert lease.is_held(chosen(tmp_path))
    assert not lease.is_held(chosen(tmp_path))


def test_nobody_is_alone_in_a_served_office(tmp_path: Path) -> None:
    with lease.hold(chosen(tmp_path)), pytest.raises(Unavailable), lease.alone(chosen(tmp_path)):
        pass
    with lease.alone(chosen(tmp_path)):
        assert lease.is_held(chosen(tmp_path))


def test_no_server_starts_while_somebody_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "PATIENCE", 0)
    with lease.alone(chosen(tmp_path)), pytest.raises(Unavailable), lease.hold(chosen(tmp_path)):
        pass


def test_another_process_sees_the_lease(tmp_path: Path) -> None:
    with lease.hold(chosen(tmp_path)):
        assert run_python(ASK, tmp_path).stdout.strip() == "True"
    assert run_python(ASK, tmp_path).stdout.strip() == "False"


@pytest.mark.parametrize("how", ["hold", "alone"])
def test_a_crash_gives_the_lease_back(tmp_path: Path, how: str) -> None:
    assert run_python(CRASH.format(how=how), tmp_path).returncode == 9
    with lease.alone(chosen(tmp_path)):
        pass


def test_a_mistake_inside_gives_the_lease_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), lease.alone(chosen(tmp_path)):
        raise ZeroDivisionError
    assert not lease.is_held(chosen(tmp_path))
