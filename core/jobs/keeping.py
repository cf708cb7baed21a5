"""The care of the office: backups, whether they can be restored, and a look at everything."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from core.attachments.queries import unused
from core.kernel import checks
from core.kernel.access import job as machine
from core.kernel.backup import backup as write
from core.kernel.backup import list_backups
from core.kernel.database import Office
from core.kernel.i18n import N_, _
from core.kernel.jobs import Progress, job
from core.kernel.problems import Invalid
from core.kernel.unit_of_work import UnitOfWork
from core.retention.queries import period_lines
from core.upkeep.restoring import faults_of

ALWAYS = 7
"""So many of the newest backups stay, however old they are."""


@job("backup", title=N_("Backup"), needs="backup.ask", every="day", is_machines=True)
def make_backup(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """Write a backup without keys, and clear away those whose period is over."""
    progress(0.05, _("Copying the database"))
    path = write(uow.office)
    progress(0.9, _("Clearing old backups away"))
    return {"file": path.name, "size": path.stat().st_size, "cleared": _clear(uow)}


def _clear(uow: UnitOfWork) -> int:
    days = next(one.days for one in period_lines(uow) if one.kind == "backups")
    before = datetime.now(UTC) - timedelta(days=days)
    old = [one for one in list_backups(uow.office.settings)[ALWAYS:] if one.made_at < before]
    for one in old:
        one.path.unlink(missing_ok=True)
    return len(old)


@job("backup.test", title=N_("Restore test"), needs="backup.test", is_machines=True)
def try_backup(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """Restore the newest backup into a temporary office and look it through. Raises Invalid when there is none."""
    newest = next((one for one in list_backups(uow.office.settings) if one.path.suffix == ".zip"), None)
    if newest is None:
        raise Invalid(_("There is no backup yet; make one first."))
    return {"file": newest.path.name, "faults": faults_of(uow.office, newest.path, progress)}


@job("check", title=N_("Check of everything"), needs="system.view", every="day", is_machines=True)
def check_all(uow: UnitOfWork, progress: Progress) -> Mapping[str, Any]:
    """What `check` of the command line looks at, and whether every photo has its file."""
    progress(0.1, _("Reading the whole database"))
    try:
        found = [asdict(one) for one in checks.all_of(uow.office.settings)]
    finally:
        uow.office.take(uow.office.ring)  # the checks look with keys of their own
    progress(0.8, _("Looking for the files of photos"))
    return {"found": [*found, _files(uow.office)]}


def _files(office: Office) -> dict[str, Any]:
    orphans, missing = unused(office.uow(machine("check")))
    said = _("{missing} are missing, {orphans} belong to nothing").format(
        missing=len(missing), orphans=len(orphans)
    )
    return {"name": N_("Photos and documents"), "is_well": not missing, "said": said}
