"""What became of a report: by its number only, with the result of each field; corrected, withdrawn, never guessed."""

import re

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from core.claims import commands as claims
from core.claims.models import Claim, ClaimItem
from core.kernel.access import Actor
from core.kernel.database import Office
from core.server.public import receipts as pages
from core.server.public.guard import Limit
from tests.conftest import GRID
from tests.core.public.conftest import NUMBER, AtDoor

ONCE = "mark-of-this-form-1"
OTHER_NUMBER = "440599199202030024"


@pytest.fixture
def code(phone: TestClient, door: AtDoor) -> str:
    """The receipt of a tenant's report."""
    sensitive = re.search(r'name="text.sensitive" value="(\d+)"', phone.get(door.path(what="add")).text)
    assert sensitive
    typed = {
        "once": ONCE,
        "parts": "1",
        "0.name": "王芳",
        "0.document_no": OTHER_NUMBER,
        "0.residence": "tenant",
        "contact_phone": "19900002222",
        "text.sensitive": sensitive[1],
    }
    answer = phone.post(door.path(what="add"), data=typed)
    assert answer.status_code == 200, answer.text
    return answer.url.path.rpartition("/")[2]


def test_a_receipt_shows_what_was_said_masked(phone: TestClient, code: str) -> None:
    answer = phone.get(f"/r/{code}")
    assert answer.status_code == 200 and "待核实" in answer.text
    assert "王*" in answer.text and "租户" in answer.text
    for secret in (OTHER_NUMBER, "王芳", "19900002222", "欧阳海棠", NUMBER):
        assert secret not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_it_is_typed_as_people_type(phone: TestClient, code: str) -> None:
    typed = f" {code[:4].lower()} {code[4:8]}-{code[8:]} "
    answer = phone.post("/r", data={"receipt": typed}, follow_redirects=False)
    assert answer.headers["location"] == f"/r/{code}"


def test_back_to_the_door_it_came_from(phone: TestClient, door: AtDoor, code: str) -> None:
    assert f"/h/{door.token}/resident" in phone.get(f"/r/{code}").text
    phone.cookies.clear()
    assert "/h/" not in phone.get(f"/r/{code}").text
    phone.cookies.set("lingrid_door", "https://evil.example/")
    assert "evil" not in phone.get(f"/r/{code}").text


def test_what_the_worker_decided_stands_at_each_field(
    phone: TestClient, door: AtDoor, office: Office, code: str
) -> None:
    worker = office.uow(Actor("wang", "grid_worker", GRID))
    with Session(office.reader) as session:
        [claim] = session.exec(select(Claim)).all()
    claims.decide(worker, claim.id, (), reason="请带租赁合同到社区窗口")
    answer = phone.get(f"/r/{code}")
    assert "未采纳" in answer.text and "请带租赁合同到社区窗口" in answer.text
    assert "correct" not in answer.text and "withdraw" not in answer.text
    assert phone.get(f"/r/{code}/correct").status_code == 409
    assert phone.post(f"/r/{code}/withdraw").status_code == 409


def test_a_correction_keeps_numbers_that_are_left_empty(phone: TestClient, office: Office, code: str) -> None:
    form = phone.get(f"/r/{code}/correct").text
    assert 'value="王芳"' in form and OTHER_NUMBER not in form and "19900002222" not in form
    typed = {
        "once": "another-mark-1",
        "parts": "1",
        "0.name": "王小芳",
        "0.residence": "family",
        "0.birth": "1992-02-03",
    }
    answer = phone.post(f"/r/{code}/correct", data=typed)
    assert answer.url.path == f"/r/{code}"
    with Session(office.reader) as session:
        said = {one.field: one for one in session.exec(select(ClaimItem))}
    assert said["name"].after == '"王小芳"' and said["residence"].after == '"family"'
    assert said["document_no"].secret_after and OTHER_NUMBER in said["document_no"].secret_after.open()
    wrong = phone.post(f"/r/{code}/correct", data={**typed, "0.birth": "gestern"})
    assert wrong.status_code == 422 and "wrong-0.birth" in wrong.text


def test_a_message_is_corrected_too(phone: TestClient, door: AtDoor, office: Office) -> None:
    answer = phone.post(door.path(what="other"), data={"once": ONCE, "note": "楼道灯不亮"})
    path = answer.url.path
    assert "/correct" in answer.text and "楼道灯不亮" in phone.get(f"{path}/correct").text
    corrected = phone.post(
        f"{path}/correct", data={"once": "another-mark-1", "parts": "1", "note": "三楼楼道灯不亮"}
    )
    assert corrected.url.path == path and "三楼楼道灯不亮" in corrected.text


def test_a_withdrawn_report_counts_no_more(phone: TestClient, code: str) -> None:
    answer = phone.post(f"/r/{code}/withdraw")
    assert answer.url.path == f"/r/{code}" and "已撤回" in answer.text and "/withdraw" not in answer.text


@pytest.mark.parametrize(
    "typed", ["", "x", "A" * 12, "7K2MPQ4X9RTA", "'; DROP TABLE claim; --", "<b>", "门" * 12]
)
def test_what_nobody_was_given_is_not_found(phone: TestClient, code: str, typed: str) -> None:
    answer = phone.post("/r", data={"receipt": typed})
    assert answer.status_code == 422 and "没有这个回执号" in answer.text and "<b>" not in answer.text
    assert phone.get("/r/A2345678BCDE").status_code == 404


def test_guessing_needs_the_picture_code_and_then_ends(
    phone: TestClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "UNKNOWN", Limit("unknown-receipt", 3600, 1, 3))
    seen = [phone.post("/r", data={"receipt": "A2345678BCDE"}) for _n in range(2)]
    assert ["challenge" in answer.text for answer in seen] == [True, True]
    assert phone.post("/r", data={"receipt": code}).status_code == 422, (
        "the right one, too, needs the picture now"
    )
    for _n in range(2):
        phone.get("/r/A2345678BCDE")
    assert phone.get("/r/A2345678BCDE").status_code == 429
    assert phone.get(f"/r/{code}").status_code == 429


def test_another_site_withdraws_nothing(phone: TestClient, code: str) -> None:
    for path in ("withdraw", "correct"):
        assert phone.post(f"/r/{code}/{path}", headers={"origin": "https://evil.example"}).status_code == 403
    assert "待核实" in phone.get(f"/r/{code}").text
