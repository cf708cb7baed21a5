"""Who asks: the cookie of a browser, or the name and password of an account, as programs such as QGIS send them.

A password goes through the same door as at the sign-in page, so wrong ones are counted and lock the account. A right
one opens a sitting, with which further requests of the program go on, since each brings the password again. While the
account is locked no sitting goes on: else whoever guesses would still be told which password is right.
"""

import base64
import binascii
from collections import OrderedDict
from threading import Lock

from starlette.requests import Request

from core.accounts import cookies, door, queries
from core.kernel.access import Actor
from core.kernel.crypto import keyring

MOST_SITTINGS = 500
LONGEST = 400
"""Characters of a name and password together."""


class Sittings:
    """Tokens by a digest of the name and password that opened them; nothing of a password is kept."""

    def __init__(self) -> None:
        self._tokens: OrderedDict[str, str] = OrderedDict()
        self._guard, self._doors = Lock(), [Lock() for _each in range(16)]

    def actor(self, login: str, password: str, program: str) -> Actor | None:
        """Who that is. Raises Refused with why not."""
        mark = keyring().mac(f"{login}\n{password}", "sitting")
        with self._doors[int(mark[0], 16)]:  # a program asks several things at once and signs in only once
            if found := self._goes_on(mark, login):
                return found
            ticket = door.sign_in(door.gate(), login, password, program)
            token = door.commands.open_session(door.gate(), ticket).token
            self._keep(mark, token)
            return door.actor_of(door.gate(), token)

    def _goes_on(self, mark: str, login: str) -> Actor | None:
        token = self._tokens.get(mark)
        if token is None or queries.is_locked(door.gate(), login):
            return None
        return door.actor_of(door.gate(), token)

    def _keep(self, mark: str, token: str) -> None:
        with self._guard:
            self._tokens[mark] = token
            self._tokens.move_to_end(mark)
            while len(self._tokens) > MOST_SITTINGS:
                self._tokens.popitem(last=False)


SITTINGS = Sittings()


def whose(request: Request) -> Actor | None:
    """Who asks; None for nobody. Raises Refused for a wrong name or password."""
    token = cookies.read(request.cookies.get(cookies.NAME))
    if token and (actor := door.actor_of(door.gate(), token)):
        return actor
    known = _credentials(request.headers.get("authorization", ""))
    return SITTINGS.actor(*known, request.headers.get("user-agent", "")) if known else None


def _credentials(header: str) -> tuple[str, str] | None:
    """Name and password of the Basic scheme (RFC 7617, UTF-8)."""
    scheme, _blank, rest = header.partition(" ")
    if scheme.lower() != "basic" or len(rest) > LONGEST * 4:
        return None
    try:
        login, colon, password = base64.b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (login, password) if colon and len(login) + len(password) <= LONGEST else None
