"""The socket of the server: an answer is sent as soon as it is there."""

import socket

import pytest
from streamlit.web.server.starlette import starlette_server

from core.cli.serving import answer_at_once


def test_what_is_sent_does_not_wait_for_the_other_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    answer_at_once()
    with starlette_server._bind_socket("127.0.0.1", 0, 5) as listening:
        listening.listen()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
