"""The picture code: once, in time, by the picture or by the question; and where an address is cut."""

import pytest
from starlette.requests import Request

from core.kernel.database import Office
from core.kernel.i18n import speak
from core.server.public import codes
from core.server.public.kit import Form, address_of, wording
from core.server.public.paths import is_public
from tests.pictures import dots


def test_either_answer_is_right_but_only_once(office: Office) -> None:
    for answer in (lambda c: codes._opened(c)[0].lower(), lambda c: f" {sum(codes._opened(c)[1:3])} "):
        challenge = codes.fresh()
        assert codes.fits(office, challenge, answer(challenge))
        assert not codes.fits(office, challenge, answer(challenge)), "a page cannot be used again"


def test_a_wrong_answer_spends_it(office: Office) -> None:
    challenge = codes.fresh()
    assert not codes.fits(office, challenge, "xxxxx")
    assert not codes.fits(office, challenge, codes._opened(challenge)[0])


@pytest.mark.parametrize("challenge", ["", "k1.", "k1.abc", "k9.abc", "门", "k1." + "A" * 80])
def test_what_we_did_not_make_fits_nothing(office: Office, challenge: str) -> None:
    assert not codes.fits(office, challenge, "") and not codes.fits(office, challenge, "0")
    assert dots(codes.picture(challenge)).size == codes.SIZE


def test_it_ends(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    challenge, now = codes.fresh(), codes._now()
    monkeypatch.setattr(codes, "_now", lambda: now + codes.SECONDS + 1)
    assert not codes.fits(office, challenge, codes._opened(challenge)[0])


def test_picture_and_question_differ_and_the_page_does_not_tell(office: Office) -> None:
    challenge = codes.fresh("ACDEF")
    assert "ACDEF" not in challenge
    picture = codes.picture(challenge)
    assert dots(picture).size == (220, 72) and 1000 < len(picture) < 20_000
    assert picture != codes.picture(challenge), "drawn anew each time"
    speak("zh_CN")
    assert "加" in codes.question(challenge)


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_of_ipv6_is_cut(host: str, counted: str) -> None:
    assert address_of(Request({"type": "http", "client": (host, 1)})) == counted


@pytest.mark.parametrize("path", ["/h/x", "/r", "/r/ABC", "/mine", "/public/code/x"])
def test_pages_for_everybody(path: str) -> None:
    assert is_public(path)


@pytest.mark.parametrize(
    "path", ["/", "/requests", "/houses", "/house", "/register", "/me", "/h", "/api/session"]
)
def test_pages_of_the_office(path: str) -> None:
    assert not is_public(path)


def test_the_words_of_a_text_stay_words() -> None:
    html = wording("# 标题\n- **谁**收集\n  <b>社区</b>\n普通")
    assert html == "<h3>标题</h3><p>· <b>谁</b>收集&lt;b&gt;社区&lt;/b&gt;</p><p>普通</p>"


def test_a_form_is_bearable() -> None:
    form = Form({"a": [" x " * 900, " y "]})
    assert form.text("a") == "y" and form.text("b", "z") == "z" and len(form.texts("a")[0]) <= 500
