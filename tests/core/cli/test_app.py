"""The command line as a whole: every command is there, and trouble is a sentence."""

from pathlib import Path

from core.kernel.revisions import revisions
from tests.core.cli.conftest import Run, said
from tests.offices import office_in, run_python


def test_migrate_says_what_it_did(tmp_path: Path, run: Run) -> None:
    assert said(run("migrate", "--json")) == {"before": "", "after": revisions()[-1], "copy": None}
    assert said(run("migrate", "--json")) == {
        "before": revisions()[-1],
        "after": revisions()[-1],
        "copy": None,
    }


def test_trouble_with_the_database_is_a_sentence_for_every_command(tmp_path: Path, run: Run) -> None:
    office_in(tmp_path).close()
    (tmp_path / "office.db").write_bytes(b"not a database at all" * 100)
    for command in ("user list", "migrate", "backup", "audit verify", "key rotate", "serve"):
        assert len(run(*command.split(), code=2).stderr.strip().splitlines()) == 1


def test_the_module_runs_as_a_program() -> None:
    code = "import runpy, sys; sys.argv[1:] = ['--help']; runpy.run_module('core', None, '__main__')"
    result = run_python(code)
    assert result.returncode == 0
    for name in ("serve", "demo", "areas", "user", "migrate", "backup", "restore", "audit", "key", "check"):
        assert f" {name} " in result.stdout
