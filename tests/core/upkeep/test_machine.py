"""What the pages about the machine say; and that every permission has its name."""

import pytest

from core.jobs.keeping import check_all
from core.kernel import access
from core.kernel.access import roles
from core.kernel.codes import rows
from core.kernel.database import Office
from core.kernel.jobs import State, commands, runner
from core.kernel.problems import Refused
from core.kernel.unit_of_work import PERMISSIONS
from core.upkeep import queries
from tests.conftest import UowOf


@pytest.mark.parametrize("role", ["clerk", "lead", "analyst", "department", "grid_worker"])
def test_only_the_administrators_see_the_machine(uow_of: UowOf, role: str) -> None:
    for look in (
        queries.lights,
        queries.findings,
        queries.backups,
        queries.permission_lines,
        queries.code_lists,
    ):
        with pytest.raises(Refused):
            look(uow_of(role))


def test_the_lights_say_what_is_missing(uow_of: UowOf) -> None:
    tones = {light.name: light.tone for light in queries.lights(uow_of("system_admin"))}
    assert tones["Last backup"] == "bad" and tones["Last restore test"] == "warn"
    assert {"Disk", "Database", "Jobs", "Versions"} <= set(tones)


@pytest.mark.sqlite
def test_a_thorough_look_is_a_job_whose_findings_the_page_shows(uow_of: UowOf, office: Office) -> None:
    admin = uow_of("system_admin", "440599/")
    assert queries.findings(admin) == (None, [])
    runner.load()
    number = commands.start(admin, "check")
    key = office.ring
    runner.run_next(office)
    when, found = queries.findings(admin)
    assert when is not None and {light.name for light in found} >= {
        "Database",
        "Audit log",
        "Photos and documents",
    }
    assert office.ring is key and number


def test_a_missing_photo_is_found(town: Office) -> None:
    """The template of the tests brings the demo's rows without their files."""
    looked = check_all(town.uow(access.job("check")), lambda share, words: None)
    assert not looked["found"][-1]["is_well"]
    assert State.DONE


def test_every_permission_has_a_title_in_both_languages_and_no_title_is_left_over() -> None:
    known = {row["code"] for row in rows("permission")}
    used = PERMISSIONS | {permission for role in roles().values() for permission in role.may}
    assert not used - known, f"give these a row in data/codes/permission.csv: {sorted(used - known)}"
    assert not known - used, f"nobody asks for these any more: {sorted(known - used)}"
    assert all(
        row["name"] and row["name_en"] and row["group"] and row["group_en"] for row in rows("permission")
    )


def test_the_matrix_is_what_the_roles_say(uow_of: UowOf) -> None:
    for line in queries.permission_lines(uow_of("audit_admin")):
        assert line.roles == {
            name for name, role in roles().items() if not role.internal and line.code in role.may
        }


def test_the_three_administrators_see_no_person() -> None:
    for name in ("system_admin", "security_admin", "audit_admin"):
        may = roles()[name].may
        assert not {
            p for p in may if p.startswith(("person.", "household.", "photo.", "request.", "subject."))
        }, name
