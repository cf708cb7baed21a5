"""Pictures from a service, played by a server on this machine: kept, gone, refused, too large, led astray, unplugged."""

import os
import socket
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from core.basemap.rasters import EMPTY, Source, online, picture, state
from core.basemap.rasters.tidying import tidy
from core.basemap.rasters.trouble import Trouble
from core.geo.mercator import Tile
from core.kernel.crypto import Sealed
from tests.core.basemap.conftest import Service, colour_at, picture_of
from tests.stores import free_port

TILE = Tile(15, 26990, 14201)
RED = (255, 0, 0, 255)


def source(service: Service, **more: object) -> Source:
    """The service as a source of the office's own."""
    key = Sealed("map_key", plain="geheim")
    first = Source(3, "xyz", service.address, "", "", key, "", True, "wgs84", 18)
    return replace(first, **more)  # type: ignore[arg-type]


def code(data: Path) -> str:
    """What is noted beside the source."""
    found = state.read(data, 3)
    assert found is not None
    return found.code


def grow_old(data: Path) -> None:
    """Every kept picture is older than it may be."""
    for path in (data / "cache").rglob("*"):
        if path.is_file() and path.suffix != ".json":
            os.utime(path, (1, 1))


def test_a_picture_is_asked_for_once_with_the_key_and_kept(tmp_path: Path, service: Service) -> None:
    one = source(service)
    assert colour_at(picture(tmp_path, one, TILE).data) == RED
    assert colour_at(picture(tmp_path, one, TILE).data) == RED
    assert service.asked == ["/15/26990/14201.png?tk=geheim"]
    assert code(tmp_path) == ""
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert not any("geheim" in str(path) or b"geheim" in path.read_bytes() for path in kept)


def test_with_the_cable_pulled_out_what_was_fetched_is_still_shown(tmp_path: Path, service: Service) -> None:
    one = source(service)
    assert picture(tmp_path, one, TILE).is_found
    grow_old(tmp_path)
    unplugged = replace(one, address=one.address)
    service.status, service.content = 500, b""
    assert colour_at(picture(tmp_path, unplugged, TILE).data) == RED
    assert picture(tmp_path, unplugged, Tile(15, 1, 1)) == EMPTY
    assert code(tmp_path) == "answered"


def test_what_grew_old_is_fetched_anew(tmp_path: Path, service: Service) -> None:
    picture(tmp_path, source(service), TILE)
    grow_old(tmp_path)
    service.content = picture_of("blue")
    assert colour_at(picture(tmp_path, source(service), TILE).data) == (0, 0, 255, 255)


def test_a_service_that_does_not_answer_is_left_alone_for_a_while(
    tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    away = source(service, address=f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}")
    assert picture(tmp_path, away, TILE) == EMPTY
    assert code(tmp_path) == "unreachable"
    monkeypatch.setattr(online, "_asked", lambda *_more: pytest.fail("it was asked again"))
    assert picture(tmp_path, away, Tile(15, 2, 2)) == EMPTY


def test_a_missing_picture_is_no_trouble_and_not_asked_for_again(tmp_path: Path, service: Service) -> None:
    service.status, service.content = 404, b""
    for _turn in range(2):
        assert picture(tmp_path, source(service), TILE) == EMPTY
    assert code(tmp_path) == "" and len(service.asked) == 1


@pytest.mark.parametrize(
    ("status", "content", "expected"),
    [
        (403, b"", "refused"),
        (429, b"", "refused"),
        (502, b"", "answered"),
        (200, b"<html>Please pay</html>", "picture"),
        (200, b"\x89PNG\r\n\x1a\n" + b"x" * (online.LARGEST + 1), "large"),
    ],
    ids=["refused", "too often", "broken", "a page", "a flood"],
)
def test_what_is_no_picture_is_not_passed_on(
    tmp_path: Path, service: Service, status: int, content: bytes, expected: str
) -> None:
    service.status, service.content = status, content
    assert picture(tmp_path, source(service), TILE) == EMPTY
    assert code(tmp_path) == expected
    told = state.read(tmp_path, 3)
    assert told and told.sentence and "geheim" not in f"{told} {told.sentence}"


def test_an_address_inside_is_asked_only_when_the_administrator_says_so(
    tmp_path: Path, service: Service
) -> None:
    for address in (service.address, service.address.replace("127.0.0.1", "localhost")):
        assert picture(tmp_path, source(service, address=address, is_own_server=False), TILE) == EMPTY
        assert code(tmp_path) == "private"
    assert service.asked == []


@pytest.mark.parametrize(
    "host",
    [
        *("10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "[::1]", "[fd00::1]"),
        *("[::ffff:10.0.0.1]", "[::10.0.0.1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]", "[2002:a00:1::1]"),
    ],
)
def test_no_number_of_an_inner_network_passes(host: str) -> None:
    with pytest.raises(Trouble, match="private"):
        online.checked_host(httpx.URL(f"http://{host}/"), False)


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "[fe80::1]", "[::]", "[64:ff9b::169.254.169.254]"]
)
def test_some_numbers_do_not_pass_in_any_case(host: str) -> None:
    with pytest.raises(Trouble, match="private"):
        online.checked_host(httpx.URL(f"http://{host}/"), True)


def test_a_name_with_one_number_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may have several numbers: all of them must be outside."""
    told = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("93.184.216.34", "10.0.0.7")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_more, **_named: told)
    with pytest.raises(Trouble, match="private"):
        online.checked_host(httpx.URL("http://maps.example/"), False)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_more, **_named: told[:1])
    assert online.checked_host(httpx.URL("http://maps.example/"), False) == "93.184.216.34"


def test_a_redirect_is_followed_and_looked_at(tmp_path: Path, service: Service) -> None:
    service.status, service.headers = 302, {"Location": "http://169.254.169.254/latest/meta-data"}
    assert picture(tmp_path, source(service), TILE) == EMPTY
    assert code(tmp_path) == "private"
    service.headers = {"Location": "/again"}
    assert picture(tmp_path, source(service), TILE) == EMPTY
    assert code(tmp_path) == "answered" and service.asked.count("/again") == online.HOPS - 1


def test_a_redirect_to_another_kind_of_address_is_not_followed(tmp_path: Path, service: Service) -> None:
    service.status, service.headers = 302, {"Location": "file:///etc/passwd"}
    assert picture(tmp_path, source(service), TILE) == EMPTY
    assert code(tmp_path) == "private"


@pytest.mark.parametrize("onward", ["http://[", "http://a b:x/", "//\u2100.example/", "http://x:99999/"])
def test_a_redirect_to_no_address_is_no_failure_of_the_map(
    tmp_path: Path, service: Service, onward: str
) -> None:
    service.status, service.headers = 302, {"Location": onward}
    assert picture(tmp_path, source(service), TILE) == EMPTY
    assert code(tmp_path) in ("answered", "unreachable")
    assert "geheim" not in str(state.read(tmp_path, 3))


def test_layers_are_laid_over_each_other(tmp_path: Path, service: Service) -> None:
    address = f"http://127.0.0.1:{service.port}/wmts"
    one = source(service, kind="wmts", address=address, layers="img+cia")
    assert colour_at(picture(tmp_path, one, TILE).data)[0] > 250
    assert ["LAYER=img&" in path for path in service.asked] == [True, False]


def test_another_layer_is_another_picture(tmp_path: Path, service: Service) -> None:
    address = f"http://127.0.0.1:{service.port}/{{layer}}/{{z}}/{{x}}/{{y}}"
    for layers in ("one", "two", "one"):
        assert picture(tmp_path, source(service, address=address, layers=layers), TILE).is_found
    assert [path.split("/")[1] for path in service.asked] == ["one", "two"]


def test_a_picture_far_too_large_to_unpack_is_no_tile(tmp_path: Path, service: Service) -> None:
    service.content = picture_of("red", size=2000, kind="JPEG")
    assert picture(tmp_path, source(service, system="gcj02"), TILE) == EMPTY
    assert code(tmp_path) == "large"


def test_at_night_the_oldest_pictures_go_until_the_rest_fits(tmp_path: Path, service: Service) -> None:
    assert tidy(tmp_path, 0) == 0
    for column in range(4):
        picture(tmp_path, source(service), Tile(15, column, 1))
    grow_old(tmp_path)
    picture(tmp_path, source(service), TILE)
    assert tidy(tmp_path, 5 * len(service.content)) == 0
    assert tidy(tmp_path, 1 * len(service.content)) == 4
    assert picture(tmp_path, source(service), TILE).is_found and len(service.asked) == 5
    assert code(tmp_path) == ""
