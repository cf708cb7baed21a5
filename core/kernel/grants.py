"""Leave to fetch one thing from our own routes, given to one person by a command that wrote down the reason."""

import hashlib

from itsdangerous import BadData, URLSafeTimedSerializer

from core.kernel.access import Actor
from core.kernel.crypto import keyring

SECONDS = 300
"""How long a leave is good: long enough to look at a picture or to save a file."""


def _signer(purpose: str) -> URLSafeTimedSerializer:
    ring = keyring()
    keys = [ring.key("grant", name) for name in ring.masters]
    return URLSafeTimedSerializer(keys, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})


def _whose(actor: Actor, about: int) -> list[object]:
    return [about, actor.login, actor.session_id]


def give(purpose: str, about: int, actor: Actor) -> str:
    """A mark for the address of one thing; useless to anybody else, in another sign-in and after some minutes."""
    return str(_signer(purpose).dumps(_whose(actor, about)))


def fits(token: str, purpose: str, about: int, actor: Actor) -> bool:
    """Whether this person was given leave for this thing in this sign-in, a moment ago."""
    try:
        return bool(_signer(purpose).loads(token, max_age=SECONDS) == _whose(actor, about))
    except BadData:
        return False
