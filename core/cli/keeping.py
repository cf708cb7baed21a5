"""Keeping an office safe: backups, the audit log and keys."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core.cli.console import JSON, at_work, both, opened, progress, report, say
from core.kernel import audit as log
from core.kernel.backup import backup as make_backup
from core.kernel.backup import list_backups
from core.kernel.i18n import N_, _
from core.kernel.restoring import restore as put_back
from core.kernel.restoring import write_down
from core.kernel.rotation import rotate as change_key
from core.kernel.settings import settings

audit = typer.Typer(help=both(N_("The audit log.")), no_args_is_help=True)
key = typer.Typer(help=both(N_("The keys.")), no_args_is_help=True)
FAULTS = {
    "missing": N_("Line {number} is missing."),
    "changed": N_("Line {number} was changed."),
    "cut off": N_("The log was cut off before line {number}."),
}


def backup(
    target: Annotated[Path | None, typer.Argument(help=both(N_("File or folder")))] = None,
    with_keys: Annotated[bool, typer.Option(help=both(N_("Put the key file in as well")))] = False,
    show: Annotated[bool, typer.Option("--list", help=both(N_("Only list the backups there are")))] = False,
    as_json: JSON = False,
) -> None:
    """Write a backup; people may go on working meanwhile."""
    if show:
        _list(as_json)
        return
    with opened() as office:
        path = make_backup(office, target, with_keys=with_keys)
    if as_json:
        report({"file": path, "with_keys": with_keys, "size": path.stat().st_size}, True, ())
        return
    say(N_("Backup written: {file}"), file=path)
    if with_keys:
        say(N_("It holds the keys: whoever has this file can read everything. Lock it away."))
    else:
        say(N_("The keys are not in it. Keep a copy of {file} elsewhere."), file=settings().data / "keys.txt")


def _list(as_json: bool) -> None:
    found = list_backups(settings())
    lines = (
        f"{one.made_at.astimezone():%Y-%m-%d %H:%M}  {one.size / 1e6:8.1f} MB  {one.path.name}"
        + ("  " + _("damaged") if one.is_damaged else "")
        for one in found
    )
    report([asdict(one) for one in found], as_json, lines)


def restore(
    source: Annotated[Path, typer.Argument(help=both(N_("Backup file, or its name in the backup folder")))],
    replace: Annotated[bool, typer.Option(help=both(N_("Move the present database aside first")))] = False,
    as_json: JSON = False,
) -> None:
    """Put a backup in place; a database that is there already stays unless --replace is said."""
    done = put_back(settings(), source, replace=replace)
    if as_json:
        report(asdict(done), True, ())
    else:
        say(N_("Restored: {file}"), file=done.database)
        if done.aside:
            say(N_("The database from before is in {folder}"), folder=done.aside)
    if done.warning:
        typer.echo(done.warning, err=True)
        raise typer.Exit(1)
    with opened() as office:
        write_down(at_work(office), source.name)


@audit.command(help=both(N_("Check every line of the audit log.")))
def verify(as_json: JSON = False) -> None:
    """Check every line of the audit log; exit code 1 when one was changed, removed or added."""
    with opened() as office:
        found = log.verify(office.reader)
    lines = [_(FAULTS[fault]).format(number=number) for number, fault in found.broken]
    good = _("The audit log is as it was written: {lines} lines.").format(lines=found.lines)
    report({"lines": found.lines, "broken": found.broken, "holds": found.holds}, as_json, lines or [good])
    if not found.holds:
        raise typer.Exit(1)


@key.command(help=both(N_("Seal everything with a fresh key; not while it is running.")))
def rotate(as_json: JSON = False) -> None:
    """Seal everything with a fresh key; the office must not be running."""
    with opened() as office, progress(N_("Sealing anew")) as bar:
        done = change_key(office, lambda done, total: bar(done / total, ""))
    words = _("The key in use is {key} now; {values} values were sealed anew. Copy the key file again.")
    report(done._asdict(), as_json, [words.format(**done._asdict())])
