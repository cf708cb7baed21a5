"""How the machine is: the quick looks of every moment, and what the last thorough one found."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from sqlalchemy import text
from sqlmodel import col, func, select

import core
from core.kernel.backup import list_backups
from core.kernel.database import Office
from core.kernel.i18n import N_, _
from core.kernel.jobs import Job, State
from core.kernel.jobs.queries import latest
from core.kernel.snapshot import database_path
from core.kernel.unit_of_work import UnitOfWork, query

GIGA = 1e9
TESTED_WITHIN = timedelta(days=92)


@dataclass(frozen=True)
class Light:
    """One thing about the machine: a marked name, a tone (ok, warn, bad or none) and a sentence."""

    name: str
    tone: str
    said: str


@dataclass(frozen=True)
class BackupLine:
    """A copy in the backup folder; `kind` is "backup", "copy" (before the tables changed) or "damaged"."""

    name: str
    made_at: datetime
    size: int
    kind: str
    with_keys: bool
    version: str


@query("backup.view")
def backups(uow: UnitOfWork) -> list[BackupLine]:
    """The copies in the backup folder, the newest first."""
    return [
        BackupLine(
            one.path.name,
            one.made_at,
            one.size,
            "damaged" if one.is_damaged else "backup" if one.manifest else "copy",
            bool(one.manifest and one.manifest.with_keys),
            one.manifest.version if one.manifest else "",
        )
        for one in list_backups(uow.office.settings)
    ]


@query("system.view")
def lights(uow: UnitOfWork) -> list[Light]:
    """What can be seen at once, without reading the whole database."""
    office = uow.office
    return [
        _disk(office),
        *_database(uow),
        _last_backup(office),
        _last_test(uow),
        _jobs(uow),
        Light(
            N_("Versions"),
            "",
            f"LinGrid {core.__version__} · Python {platform.python_version()} · "
            f"Streamlit {version('streamlit')} · {_engine(uow)}",
        ),
    ]


@query("system.view")
def findings(uow: UnitOfWork) -> tuple[datetime | None, list[Light]]:
    """When everything was last looked at, and what was found then."""
    last = latest(uow, "check", state=State.DONE)
    if last is None or not last.result:
        return None, []
    found = [
        Light(one["name"], "ok" if one["is_well"] else "bad", one["said"]) for one in last.result["found"]
    ]
    return last.ended_at, found


def _disk(office: Office) -> Light:
    room = shutil.disk_usage(office.settings.data)
    share = room.free / room.total
    tone = "ok" if share > 0.15 and room.free > 2 * GIGA else "warn" if room.free > GIGA else "bad"
    said = _("{free:.1f} of {total:.1f} GB free").format(free=room.free / GIGA, total=room.total / GIGA)
    return Light(N_("Disk"), tone, said)


def _database(uow: UnitOfWork) -> Iterator[Light]:
    chosen = uow.office.settings
    if chosen.is_postgresql:
        size = (
            uow.session.connection().execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        )
        yield Light(N_("Database"), "", _("PostgreSQL, {size:.2f} GB").format(size=int(size) / GIGA))
        if chosen.replica_url:
            yield Light(N_("Replica"), "ok", _("is set; lists and searches are read there"))
        return
    path = database_path(chosen)
    yield Light(N_("Database"), "", _("SQLite, {size:.2f} GB").format(size=path.stat().st_size / GIGA))
    wal = path.with_name(f"{path.name}-wal")
    size = wal.stat().st_size / 1e6 if wal.exists() else 0.0
    yield Light(N_("Write-ahead log"), "ok" if size < 500 else "warn", _("{size:.1f} MB").format(size=size))


def _last_backup(office: Office) -> Light:
    whole = [one for one in list_backups(office.settings) if one.manifest]
    if not whole:
        return Light(N_("Last backup"), "bad", _("There is none yet."))
    age = datetime.now(UTC) - whole[0].made_at
    tone = "ok" if age < timedelta(days=2) else "warn" if age < timedelta(days=8) else "bad"
    return Light(N_("Last backup"), tone, _("{n} days ago").format(n=age.days) if age.days else _("today"))


def _last_test(uow: UnitOfWork) -> Light:
    name, last = N_("Last restore test"), latest(uow, "backup.test", state=State.DONE)
    if last is None or last.result is None or last.ended_at is None:
        return Light(name, "warn", _("There was none yet."))
    if last.result["faults"]:
        return Light(name, "bad", _("{file} cannot be restored.").format(file=last.result["file"]))
    days = (uow.now - last.ended_at).days
    said = _("{file} was restored, {n} days ago").format(file=last.result["file"], n=days)
    return Light(name, "ok" if uow.now - last.ended_at < TESTED_WITHIN else "warn", said)


def _jobs(uow: UnitOfWork) -> Light:
    week = uow.now - timedelta(days=7)
    counted = select(Job.state, func.count()).where(col(Job.made_at) > week).group_by(col(Job.state))
    counts = dict(uow.session.exec(counted).all())
    failed, waiting = counts.get(State.FAILED, 0), counts.get(State.WAITING, 0) + counts.get(State.RUNNING, 0)
    said = _("in seven days {done} done, {failed} failed; {open} open now")
    tone = "bad" if failed > 3 else "warn" if failed or waiting > 20 else "ok"
    return Light(N_("Jobs"), tone, said.format(done=counts.get(State.DONE, 0), failed=failed, open=waiting))


def _engine(uow: UnitOfWork) -> str:
    info = uow.session.connection().dialect.server_version_info or ()
    name = "PostgreSQL" if uow.office.settings.is_postgresql else "SQLite"
    return f"{name} {'.'.join(map(str, info))}"
