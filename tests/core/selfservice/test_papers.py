"""Papers for the counter: a slip that is printed once by whoever gave the code, and the answer to a request."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.problems import Missing, Refused
from core.kernel.unit_of_work import UnitOfWork
from core.rights import commands as rights
from core.selfservice import commands, slips
from core.server import visiting
from tests.conftest import COMMUNITY, GRID
from tests.core.selfservice.conftest import Somebody, Who

Desk = Callable[[str, str], TestClient]


@pytest.fixture
def desk(town: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The browser of somebody who is signed in."""
    app = Starlette(routes=server.routes, middleware=server.middleware)
    with TestClient(app) as client:

        def signed_in(login: str, role: str) -> TestClient:
            area = GRID if role == "grid_worker" else COMMUNITY
            monkeypatch.setattr(visiting, "visitor", lambda *_a, **_k: town.uow(Actor(login, role, area)))
            return client

        yield signed_in


def given(uow: UnitOfWork, person: int) -> tuple[commands.Slip, str]:
    """A slip and its mark for the address."""
    slip = commands.give_code(uow, person, seen_document=True)
    return slip, slips.sealed(slip, uow.actor, uow.now)


def test_the_slip_has_number_code_and_a_qr_without_the_code(
    desk: Desk, who: Who, people: list[Somebody]
) -> None:
    slip, mark = given(who(), people[0].id)
    page = desk("li", "clerk").get("/papers/slip", params={"sheet": mark})
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert slip.code[:4] in page.text and slip.number[:4] in page.text and people[0].document not in page.text
    size, path = re.search(r'viewBox="0 0 (\d+) \d+".*?<path d="([^"]+)"', page.text).groups()  # type: ignore[union-attr]
    image = Image.new("L", (int(size) * 4, int(size) * 4), 255)
    for x, y, long in re.findall(r"M(\d+) (\d+)h(\d+)v1", path):
        box = (int(x) * 4, int(y) * 4, (int(x) + int(long)) * 4 - 1, int(y) * 4 + 3)
        ImageDraw.Draw(image).rectangle(box, fill=0)
    [read] = zxingcpp.read_barcodes(image)
    assert read.text.endswith(f"/mine?number={slip.number}") and slip.code not in read.text
    assert len(page.content) < 40_000


def test_nobody_else_prints_it_and_nobody_later(who: Who, people: list[Somebody]) -> None:
    clerk = who()
    _slip, mark = given(clerk, people[0].id)
    assert slips.opened(mark, clerk.actor, clerk.now).code
    for actor, now in (
        (Actor("chen", "clerk", COMMUNITY), clerk.now),
        (clerk.actor, clerk.now + timedelta(minutes=6)),
    ):
        with pytest.raises(Refused):
            slips.opened(mark, actor, now)
    for forged in ("", "x", mark[:-2]):
        with pytest.raises(Refused):
            slips.opened(forged, clerk.actor, clerk.now)


@pytest.mark.parametrize("role", ["grid_worker", "analyst", "system_admin"])
def test_who_gives_no_codes_gets_no_papers(desk: Desk, who: Who, people: list[Somebody], role: str) -> None:
    _slip, mark = given(who(), people[0].id)
    number = rights.add_request(
        who(), person_id=people[0].id, name="甲", kind="copy", received_on=who().today, channel="counter"
    )
    browser = desk("x", role)
    assert browser.get("/papers/slip", params={"sheet": mark}).status_code == 404
    assert browser.get(f"/papers/answer/{number}").status_code == 404


def test_the_answer_is_a_letter_and_before_that_a_receipt(
    desk: Desk, who: Who, people: list[Somebody]
) -> None:
    facts = {"name": "甲<b>", "kind": "delete", "received_on": who().today, "channel": "counter"}
    number = rights.add_request(who(), person_id=people[0].id, **facts, wish="删除电话")
    browser = desk("li", "clerk")
    first = browser.get(f"/papers/answer/{number}").text
    assert "受理回执" in first and "甲&lt;b&gt;" in first and "30 日" in first
    rights.decide(who("chen", "lead"), number, "refused", refusal="法律要求登记")
    letter = browser.get(f"/papers/answer/{number}").text
    assert "不予办理" in letter and "法律要求登记" in letter and "人民法院" in letter


def test_papers_of_the_next_grid_are_not_there(desk: Desk, who: Who) -> None:
    with pytest.raises(Missing):
        commands.give_code(who("x", "clerk", GRID), 1, seen_document=True)
    assert desk("li", "clerk").get("/papers/answer/1").status_code == 404
