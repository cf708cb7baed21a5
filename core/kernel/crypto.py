"""Sealing what must not lie open: identity, document and phone numbers, and the marks that prove the audit log.

AES-256-GCM for the value, HMAC-SHA256 for the look-up ("blind index") and for chains and cookies. Every key is
derived (HKDF) from a master key that stands in `keys.txt` beside the database or in `LINGRID_KEYS`, never in
the database.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.kernel.i18n import _
from core.kernel.identifiers import mask_identity, mask_other, mask_phone
from core.kernel.problems import Unavailable

MASKS = {"document": mask_identity, "phone": mask_phone}
HEADER = (
    "# LinGrid keys. Without this file nobody can read identity and phone numbers: keep a copy elsewhere.\n"
)


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"lingrid/{purpose}".encode()).derive(master)


@dataclass(frozen=True)
class Keyring:
    """Master keys by their name; `active`, or else the last one, seals, the others still open."""

    masters: Mapping[str, bytes] = field(repr=False)
    active: str = ""
    _derived: dict[tuple[str, str], bytes] = field(default_factory=dict, repr=False, compare=False)
    _ciphers: dict[str, AESGCM] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def current(self) -> str:
        """Name of the key in use."""
        return self.active or list(self.masters)[-1]

    def key(self, purpose: str, name: str = "") -> bytes:
        """The 32-byte key for one purpose. Raises Unavailable when the office lacks the named master key."""
        name = name or self.current
        if (purpose, name) not in self._derived:
            if name not in self.masters:
                raise Unavailable(_("The key {name} is missing from the key file.").format(name=name))
            self._derived[purpose, name] = _derive(self.masters[name], purpose)
        return self._derived[purpose, name]

    def _cipher(self, name: str) -> AESGCM:
        if name not in self._ciphers:
            self._ciphers[name] = AESGCM(self.key("seal", name))
        return self._ciphers[name]

    def seal(self, text: str, about: str) -> str:
        """`k1.<nonce and ciphertext in base64>`; `about` binds it to its kind of field."""
        nonce = os.urandom(12)
        body = nonce + self._cipher(self.current).encrypt(nonce, text.encode(), about.encode())
        return f"{self.current}.{base64.urlsafe_b64encode(body).decode()}"

    def open(self, token: str, about: str) -> str:
        """The text again. Raises Unavailable when key and text do not belong together."""
        name, _dot, body = token.partition(".")
        try:
            raw = base64.urlsafe_b64decode(body)
            return self._cipher(name).decrypt(raw[:12], raw[12:], about.encode()).decode()
        except (InvalidTag, ValueError) as trouble:
            raise Unavailable(_("The key file does not fit this database.")) from trouble

    def index(self, text: str, about: str) -> str:
        """24 hex digits that find a sealed text without opening it; useless without the key."""
        return hmac.new(self.key("index"), f"{about}:{text}".encode(), hashlib.sha256).hexdigest()[:24]

    def tail(self, text: str, about: str) -> str:
        """The index of the last four characters."""
        return self.index(text[-4:], f"{about}-tail")

    def mac(self, data: str, purpose: str, name: str = "") -> str:
        """64 hex digits that prove the data were written by this office."""
        return hmac.new(self.key(purpose, name), data.encode(), hashlib.sha256).hexdigest()

    def using(self, name: str) -> "Keyring":
        """The same keys; the named one seals."""
        return Keyring(self.masters, name)

    def with_new_key(self) -> "Keyring":
        """The same keys and a fresh one that seals from now on."""
        number = max((int(n[1:]) for n in self.masters), default=0) + 1
        return Keyring({**self.masters, f"k{number}": secrets.token_bytes(32)})

    def text(self) -> str:
        """The content of a key file."""
        lines = (f"{n}:{base64.b64encode(k).decode()}" for n, k in self.masters.items())
        return HEADER + "\n".join(lines) + "\n"


def read_keys(text: str) -> Keyring:
    """Keys from `k1:base64` items, one a line or separated by commas. Raises Unavailable on anything else."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    items = [item.strip() for line in lines for item in line.split(",") if item.strip()]
    try:
        keys = {n: base64.b64decode(k, validate=True) for n, k in (item.split(":", 1) for item in items)}
        if not keys or any(len(k) != 32 or not n[1:].isdigit() or n[0] != "k" for n, k in keys.items()):
            raise ValueError
    except ValueError as trouble:
        raise Unavailable(
            _("The key file is damaged: each line must be like `k1:` and 32 bytes in base64.")
        ) from trouble
    return Keyring(keys)


def write_key_file(path: Path, ring: Keyring) -> None:
    """Replace the key file at once or not at all; only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(ring.text())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


_ring: Keyring | None = None


def use(ring: Keyring) -> None:
    """The keys of this process: one office, one ring."""
    global _ring
    _ring = ring


def keyring() -> Keyring:
    """The keys in use. Raises Unavailable before an office was opened."""
    if _ring is None:
        raise Unavailable(_("No office is open."))
    return _ring


class Sealed:
    """A text that shows itself only masked. Its plain form leaves the kernel only by a reveal."""

    __slots__ = ("_plain", "_token", "about")

    def __init__(self, about: str, *, plain: str | None = None, token: str | None = None) -> None:
        self.about, self._plain, self._token = about, plain, token

    def open(self) -> str:
        """The plain text: for the kernel, rules that compare, and keys; never for a screen."""
        if self._plain is None:
            self._plain = keyring().open(self._token or "", self.about)
        return self._plain

    def token(self) -> str:
        """What stands in the database."""
        if self._token is None:
            self._token = keyring().seal(self._plain or "", self.about)
        return self._token

    @property
    def index(self) -> str:
        """Look-up mark of the whole text."""
        return keyring().index(self.open(), self.about)

    @property
    def tail(self) -> str:
        """Look-up mark of the last four characters."""
        return keyring().tail(self.open(), self.about)

    def __str__(self) -> str:
        return MASKS.get(self.about, mask_other)(self.open())

    def __repr__(self) -> str:
        return f"Sealed({self.about})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.about == other.about and self.open() == other.open()

    def __hash__(self) -> int:
        return hash((self.about, self.open()))
