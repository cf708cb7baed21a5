"""A map service on this machine, which tells what it was asked; and pictures that can be told apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from PIL import Image

from core.basemap.rasters import online


def picture_of(colour: str, size: int = 256, kind: str = "PNG") -> bytes:
    """A tile of one colour."""
    out = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (size, size), colour).save(out, kind)
    return out.getvalue()


def colour_at(data: bytes, x: int = 128, y: int = 128) -> tuple[int, ...]:
    """The colour of one pixel, with how solid it is."""
    found = Image.open(BytesIO(data)).convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


@dataclass
class Service:
    """What it answers: status, content and headers; what it was asked is in `asked`."""

    port: int
    status: int = 200
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """An XYZ address of it."""
        return f"http://127.0.0.1:{self.port}/{{z}}/{{x}}/{{y}}.png?tk={{key}}"


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that answers red pictures until it is told otherwise; it ends with the test, or before."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.content)))
            self.end_headers()
            self.wfile.write(told.content)

        def log_message(self, *_words: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    told = Service(server.server_address[1], content=picture_of("red"))
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    online._resting.clear()
    yield told
    server.shutdown()
    server.server_close()
