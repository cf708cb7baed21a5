"""A browser as far as the server notices: one websocket, protobuf out and in, a real sign-in."""

import asyncio
from contextlib import AbstractAsyncContextManager
from time import perf_counter
from types import TracebackType

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Navigation_pb2 import Navigation
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from core.accounts import door
from core.kernel.i18n import _
from core.kernel.problems import Unavailable

PATIENCE = 60.0
"""Seconds after which a page that does not end is given up."""


def sign_in(origin: str, login: str, password: str) -> str:
    """The Cookie header of somebody signed in: the password at the door, the ticket at the server's route."""
    ticket = {"ticket": door.sign_in(door.gate(), login, password, "bench")}
    answer = httpx.post(f"{origin}/api/session", json=ticket, headers={"origin": origin}, trust_env=False)
    if not answer.is_success:
        raise Unavailable(_("The sign-in of {login} failed: {said}").format(login=login, said=answer.text))
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


class Visitor(AbstractAsyncContextManager["Visitor"]):
    """One browser tab. `async with Visitor(origin, cookie) as tab: await tab.open("people", "sort=name")`."""

    def __init__(self, origin: str, cookie: str) -> None:
        self.origin, self.cookie = origin, cookie
        self.pages: dict[str, str] = {}
        self.connection: ClientConnection

    async def __aenter__(self) -> "Visitor":
        self.connection = await connect(
            self.origin.replace("http", "ws", 1) + "/_stcore/stream",
            origin=Origin(self.origin),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie},
            open_timeout=PATIENCE,
            max_size=None,
            proxy=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.connection.close()

    async def open(self, page: str = "", query: str = "") -> float:
        """Open a page, "" the first one, and wait for the end of its run: milliseconds.

        Raises Unavailable when the page breaks.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = "" if page in self.pages else page
        asked.rerun_script.page_script_hash = self.pages.get(page, "")
        asked.rerun_script.context_info.url = f"{self.origin}/{page}"
        begun = perf_counter()
        await self.connection.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._is_last(page, ForwardMsg.FromString(await self._message())):
                pass
        return (perf_counter() - begun) * 1000

    async def _message(self) -> bytes:
        found = await self.connection.recv()
        return found if isinstance(found, bytes) else found.encode()

    def _is_last(self, page: str, message: ForwardMsg) -> bool:
        """Whether a message ends the run. Raises Unavailable for a page with a bug, or without a sign-in."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            if message.navigation.position == Navigation.HIDDEN:
                raise Unavailable(_("The bench is not signed in any more."))
            known = message.navigation.app_pages
            self.pages = {"" if one.is_default else one.url_pathname: one.page_script_hash for one in known}
        element = message.delta.new_element.WhichOneof("type") if kind == "delta" else ""
        if kind == "page_not_found" or element == "exception":
            raise Unavailable(_("The page {page} breaks.").format(page=page))
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
