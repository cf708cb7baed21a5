"""The two cookies: a signed one that carries the token of a sign-in, and the language."""

import hashlib

from itsdangerous import BadData, URLSafeSerializer

from core.kernel.crypto import keyring

NAME = "lingrid_session"
LANGUAGE = "lingrid_lang"


def _signer() -> URLSafeSerializer:
    """The newest key signs, the older ones still prove: changing keys signs nobody out."""
    ring = keyring()
    keys = [ring.key("cookie", name) for name in ring.masters]
    return URLSafeSerializer(keys, salt=NAME, signer_kwargs={"digest_method": hashlib.sha256})


def write(token: str) -> str:
    """What the cookie holds for a token."""
    return str(_signer().dumps(token))


def read(cookie: object) -> str:
    """The token in a cookie; "" for anything that this office did not sign."""
    try:
        token = _signer().loads(cookie) if isinstance(cookie, str) else ""
    except BadData:
        return ""
    return token if isinstance(token, str) else ""
