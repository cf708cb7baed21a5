"""Pictures from a service, fetched by the server and kept on its disk; a kept one serves on when the cable is pulled.

An address comes from an administrator, but what its name means is decided elsewhere: so the machine that is asked is
looked up once, checked, and asked by its number. Redirects are checked the same way. Nothing of the answer but a
picture of a few hundred kilobytes goes on to a browser, and the key stands in no message.
"""

import ipaddress
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic, time
from typing import TYPE_CHECKING

import httpx

from core.basemap.rasters import pictures, state
from core.basemap.rasters.trouble import Trouble
from core.basemap.rules import addresses
from core.geo.mercator import Tile

if TYPE_CHECKING:
    from core.basemap.rasters import Source

FRESH = 30 * 86_400.0
"""Seconds for which a fetched picture is not asked for again."""
LARGEST = 2_000_000
HOPS = 3
REST = 20.0
"""Seconds for which a service that did not answer is left alone."""
WAIT, LONGEST = httpx.Timeout(6.0, connect=3.0), 12.0
"""Seconds for each step of an answer, and for all of it."""
AT_ONCE = BoundedSemaphore(12)
"""Pictures that are fetched at the same time; whoever else comes waits a little, then goes on without."""
MISSING = (204, 404, 410)
"""Answers that say: no picture here."""
PACKED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "::/96")))
"""Numbers of IPv6 whose last part is one of IPv4, which a router on the way takes out (RFC 6052, RFC 4291)."""
LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
"""The same within one network only (RFC 8215)."""
Number = ipaddress.IPv4Address | ipaddress.IPv6Address

_resting: dict[str, float] = {}
"""Service -> until when it is left alone (monotonic seconds)."""


def read(data: Path, source: "Source", tile: Tile) -> Sequence[bytes | None]:
    """The pictures of a tile, lowest first: kept ones, else fetched ones. Raises Trouble when there is neither."""
    key = source.key.open() if source.key else ""
    where = state.folder(data, source.id) / _digest(source)
    asked = addresses(source.kind, source.address, source.layers, source.matrix, key, tile)
    return [
        _kept(where / str(turn) / str(tile.z) / str(tile.x) / str(tile.y), source, address)
        for turn, address in enumerate(asked)
    ]


def _digest(source: "Source") -> str:
    """What the pictures follow from: another address or layer is another picture, another key is not."""
    said = "\n".join((source.kind, source.address, source.layers, source.matrix))
    return sha256(said.encode()).hexdigest()[:12]


def _kept(path: Path, source: "Source", address: str) -> bytes | None:
    """One picture from the disk while it is fresh, else from the service, else the old one. An empty file: none."""
    try:
        is_fresh, old = time() - path.stat().st_mtime < FRESH, path.read_bytes()
    except OSError:
        is_fresh, old = False, None
    if old is not None and is_fresh:
        return old or None
    try:
        found = fetched(address, is_own=source.is_own_server)
    except Trouble:
        if old is None:
            raise
        return old or None
    with suppress(OSError):
        state.put(path, found or b"")
    return found


def fetched(address: str, *, is_own: bool) -> bytes | None:
    """A picture from a service, None where it has none. Raises Trouble.

    `is_own`: the administrator says it is a server of the office, so that it may stand in a network of its own.
    """
    try:
        with _turn(address):
            for _hop in range(HOPS):
                answer, onward = _asked(address, is_own)
                if not onward:
                    return answer
                address = str(httpx.URL(address).join(onward))
    except (httpx.InvalidURL, ValueError):  # said without the address, in which the key may stand
        raise Trouble("answered", "address") from None
    raise Trouble("answered", "redirect")


@contextmanager
def _turn(address: str) -> Iterator[None]:
    """One of the few at once, and only while the service is not resting. Raises Trouble."""
    service = httpx.URL(address).netloc.decode()
    if _resting.get(service, 0.0) > monotonic() or not AT_ONCE.acquire(timeout=4):
        raise Trouble("unreachable")
    try:
        yield
    except httpx.HTTPError as trouble:
        _resting[service] = monotonic() + REST
        raise Trouble("unreachable") from trouble
    finally:
        AT_ONCE.release()


def _asked(address: str, is_own: bool) -> tuple[bytes | None, str]:
    """One question: the picture, or where to ask instead. Raises Trouble, HTTPError."""
    url = httpx.URL(address)
    there = url.copy_with(host=checked_host(url, is_own))
    more = {"sni_hostname": url.host}
    headers = {"host": url.netloc.decode(), "accept": "image/*", "user-agent": "LinGrid"}
    with _client(url.netloc.decode()).stream("GET", there, headers=headers, extensions=more) as answer:
        if answer.is_redirect:
            return None, answer.headers.get("location", "")
        if answer.status_code in MISSING:
            return None, ""
        if answer.status_code != 200:
            code = "refused" if answer.status_code in (401, 403, 418, 429) else "answered"
            raise Trouble(code, str(answer.status_code))
        return _body(answer), ""


@lru_cache(maxsize=32)
def _client(_service: str) -> httpx.Client:
    """Connections to one service. Proxies of the environment are left out: behind one, nothing could be checked."""
    return httpx.Client(timeout=WAIT, follow_redirects=False, trust_env=False)


def _body(answer: httpx.Response) -> bytes:
    """A picture of a size that a tile can have. Raises Trouble."""
    found, until = b"", monotonic() + LONGEST
    for part in answer.iter_bytes():
        found += part
        if len(found) > LARGEST:
            raise Trouble("large")
        if monotonic() > until:
            raise httpx.ReadTimeout("drop by drop")
    if not pictures.media_of(found):
        raise Trouble("picture")
    return found


def checked_host(url: httpx.URL, is_own: bool) -> str:
    """The number of the machine behind an address. Raises Trouble for one not to be asked, HTTPError for none."""
    if url.scheme not in ("http", "https") or url.userinfo:
        raise Trouble("private", url.scheme)
    try:
        told = socket.getaddrinfo(url.host, url.port or 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as trouble:
        raise httpx.ConnectError("no such host") from trouble
    numbers = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in told]
    if not all(_may_be_asked(number, is_own) for number in numbers):
        raise Trouble("private", url.host)
    return str(numbers[0])


def _may_be_asked(number: Number, is_own: bool) -> bool:
    """A machine of the internet; or, where the administrator says so, one of our own, but no device's inner address."""
    inner = _inner(number)
    if inner is not None:
        return _may_be_asked(inner, is_own)
    if number.is_global and not number.is_multicast and number not in LOCAL:
        return True
    return is_own and not (number.is_link_local or number.is_multicast or number.is_unspecified)


def _inner(number: Number) -> Number | None:
    """The number of IPv4 for which one of IPv6 stands."""
    if isinstance(number, ipaddress.IPv4Address):
        return None
    if any(number in network for network in PACKED):
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour
