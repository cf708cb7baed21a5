"""Whether a backup can be restored: it is, into a temporary office that nobody sees, and looked through."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from core.kernel import audit
from core.kernel.backup import fresh_folder, read_manifest
from core.kernel.database import Office, make_engine
from core.kernel.i18n import _
from core.kernel.jobs import Progress
from core.kernel.opening import KEY_CHECK
from core.kernel.problems import Problem
from core.kernel.restoring import restore
from core.kernel.settings import Settings
from core.kernel.snapshot import database_path, is_sound, look_at


def faults_of(office: Office, source: Path, progress: Progress) -> list[str]:
    """What is wrong with a backup, each as a sentence; nothing when it is good. The temporary office is gone after."""
    with fresh_folder(source.parent) as work:
        chosen = office.settings.model_copy(update={"data": work, "database_url": "", "replica_url": ""})
        progress(0.1, _("Unpacking"))
        try:
            restore(chosen, source)
            return list(_faults(office, chosen, source, progress))
        except Problem as trouble:
            return [trouble.sentence]


def _faults(office: Office, chosen: Settings, source: Path, progress: Progress) -> Iterator[str]:
    """Pages, counts, keys and the chain of the log, one after the other."""
    path = database_path(chosen)
    progress(0.4, _("Looking at every page of the file"))
    if not is_sound(path):
        yield _("The database in it is damaged.")
        return
    progress(0.6, _("Counting the records"))
    look, promised = look_at(path, count=True), read_manifest(source).counts
    for name in promised:
        if look.counts.get(name) != promised[name]:
            sentence = _("{table} has {found} rows instead of {promised}.")
            yield sentence.format(table=name, found=look.counts.get(name), promised=promised[name])
    progress(0.7, _("Reading the audit log"))
    office.ring.open(look.key_check, KEY_CHECK)
    engine = make_engine(make_url(chosen.url).render_as_string(hide_password=False))
    try:
        verdict = audit.verify(engine)
    finally:
        engine.dispose()
    if not verdict.holds:
        number, _fault = verdict.broken[0]
        yield _("Its audit log is broken at line {number}.").format(number=number)
    progress(1.0, _("Ready"))
