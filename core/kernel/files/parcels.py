"""Files that were made for somebody to fetch: sealed, each set in a folder of its own, cleared away after some days.

`parcels/<set>/<name>` in the data folder. They can be made again, so no backup takes them along.
"""

import shutil
from pathlib import Path

from core.kernel.database import Office, translated
from core.kernel.files.store import sealed, unsealed, write_whole
from core.kernel.i18n import _
from core.kernel.problems import Missing


def put(office: Office, of: int, name: str, data: bytes) -> None:
    """Keep one file of a set; one of that name is replaced. Raises Unavailable: disk full."""
    with translated():
        write_whole(_folder(office, of) / name, sealed(office.ring, data, f"{of}/{name}"))


def read(office: Office, of: int, name: str) -> bytes:
    """The content. Raises Missing when it was cleared away, Unavailable when it was changed."""
    try:
        with translated():
            raw = (_folder(office, of) / name).read_bytes()
    except FileNotFoundError as trouble:
        raise Missing(_("The file is not there any more.")) from trouble
    return unsealed(office.ring, raw, f"{of}/{name}")


def drop(office: Office, of: int) -> None:
    """Take a whole set away."""
    with translated():
        shutil.rmtree(_folder(office, of), ignore_errors=True)


def _folder(office: Office, of: int) -> Path:
    return office.settings.data / "parcels" / str(of)
