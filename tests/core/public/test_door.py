"""What the code at a door opens: who sees what, the five seconds, forms with their sentences, and what is refused."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from core.accounts import cookies
from core.accounts.door import GATE, sign_in
from core.attachments.models import Attachment
from core.claims.forms import Receipt
from core.claims.models import Claim, ClaimItem
from core.kernel import files
from core.kernel.access import Actor
from core.kernel.database import Office
from core.kernel.extensions import CardReader
from core.kernel.problems import Clash
from core.labels import commands as labels
from core.places import commands as places
from core.server.public import cards, codes, kit
from core.server.public import door as pages
from core.server.public.asking import ASKS, WHO
from core.server.public.guard import Limit
from tests.conftest import COMMUNITY, GRID
from tests.core.conftest import PASSWORD, Hire, log
from tests.core.public.conftest import NUMBER, AtDoor, Publish, token_of
from tests.pictures import dots, from_phone, photo

ONCE = "mark-of-this-form-1"


def text_of(html: str) -> str:
    """What somebody reads on a page."""
    return unescape(re.sub(r"<[^>]+>", " ", html))


def claims(office: Office) -> list[Claim]:
    """Every report that was filed."""
    with Session(office.reader) as session:
        return list(session.exec(select(Claim).order_by(Claim.id)))  # type: ignore[arg-type]


def items(office: Office) -> dict[str, str | None]:
    """Field -> value of everything that was said."""
    with Session(office.reader) as session:
        return {one.field: one.after for one in session.exec(select(ClaimItem))}


def test_the_notice_comes_first_and_tells_nothing_of_the_house(phone: TestClient, door: AtDoor) -> None:
    answer = phone.get(f"/h/{door.token}")
    assert answer.status_code == 200
    for secret in ("龙湖苑", "欧阳", "陈", "301", NUMBER, "4405990010"):
        assert secret not in answer.text
    assert "collection 告知书" in answer.text and "第 1 版" in answer.text
    assert all(f"/h/{door.token}/{who}?agreed={door.agreed}" in answer.text for who in WHO)


def test_headers_keep_tokens_at_home(phone: TestClient, door: AtDoor) -> None:
    answer = phone.get(f"/h/{door.token}")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "strict-origin"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "set-cookie" not in answer.headers
    assert not re.search(r'<script(?! type="module" src="/code/)|style="|onclick', answer.text)


def test_the_first_view_is_small(phone: TestClient, door: AtDoor) -> None:
    html = phone.get(f"/h/{door.token}")
    parts = [phone.get(one) for one in re.findall(r'(?:href|src)="(/code/[^"]+)"', html.text)]
    assert len(parts) == 2 and all(one.status_code == 200 for one in parts)
    assert sum(len(one.content) for one in [html, *parts]) < 30_000


def test_only_masked_facts_are_shown(phone: TestClient, door: AtDoor) -> None:
    said = text_of(phone.get(door.path()).text)
    assert "2 人" in said and "欧" in said and "301" in said
    for secret in ("欧阳海棠", "小龙", NUMBER, "19900001111", "1990"):
        assert secret not in said


@pytest.mark.parametrize("agreed", ["", "0", "12", "x"])
def test_nothing_is_shown_before_the_notice_was_agreed_to(
    phone: TestClient, door: AtDoor, agreed: str
) -> None:
    for path in ("resident", "resident/add"):
        answer = phone.get(f"/h/{door.token}/{path}?agreed={agreed}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/h/{door.token}")


def test_a_new_version_of_the_notice_is_shown_again(
    phone: TestClient, door: AtDoor, publish: Publish
) -> None:
    publish("collection")
    answer = phone.get(door.path(), follow_redirects=False)
    assert answer.headers["location"] == f"/h/{door.token}"


def test_no_change_is_one_tap(phone: TestClient, door: AtDoor, office: Office) -> None:
    form = {"once": ONCE}
    answer = phone.post(door.path(what="same"), data=form)
    assert answer.status_code == 200 and "已收到" in answer.text
    [claim] = claims(office)
    assert claim.who == "resident" and claim.what == "/nothing/" and claim.house_id == door.house_id
    assert [text["id"] for text in claim.texts] == [door.agreed]
    assert {line.who for line in log(office) if line.about.startswith("Claim/")} == {f"door/{door.label_id}"}


def test_pressed_twice_it_is_one_report(phone: TestClient, door: AtDoor, office: Office) -> None:
    first, second = (phone.post(door.path(what="same"), data={"once": ONCE}) for _n in range(2))
    assert first.url == second.url and len(claims(office)) == 1


def test_two_phones_at_once_are_two_reports_and_one_phone_twice_is_one(
    phone: TestClient, door: AtDoor, office: Office
) -> None:
    path = door.path(what="same")
    with ThreadPoolExecutor(4) as people:
        marks = (f"{ONCE}{n % 2}" for n in range(4))
        answers = list(people.map(lambda once: phone.post(path, data={"once": once}).url.path, marks))
    assert answers[0] == answers[2] and answers[1] == answers[3] and answers[0] != answers[1]
    assert len(claims(office)) == 2


def test_whatever_breaks_there_is_a_page(
    phone: TestClient, door: AtDoor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pages.queries, "doorway", lambda *_facts: 1 // 0)
    answer = phone.get(door.path())
    assert answer.status_code == 500 and "稍后再试" in answer.text
    assert "ZeroDivisionError" in caplog.text and door.token not in caplog.text


def test_a_form_that_another_process_files_meanwhile_gets_its_receipt(
    phone: TestClient, door: AtDoor, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in, seen = pages.claims.hand_in, []

    def overtaken(*facts: object, **more: object) -> Receipt:
        receipt = hand_in(*facts, **more)
        seen.append(receipt.is_again)
        if len(seen) == 1:
            raise Clash("overtaken")
        return receipt

    monkeypatch.setattr(pages.claims, "hand_in", overtaken)
    assert "已收到" in phone.post(door.path(what="same"), data={"once": ONCE}).text
    assert seen == [False, True] and len(claims(office)) == 1


def test_a_reader_of_documents_fills_in_what_is_empty(
    phone: TestClient, door: AtDoor, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("identity_picture")
    assert 'value="read"' not in phone.get(door.path(what="add")).text, "none is installed"
    reader = CardReader(title="Test", read=lambda data: {"name": "王芳", "document_no": NUMBER, "sex": "2"})
    monkeypatch.setattr(cards, "readers", lambda: {"test": reader})
    monkeypatch.setattr(pages, "readers", lambda: {"test": reader})
    assert 'value="read"' in phone.get(door.path(what="add")).text
    upload = [("pictures", ("card.jpg", photo(), "image/jpeg"))]
    typed = {"once": ONCE, "parts": "1", "do": "read", "0.name": "王方"}
    html = phone.post(door.path(what="add"), data=typed, files=upload).text
    assert 'value="王方"' in html and f'value="{NUMBER}"' in html
    nothing = phone.post(door.path(what="add"), data=typed).text
    assert "没有识别出来" in nothing


def test_a_family_is_reported_on_one_page(phone: TestClient, door: AtDoor, office: Office) -> None:
    typed = {"once": ONCE, "parts": "1", "0.name": "王芳", "0.birth": "1992-02-03", "0.residence": "tenant"}
    more = phone.post(door.path(what="add"), data={**typed, "do": "more"})
    assert 'value="王芳"' in more.text and 'name="1.name"' in more.text and not claims(office)
    both = {
        **typed,
        "parts": "2",
        "1.name": "王小明",
        "1.birth": "1995-02-03",
        "contact_phone": "19900002222",
    }
    assert "已收到" in phone.post(door.path(what="add"), data=both).text
    with Session(office.reader) as session:
        names = session.exec(select(ClaimItem.after).where(ClaimItem.field == "name")).all()
    assert [name.strip('"') for name in names if name] == ["王芳", "王小明"]


def test_what_is_wrong_is_said_at_its_field(phone: TestClient, door: AtDoor, office: Office) -> None:
    typed = {
        "once": ONCE, "parts": "2", "0.name": "王芳", "0.birth": "1992-02-03",
        "1.name": "李强", "1.document_no": "440599199003150011", "contact_phone": "12",
    }  # fmt: skip
    answer = phone.post(door.path(what="add"), data=typed)
    assert answer.status_code == 422 and not claims(office)
    wrong = dict(re.findall(r'id="wrong-([\w.]+)">([^<]+)<', answer.text))
    assert set(wrong) >= {"1.document_no", "contact_phone"} and "0.name" not in wrong
    assert 'value="李强"' in answer.text and f'value="{ONCE}"' in answer.text


def test_a_number_needs_a_consent_of_its_own(phone: TestClient, door: AtDoor, office: Office) -> None:
    typed = {"once": ONCE, "parts": "1", "0.name": "王芳", "0.document_no": "440599199202030024"}
    answer = phone.post(door.path(what="add"), data=typed)
    assert "wrong-text.sensitive" in answer.text and not claims(office)
    ticked = re.search(r'name="text.sensitive" value="(\d+)"', answer.text)
    assert ticked
    assert "已收到" in phone.post(door.path(what="add"), data={**typed, "text.sensitive": ticked[1]}).text
    assert items(office)["document_no"] is None  # sealed elsewhere


def test_without_such_a_text_no_number_is_asked_for(
    phone: TestClient, office: Office, publish: Publish
) -> None:
    door = _other_door(office, publish("collection"))
    html = phone.get(door.path(what="add")).text
    assert 'name="0.name"' in html and "document_no" not in html and "pictures" not in html


def _other_door(office: Office, agreed: int) -> AtDoor:
    lead = office.uow(Actor("chen", "lead", COMMUNITY))
    house = places.add_house(lead, places.add_building(lead, GRID, "海滨路18号", floors=2), room="201")
    [label] = labels.issue(lead, [house])
    return AtDoor(token_of(office, label), label, house, agreed)


def test_who_moved_out_is_ticked_by_a_mark_that_tells_nothing(
    phone: TestClient, door: AtDoor, office: Office
) -> None:
    html = phone.get(door.path(what="out")).text
    marks = re.findall(r'type="checkbox" name="0.about" value="([^"]+)"', html)
    assert len(marks) == 2
    data = {"once": ONCE, "parts": "1", "0.about": marks, "0.name": "租客小张", "0.on": "2026-01-31"}
    assert "已收到" in phone.post(door.path(what="out"), data=data).text
    with Session(office.reader) as session:
        about = session.exec(select(ClaimItem.person_id).where(ClaimItem.field == "on")).all()
    assert len(about) == 3 and about.count(None) == 1


def test_a_landlord_with_tenants_has_rented_out(phone: TestClient, door: AtDoor, office: Office) -> None:
    typed = {"once": ONCE, "parts": "1", "0.name": "租客甲", "0.birth": "1992-02-03"}
    assert "已收到" in phone.post(door.path("landlord", "tenants"), data=typed).text
    said = items(office)
    assert (said["residence"], said["state"]) == ('"tenant"', '"rented"')


def test_a_company_is_checked_by_its_credit_code(phone: TestClient, door: AtDoor, office: Office) -> None:
    typed = {
        "once": ONCE,
        "parts": "1",
        "0.name": "海棠便利店",
        "0.employees": "3",
        "0.credit_code": "91440599MA0000001A",
    }
    answer = phone.post(door.path("company", "firm"), data=typed)
    assert answer.status_code == 422 and "wrong-0.credit_code" in answer.text
    typed["0.credit_code"] = "91440599MA0000001C"
    assert "已收到" in phone.post(door.path("company", "firm"), data=typed).text
    assert claims(office)[0].who == "company"


@pytest.mark.parametrize(
    ("who", "what"), [("visitor", "firm"), ("company", "add"), ("nobody", "add"), ("head", "tenants")]
)
def test_nobody_reports_what_is_not_theirs(phone: TestClient, door: AtDoor, who: str, what: str) -> None:
    assert phone.get(door.path(who, what)).status_code == 404
    assert phone.post(door.path(who, what), data={"once": ONCE}).status_code == 404


@pytest.mark.parametrize(("who", "what"), [(who, what) for who, one in WHO.items() for what in one.asks])
@pytest.mark.sqlite
def test_every_form_opens_in_both_languages(phone: TestClient, door: AtDoor, who: str, what: str) -> None:
    for language in ("en", "zh_CN"):
        answer = phone.get(f"{door.path(who, what)}&lang={language}")
        assert answer.status_code == 200 and "<form" in answer.text
        assert phone.cookies[cookies.LANGUAGE] == language


def test_every_form_belongs_to_somebody() -> None:
    assert {what for one in WHO.values() for what in one.asks} == set(ASKS)


def test_names_are_text_never_html(phone: TestClient, door: AtDoor) -> None:
    evil = "<script>alert(1)</script>"
    data = {
        "once": ONCE,
        "parts": "1",
        "0.name": evil,
        "0.birth": "gestern",
        "note": '"><img src=x onerror=alert(1)>',
    }
    answer = phone.post(door.path(what="add"), data=data)
    assert answer.status_code == 422
    assert (
        "<script>alert" not in answer.text
        and "<img src=x" not in answer.text
        and "&lt;script&gt;" in answer.text
    )


@pytest.mark.parametrize(("role", "is_led"), [("grid_worker", True), ("analyst", False)])
def test_staff_are_led_to_the_visit(
    phone: TestClient, door: AtDoor, office: Office, hire: Hire, role: str, is_led: bool
) -> None:
    assert "/scan?" not in phone.get(f"/h/{door.token}").text
    hire("wu", role, GRID)
    phone.post("/api/session", json={"ticket": sign_in(office.uow(GATE), "wu", PASSWORD)})
    answer = phone.get(f"/h/{door.token}")
    assert answer.status_code == 200 and (f"/scan?text={door.token}" in answer.text) is is_led


# --- labels that open nothing


def test_an_unknown_label_gets_a_friendly_page(phone: TestClient, door: AtDoor) -> None:
    for token in ("a" * 22, "x", "../../etc", "%00" * 22, "门" * 30, "a" * 4000):
        answer = phone.get(f"/h/{token}")
        assert answer.status_code in (404, 405) or "没有找到" in answer.text
    assert "请再扫一次" in phone.get("/h/" + "a" * 22).text


def test_a_dead_label_says_so_and_takes_nothing(phone: TestClient, door: AtDoor, office: Office) -> None:
    lead = office.uow(Actor("chen", "lead", COMMUNITY))
    fresh = token_of(office, labels.report_lost(lead, door.house_id))
    answer = phone.get(f"/h/{door.token}")
    assert answer.status_code == 410 and "停用" in answer.text and "301" not in answer.text
    assert phone.get(door.path()).status_code == 409
    assert phone.post(door.path(what="same"), data={"once": ONCE}).status_code == 409
    assert not claims(office) and phone.get(f"/h/{fresh}").status_code == 200


def test_guessing_ends_after_a_while(
    phone: TestClient, door: AtDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "UNKNOWN", Limit("unknown-door", 3600, 3, 3))
    seen = [phone.get(f"/h/{n:022d}").status_code for n in range(5)]
    assert seen == [404, 404, 404, 429, 429]
    assert phone.get(f"/h/{door.token}").status_code == 429, "nor does a right guess help"
    other = {"x-forwarded-for": "203.0.113.9"}
    assert phone.get(f"/h/{door.token}", headers=other).status_code == 429, "only a proxy is believed"


# --- too often


def test_many_reports_need_the_picture_code(
    phone: TestClient, door: AtDoor, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_DOOR", Limit("hand-in-door", 86_400, 2, 4))
    path = door.path(what="same")
    for n in range(2):
        assert "已收到" in phone.post(path, data={"once": f"{ONCE}{n}"}).text
    asked = phone.post(path, data={"once": f"{ONCE}-3"})
    assert asked.status_code == 422 and "wrong-code" in asked.text and len(claims(office)) == 2
    [challenge] = re.findall(r'name="challenge" value="([^"]+)"', asked.text)
    assert phone.get(f"/public/code/{challenge}").headers["content-type"] == "image/png"
    signs = codes._opened(challenge)[0]
    given = {"once": f"{ONCE}-3", "challenge": challenge, "code": signs.lower()}
    assert "已收到" in phone.post(path, data=given).text and len(claims(office)) == 3
    assert phone.post(path, data={"once": f"{ONCE}-5"}).status_code == 429


def test_another_site_hands_in_nothing(phone: TestClient, door: AtDoor, office: Office) -> None:
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "", "sec-fetch-site": "cross-site"},
    ):
        answer = phone.post(door.path(what="same"), data={"once": ONCE}, headers=headers)
        assert answer.status_code == 403 and "<main>" in answer.text
    assert not claims(office)


# --- pictures


def test_a_picture_of_ten_megabytes_comes_without_its_place(
    phone: TestClient, door: AtDoor, office: Office
) -> None:
    big = from_phone() + b"\0" * 10_000_000
    data = {"once": ONCE, "parts": "1", "0.state": "vacant"}
    answer = phone.post(door.path(what="home"), data=data, files=[("pictures", ("a.jpg", big, "image/jpeg"))])
    assert "已收到" in answer.text
    with Session(office.reader) as session:
        [kept] = session.exec(select(Attachment)).all()
    assert kept.about_kind == "Claim" and kept.is_sensitive
    stored = files.read(office, kept.digest)
    assert b"PhoneMaker" not in stored and not dots(stored).getexif() and max(dots(stored).size) == 2560


@pytest.mark.parametrize(
    "data", [b"MZ" + b"0" * 99, b"<svg onload=alert(1)>", b"GIF89a", photo() + b"<script>", b""], ids=range(5)
)
def test_what_is_no_picture_is_refused_at_its_field(
    phone: TestClient, door: AtDoor, office: Office, data: bytes
) -> None:
    typed = {"once": ONCE, "parts": "1", "0.state": "vacant"}
    answer = phone.post(
        door.path(what="home"), data=typed, files=[("pictures", ("a.jpg", data, "image/jpeg"))]
    )
    if data:
        assert answer.status_code == 422 and "wrong-pictures" in answer.text and not claims(office)
    else:
        assert "已收到" in answer.text, "a field left empty sends an empty file"


def test_too_much_is_not_even_read(phone: TestClient, door: AtDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "MOST_BYTES", 20_000)
    upload = [("pictures", ("a.jpg", b"\xff\xd8\xff" + b"0" * 30_000, "image/jpeg"))]
    answer = phone.post(door.path(what="home"), data={"once": ONCE}, files=upload)
    assert answer.status_code == 422 and "太大" in answer.text


@pytest.mark.parametrize("body", [b"", b"\xff", b"--x\r\nbroken", b"a=" + b"&a=" * 900])
def test_what_cannot_be_read_is_a_page_not_a_crash(phone: TestClient, door: AtDoor, body: bytes) -> None:
    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "text/plain",
    ):
        answer = phone.post(door.path(what="add"), content=body, headers={"content-type": kind})
        assert answer.status_code in (422, 200) and "<main>" in answer.text
