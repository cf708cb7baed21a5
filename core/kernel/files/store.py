"""Where photos and documents lie: sealed, under the digest of their content, one file however often it is attached.

`files/ab/<digest>` in the data folder; smaller forms of a picture beside it with a suffix. Each file says which key
sealed it, so that a change of keys leaves it readable.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from filelock import FileLock

from core.kernel.crypto import Keyring
from core.kernel.database import Office, translated
from core.kernel.i18n import _
from core.kernel.problems import Missing, Unavailable
from core.kernel.settings import Settings

MARK = b"LGF1 "
DIGEST = 64
YOUNG = 3600.0
"""Seconds for which a file is left alone though nothing refers to it: whoever stored it is about to."""


def folder(chosen: Settings) -> Path:
    """Where the office keeps its photos and documents."""
    return chosen.data / "files"


def put(office: Office, data: bytes) -> str:
    """Store a file and give its digest; the same content is stored once. Raises Unavailable: disk full."""
    digest = hashlib.sha256(data).hexdigest()
    with translated(), _turn(office):
        path = _path(office, digest)
        if path.exists():
            os.utime(path)
        else:
            write_whole(path, sealed(office.ring, data, digest))
    return digest


def keep(office: Office, digest: str, form: str, data: bytes) -> None:
    """Store a smaller form of a picture beside it; it is made again when it is lost."""
    with translated():
        write_whole(_path(office, digest, form), sealed(office.ring, data, digest + form))


def read(office: Office, digest: str, form: str = "") -> bytes:
    """The content. Raises Missing when the file is gone, Unavailable when it was changed or its key is missing."""
    path = _path(office, digest, form)
    try:
        with translated():
            raw = path.read_bytes()
    except FileNotFoundError as trouble:
        raise Missing(_("The file is not there any more.")) from trouble
    return unsealed(office.ring, raw, digest + form)


def drop(office: Office, digest: str, *, younger: float = YOUNG) -> bool:
    """Take a file and its smaller forms away unless it was stored within so many seconds; whether it is gone now.

    The caller has made sure that nothing refers to it.
    """
    with translated(), _turn(office):
        path = _path(office, digest)
        if path.exists() and time() - path.stat().st_mtime < younger:
            return False
        for one in path.parent.glob(f"{digest}*"):
            one.unlink(missing_ok=True)
        return True


def all_paths(office: Office) -> list[Path]:
    """Every stored file without its smaller forms, as a backup takes it along."""
    return [path for path in sorted(folder(office.settings).glob("??/*")) if len(path.name) == DIGEST]


def digests(office: Office) -> set[str]:
    """The digests of all that is stored."""
    return {path.name for path in all_paths(office)}


def _path(office: Office, digest: str, form: str = "") -> Path:
    if len(digest) != DIGEST or not digest.isalnum():
        raise Missing(_("The file is not there any more."))
    return folder(office.settings) / digest[:2] / f"{digest}{form}"


@contextmanager
def _turn(office: Office) -> Iterator[None]:
    """One at a time, in all processes: storing again and clearing away must not cross."""
    root = folder(office.settings)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(root / "turn.lock"):
        yield


def write_whole(path: Path, data: bytes) -> None:
    """The whole file or none; only its owner reads it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def sealed(ring: Keyring, data: bytes, about: str) -> bytes:
    """Content as it lies on the disk; `about` binds it to its place."""
    nonce = os.urandom(12)
    body = AESGCM(ring.key("files")).encrypt(nonce, data, about.encode())
    return MARK + ring.current.encode() + b"\n" + nonce + body


def unsealed(ring: Keyring, raw: bytes, about: str) -> bytes:
    """The content again. Raises Unavailable when it was changed or its key is missing."""
    head, _line, body = raw.partition(b"\n")
    try:
        if not head.startswith(MARK):
            raise ValueError(head)
        key = ring.key("files", head.removeprefix(MARK).decode())
        return AESGCM(key).decrypt(body[:12], body[12:], about.encode())
    except (InvalidTag, ValueError) as trouble:
        raise Unavailable(
            _("This file was changed on the disk, or the key file does not fit it.")
        ) from trouble
