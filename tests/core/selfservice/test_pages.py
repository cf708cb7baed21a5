"""The pages around the own page: the way in, the cookie, what stands there, and what nobody learns from it."""

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import server
from core.accounts import door
from core.kernel.database import Office
from core.kernel.extensions import SmsGateway
from core.labels import commands as labels
from core.labels import queries as label_queries
from core.rights import commands as rights
from core.rights import queries as asked
from core.selfservice import commands, queries, sending
from core.server.public.own_door import COOKIE
from tests.core.selfservice.conftest import Somebody, Who

HERE = {"origin": "http://testserver"}


@pytest.fixture
def phone(town: Office) -> Iterator[TestClient]:
    """A phone in front of the pages."""
    app = Starlette(routes=server.routes, middleware=server.middleware)
    with TestClient(app, follow_redirects=False, headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def token(town: Office, people: list[Somebody]) -> str:
    """The label at the door of the first person."""
    lead = town.uow(door.Actor("chen", "lead", "440599/001/001/"))
    numbers = labels.issue(lead, [people[0].house_id])
    return label_queries.tokens(lead, numbers)[numbers[0]]


def come_in(phone: TestClient, who: Who, person: int) -> None:
    """By a printed slip."""
    slip = commands.give_code(who(), person, seen_document=True)
    answer = phone.post("/mine", data={"number": slip.number, "key": slip.code}, headers=HERE)
    assert answer.status_code == 303 and answer.headers["location"] == "/mine"


def test_the_way_in_needs_no_script_and_tells_nothing(phone: TestClient) -> None:
    answer = phone.get("/mine")
    assert answer.status_code == 200 and "我没有验证码" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store" and "set-cookie" not in answer.headers
    assert "短信" not in answer.text, "there is no gateway here"


def test_by_slip_and_code_to_ones_own_page(phone: TestClient, who: Who, people: list[Somebody]) -> None:
    slip = commands.give_code(who(), people[0].id, seen_document=True)
    answer = phone.post("/mine", data={"number": slip.number, "key": slip.code}, headers=HERE)
    cookie = answer.headers["set-cookie"].lower()
    assert (
        COOKIE in cookie and "httponly" in cookie and "samesite=strict" in cookie and "path=/mine" in cookie
    )
    page = phone.get("/mine").text
    assert "登记信息" in page and "近90天" in page.replace(" ", "")
    assert people[0].document not in page and people[0].phone not in page and people[0].name not in page
    assert not re.search(r"<script(?![^>]*src=)", page) and " style=" not in page


def test_at_the_door_the_code_is_enough(
    phone: TestClient, who: Who, people: list[Somebody], token: str
) -> None:
    assert 'name="number"' not in phone.get(f"/h/{token}/mine").text
    slip = commands.give_code(who(), people[0].id, seen_document=True)
    answer = phone.post(f"/h/{token}/mine", data={"key": slip.code}, headers=HERE)
    assert answer.headers["location"] == "/mine" and phone.get("/mine").status_code == 200


def test_every_wrong_way_gets_the_same_words(
    phone: TestClient, who: Who, people: list[Somebody], token: str
) -> None:
    slip = commands.give_code(who(), people[0].id, seen_document=True)
    wrong = [
        ("/mine", {"number": slip.number, "key": "0"}),
        ("/mine", {"number": "ZZZZZZZZ", "key": slip.code}),
        ("/mine", {"number": "AAAABBBBCCCC", "key": slip.code}),
        (f"/h/{token}/mine", {"key": "0"}),
    ]
    answers = [phone.post(path, data=data, headers=HERE) for path, data in wrong]
    assert {answer.status_code for answer in answers} == {422}
    said = {re.search(r'id="wrong-key">([^<]*)', answer.text)[1] for answer in answers}  # type: ignore[index]
    assert len(said) == 1 and all("set-cookie" not in answer.headers for answer in answers)


def test_guessing_meets_the_picture_code_and_then_the_end(phone: TestClient) -> None:
    codes = []
    for n in range(45):
        answer = phone.post("/mine", data={"number": f"AAAA{n:04}", "key": "1"}, headers=HERE)
        codes.append(answer.status_code)
    assert codes[:5] == [422] * 5
    assert 'name="challenge"' in answer.text or answer.status_code == 429


def test_other_sites_cannot_post_and_other_paths_get_no_cookie(
    phone: TestClient, who: Who, people: list[Somebody]
) -> None:
    come_in(phone, who, people[0].id)
    evil = {"origin": "https://evil.example"}
    answer = phone.post("/mine/ask", data={"kind": "delete", "wish": "全部删除"}, headers=evil)
    assert answer.status_code == 403
    assert phone.get("/api/held/1").status_code == 404


def test_the_story_of_a_request(phone: TestClient, who: Who, people: list[Somebody]) -> None:
    come_in(phone, who, people[0].id)
    answer = phone.post("/mine/ask", data={"kind": "correct", "wish": ""}, headers=HERE)
    assert answer.status_code == 422 and "aria-invalid" in answer.text
    wish = {"kind": "correct", "part": "homes", "wish": "<script>alert(1)</script> 门牌不对"}
    assert phone.post("/mine/ask", data=wish, headers=HERE).status_code == 303
    page = phone.get("/mine?done=ask").text
    assert "<script>alert" not in page and "门牌不对" in page and "30 日" in page
    [line] = [one for one in asked.requests(who()).items if one.channel == "online" and one.kind == "correct"]
    rights.decide(who("chen", "lead"), line.id, "answered", decision="门牌已更正")
    assert "门牌已更正" in phone.get("/mine").text


def test_take_back_compare_and_leave(phone: TestClient, who: Who, people: list[Somebody]) -> None:
    come_in(phone, who, people[0].id)
    phone.post("/mine/ask", data={"kind": "copy"}, headers=HERE)
    number = re.search(r'name="id" value="(\d+)"', phone.get("/mine").text)[1]  # type: ignore[index]
    assert phone.post("/mine/back", data={"id": number}, headers=HERE).status_code == 303
    assert asked.request(who(), number).state == "withdrawn"
    right = phone.post("/mine/compare", data={"typed": people[0].document}, headers=HERE)
    assert right.status_code == 200 and people[0].document in right.text
    wrong = phone.post("/mine/compare", data={"typed": people[1].document}, headers=HERE)
    assert wrong.status_code == 422
    gone = phone.post("/mine/leave", headers=HERE)
    assert gone.status_code == 200 and "max-age=0" in gone.headers["set-cookie"].lower()
    assert "登记信息" not in phone.get("/mine").text


def test_nobody_touches_what_is_anothers(phone: TestClient, who: Who, people: list[Somebody]) -> None:
    slip = commands.give_code(who(), people[1].id, seen_document=True)
    entry = commands.enter(door.gate(), slip.code, slip=slip.number)
    guest = queries.guest(door.gate(), entry.token)
    assert guest is not None
    theirs = commands.ask(who().office.uow(guest.actor), "copy")
    come_in(phone, who, people[0].id)
    answer = phone.post("/mine/back", data={"id": str(theirs)}, headers=HERE)
    assert answer.status_code == 404 and asked.request(who(), theirs).state == "open"


@pytest.mark.parametrize("path", ["ask", "back", "compare", "consent"])
def test_without_a_visit_there_is_only_the_way_in(phone: TestClient, path: str) -> None:
    phone.cookies.set(COOKIE, "guessed", path="/mine")
    answer = phone.post(f"/mine/{path}", data={"id": "1", "kind": "copy"}, headers=HERE)
    assert "我没有验证码" in answer.text


def test_asking_for_a_message_tells_nobody_whose_phone_it_is(
    phone: TestClient, people: list[Somebody], token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, str]] = []
    way = SmsGateway(title="x", is_set=lambda: True, send=lambda to, text: sent.append((to, text)))
    monkeypatch.setattr(sending, "gateway", lambda: way)
    answers = []
    for typed in (people[0].phone, "19900000000"):
        answer = phone.post(f"/h/{token}/mine/code", data={"phone": typed}, headers=HERE)
        answers.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert answers[0] == answers[1]
    [(number, text)] = sent
    code = re.search(r"\d{6}", text)[0]  # type: ignore[index]
    assert number == people[0].phone
    answer = phone.post(f"/h/{token}/mine", data={"key": code}, headers=HERE)
    assert answer.headers["location"] == "/mine"
