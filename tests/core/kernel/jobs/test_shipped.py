"""The jobs that LinGrid brings."""

from core.kernel.access import roles
from core.kernel.jobs import WORKS, runner


def test_every_shipped_job_has_a_title_and_a_permission_that_some_role_has() -> None:
    runner.load()
    may = {permission for role in roles().values() for permission in role.may}
    for work in WORKS.values():
        assert work.title and (not work.needs or work.needs in may), work.name
        assert work.needs or work.every, f"nobody can start {work.name}"
