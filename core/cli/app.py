"""All commands together. A command of another module joins with `app.command()`."""

import typer

import core.models  # noqa: F401  (every table is known before an office opens)
from core.cli import accounts, areas, benching, jobs, keeping, moving, offices, people, settings_table
from core.cli.console import Sentences, both
from core.kernel.i18n import N_, speak
from core.kernel.settings import settings

app = typer.Typer(
    cls=Sentences,
    help=both(N_("LinGrid from the command line.")),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(accounts.app, name="user")
app.add_typer(areas.app, name="areas")
app.add_typer(keeping.audit, name="audit")
app.add_typer(keeping.key, name="key")
app.add_typer(jobs.app, name="jobs")
COMMANDS = (
    ("serve", offices.serve, N_("Start the office and its web server.")),
    ("demo", offices.demo, N_("Fill an empty office with invented people and houses.")),
    ("migrate", offices.migrate, N_("Bring the tables up to date, as every start does.")),
    ("check", offices.check, N_("Look whether all is well; exit code 1 when it is not.")),
    ("backup", keeping.backup, N_("Write a backup; people may go on working meanwhile.")),
    ("restore", keeping.restore, N_("Put a backup in place.")),
    ("copy", moving.copy, N_("Copy the office into another database, such as PostgreSQL.")),
    ("duplicates", people.duplicates, N_("Look for people who are filed twice.")),
    ("bench", benching.bench, N_("Measure how fast the office is, on an invented one.")),
    ("settings", settings_table.show, N_("Print every setting and what is in force.")),
)
for _name, _run, _help in COMMANDS:
    app.command(_name, help=both(_help))(_run)


@app.callback()
def _language() -> None:
    speak(settings().language)
