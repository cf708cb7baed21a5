"""Serving: what a person reads who has just started the office, and the web server under their browser."""

import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import typer

from core.accounts.door import GATE
from core.accounts.queries import demo_hint
from core.cli.console import say
from core.kernel.crypto import Keyring
from core.kernel.database import Office
from core.kernel.i18n import N_, _
from core.kernel.problems import Unavailable
from core.kernel.settings import ROOT, Settings

SELF = "python run.py" if os.name == "nt" else "python3 run.py"


def check_certificate(chosen: Settings) -> None:
    """Raises Unavailable when certificate and key are not both there to be read."""
    if bool(chosen.ssl_cert) != bool(chosen.ssl_key):
        raise Unavailable(_("LINGRID_SSL_CERT and LINGRID_SSL_KEY belong together; set both or none."))
    for path in (chosen.ssl_cert, chosen.ssl_key):
        if path and not os.access(path, os.R_OK):
            raise Unavailable(_("The file {file} cannot be read.").format(file=path))


def welcome(office: Office) -> None:
    """Print where the office is, with what to sign in, and how to go on from here."""
    chosen = office.settings
    say(N_("LinGrid is at {address} (Ctrl+C stops it)."), address=chosen.origin)
    hint = demo_hint(office.uow(GATE))
    if hint is None:
        return
    people = "、".join(f"{login}（{post}）" for login, post in hint.people)
    say(
        N_("Everybody in this demo is invented. Sign in with the password {password} as: {people}"),
        password=hint.password,
        people=people,
    )
    say(N_("A real community starts in a folder of its own:"))
    for command in ("areas load --shipped shantou --root 440512", "user add admin --role system_admin", ""):
        _show(command, LINGRID_DATA="/path/to/folder", LINGRID_DEMO="none")
    if not chosen.ssl_cert:
        say(N_("Phones need https for camera and position; with a certificate of your own:"))
        _show("", LINGRID_ADDRESS="0.0.0.0", LINGRID_SSL_CERT="cert.pem", LINGRID_SSL_KEY="key.pem")


def _show(command: str, **variables: str) -> None:
    """Print a command as one types it on this system."""
    form = "set {}={}&& " if os.name == "nt" else "{}={} "
    given = "".join(form.format(*pair) for pair in variables.items())
    typer.echo(f"    {given}{SELF} {command}".rstrip())


def options(chosen: Settings) -> Iterator[str]:
    """Streamlit's own options that follow from ours."""
    values = {
        "server.port": chosen.port,
        "server.address": chosen.address,
        "server.headless": "true",
        "server.sslCertFile": chosen.ssl_cert,
        "server.sslKeyFile": chosen.ssl_key,
        "browser.serverAddress": urlsplit(chosen.origin).hostname,
        "browser.gatherUsageStats": "false",
        "logger.hideWelcomeMessage": "true",
    }
    return (f"--{name}={value}" for name, value in values.items() if value is not None)


def cookie_secret(ring: Keyring) -> str:
    """What Streamlit signs its own cookie with: the same in every process of the office."""
    return ring.key("streamlit").hex()


def answer_at_once() -> None:
    """Let every connection send what it has: on the socket that Streamlit binds, the body of an answer waits 40 ms for
    the other side to acknowledge its head (Nagle), and so does each message of a page."""
    from streamlit.web.server.starlette import starlette_server as server

    bind = server._bind_socket

    def bound(address: str, port: int, backlog: int) -> socket.socket:
        made = bind(address, port, backlog)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    server._bind_socket = bound


def run_server(office: Office) -> None:
    """Serve until somebody stops it."""
    from streamlit.web.cli import main

    os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = cookie_secret(office.ring)
    answer_at_once()
    arguments = ["run", str(ROOT / "Home.py"), *options(office.settings)]
    main(arguments, prog_name="streamlit", standalone_mode=False)
