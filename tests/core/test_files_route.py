"""The routes that serve photos and copies, as a browser, a stranger and a forger meet them."""

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.accounts import commands as accounts
from core.accounts import cookies, door
from core.accounts.door import commands as gate
from core.attachments import commands, taking
from core.kernel.access import Actor
from core.kernel.database import Office
from core.people.commands import add_person
from core.places.commands import add_building_with_rooms
from core.places.queries import HouseFilter, houses
from core.rights.commands import export_held
from tests.conftest import COMMUNITY, GRID, NEXT_GRID
from tests.core.conftest import PASSWORD, Hire
from tests.pictures import document, dots, from_phone


@pytest.fixture
def browser(office: Office) -> Iterator[TestClient]:
    """A browser in front of our routes."""
    with TestClient(Starlette(routes=server.routes, middleware=server.middleware)) as client:
        yield client


def enter(browser: TestClient, office: Office, login: str) -> int:
    """Sign in and keep the cookie; the number of the sign-in."""
    ticket = door.sign_in(office.uow(door.GATE), login, PASSWORD)
    token = gate.open_session(office.uow(door.GATE), ticket).token
    browser.cookies.clear()
    browser.cookies.set(cookies.NAME, cookies.write(token))
    actor = door.actor_of(office.uow(door.GATE), token)
    assert actor is not None
    return actor.session_id


@pytest.fixture
def house(office: Office, hire: Hire) -> int:
    """A house of the first grid."""
    uow = office.uow(hire("li"))
    add_building_with_rooms(uow, GRID, {"road": "海滨路", "number": "1号", "floors": 1, "units": 1}, 1, 1, 1)
    return houses(uow, HouseFilter()).items[0].id


@pytest.fixture
def picture(office: Office, house: int) -> int:
    """A photo of that house."""
    return taking.take(office.uow(Actor("li", "clerk", COMMUNITY)), "House", house, from_phone(), name="大门")


NOTHING = b'{"message":"not found"}'


def test_who_has_no_cookie_or_a_forged_one_finds_nothing(browser: TestClient, picture: int) -> None:
    for cookie in ("", "forged", "ImEi.forged", cookies.write("guess")):
        browser.cookies.set(cookies.NAME, cookie)
        for address in (f"/api/files/{picture}", f"/api/files/{picture}?size=thumb", f"/api/held/{picture}"):
            answer = browser.get(address)
            assert (answer.status_code, answer.content) == (404, NOTHING)


@pytest.mark.parametrize(
    ("login", "role", "area"),
    [
        ("wang", "grid_worker", NEXT_GRID),
        ("wu", "analyst", "440599/"),
        ("xitong", "system_admin", "440599/"),
        ("anquan", "security_admin", "440599/"),
        ("shenji", "audit_admin", "440599/"),
    ],
)
def test_another_branch_or_role_finds_what_nobody_finds(
    browser: TestClient, office: Office, hire: Hire, picture: int, login: str, role: str, area: str
) -> None:
    hire(login, role, area)
    enter(browser, office, login)
    for address in (f"/api/files/{picture}", f"/api/files/{picture}?size=thumb", "/api/files/1"):
        answer = browser.get(address)
        assert (answer.status_code, answer.content) == (404, NOTHING)


def test_whoever_may_gets_the_picture_and_nothing_may_keep_or_run_it(
    browser: TestClient, office: Office, picture: int
) -> None:
    enter(browser, office, "li")
    answer = browser.get(f"/api/files/{picture}")
    assert answer.status_code == 200
    assert dots(answer.content).size == (1920, 2560)
    given = answer.headers
    assert given["content-type"] == "image/jpeg"
    assert given["x-content-type-options"] == "nosniff"
    assert given["cache-control"] == "private, no-store"
    assert given["content-security-policy"] == "default-src 'none'; sandbox"
    assert given["cross-origin-resource-policy"] == "same-origin"
    assert given["content-disposition"] == "inline; filename*=UTF-8''%E5%A4%A7%E9%97%A8.jpg"
    assert max(dots(browser.get(f"/api/files/{picture}?size=thumb").content).size) == 320


def test_after_signing_out_the_same_cookie_finds_nothing(
    browser: TestClient, office: Office, picture: int
) -> None:
    enter(browser, office, "li")
    assert browser.get(f"/api/files/{picture}").status_code == 200
    token = cookies.read(browser.cookies[cookies.NAME])
    gate.end_session(office.uow(door.GATE), token)
    assert browser.get(f"/api/files/{picture}").status_code == 404


def test_who_must_change_the_password_first_finds_nothing(
    browser: TestClient, office: Office, picture: int, hire: Hire
) -> None:
    hire("xin", first=True)
    fresh = accounts.reset_password(office.uow(Actor("x", "job", "")), hire("zheng").account_id)
    ticket = door.sign_in(office.uow(door.GATE), "zheng", fresh.password)
    browser.cookies.set(cookies.NAME, cookies.write(gate.open_session(office.uow(door.GATE), ticket).token))
    assert browser.get(f"/api/files/{picture}").status_code == 404


def test_a_removed_picture_is_gone_at_once(browser: TestClient, office: Office, picture: int) -> None:
    enter(browser, office, "li")
    commands.remove_attachment(office.uow(Actor("li", "clerk", COMMUNITY)), picture)
    assert browser.get(f"/api/files/{picture}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_route_only_gives(browser: TestClient, office: Office, picture: int, method: str) -> None:
    enter(browser, office, "li")
    assert browser.request(method, f"/api/files/{picture}").status_code == 405


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "9" * 40, "..%2F..%2Fkeys.txt", "%00"])
def test_nonsense_in_the_address_finds_nothing(
    browser: TestClient, office: Office, picture: int, number: str
) -> None:
    enter(browser, office, "li")
    assert browser.get(f"/api/files/{number}").status_code == 404


@pytest.fixture
def person(office: Office, house: int) -> int:
    """Somebody who lives there."""
    uow = office.uow(Actor("li", "clerk", COMMUNITY))
    return add_person(uow, house_id=house, name="陈<b>试", birth=date(1990, 1, 1), phone="19900001234")


def test_a_sensitive_picture_comes_only_with_leave_of_this_sign_in(
    browser: TestClient, office: Office, person: int
) -> None:
    mine = Actor("li", "clerk", COMMUNITY, session_id=enter(browser, office, "li"))
    number = taking.take(office.uow(mine), "Person", person, from_phone((900, 700), turned=1))
    assert browser.get(f"/api/files/{number}").status_code == 404
    assert browser.get(f"/api/files/{number}?grant=x").status_code == 404
    leave = commands.open_sensitive(office.uow(mine), number, "核对证件")
    assert browser.get(f"/api/files/{number}?grant={leave}").status_code == 200
    elsewhere = commands.open_sensitive(
        office.uow(Actor("li", "clerk", COMMUNITY, session_id=7)), number, "核对"
    )
    assert browser.get(f"/api/files/{number}?grant={elsewhere}").status_code == 404


def test_a_document_is_saved_not_opened(browser: TestClient, office: Office, house: int) -> None:
    uow = office.uow(Actor("li", "clerk", COMMUNITY))
    number = taking.take(uow, "House", house, document(), name="租赁合同.pdf", kind="document")
    enter(browser, office, "li")
    answer = browser.get(f"/api/files/{number}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert browser.get(f"/api/files/{number}?size=thumb").status_code == 404


def test_the_copy_of_what_is_held_comes_with_leave_and_is_whole(
    browser: TestClient, office: Office, person: int
) -> None:
    mine = Actor("li", "clerk", COMMUNITY, session_id=enter(browser, office, "li"))
    taking.take(office.uow(mine), "Person", person, from_phone((80, 60)))
    assert browser.get(f"/api/held/{person}").status_code == 404
    leave = export_held(office.uow(mine), person, "本人申请")
    assert browser.get(f"/api/held/{person + 1}?grant={leave}").status_code == 404
    answer = browser.get(f"/api/held/{person}?grant={leave}")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        page = archive.read("index.html").decode()
        assert [name for name in archive.namelist() if name.startswith("pictures/")]
    assert "19900001234" in page and "海滨路 1 号" in page and "本人申请" in page
    assert "陈&lt;b&gt;试" in page and "陈<b>试" not in page
