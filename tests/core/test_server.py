"""Our own routes, the headers of every answer and the first page, without Streamlit and without a network."""

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from core import server
from core.accounts import cookies, door
from core.kernel.database import Office
from core.kernel.lease import is_held
from core.server import answers, api
from core.server.public.paths import is_public
from core.ui.assets import address
from tests.core.conftest import PASSWORD, Hire, log, told

HERE = {"origin": "http://testserver"}
INDEX = """<!DOCTYPE html>
<html lang="en"><head><title>Streamlit</title><link rel="shortcut icon" href="./favicon.png" />
<link rel="service-desc" href="./_stcore/agent/openapi.json" />
<script>window.prerenderReady = false</script></head>
<body><noscript><p>You need to enable JavaScript</p></noscript><div id="root"></div></body></html>"""


async def index(request: Request) -> Response:
    """What Streamlit would answer, with the marks that a cache goes by."""
    given = {"etag": '"1"', "x-encoding": request.headers.get("accept-encoding", "none")}
    return HTMLResponse(INDEX, headers=given)


async def words(request: Request) -> Response:
    """Something that is not a page."""
    return PlainTextResponse("words", headers={"x-encoding": request.headers.get("accept-encoding", "none")})


@pytest.fixture
def browser(office: Office) -> Iterator[TestClient]:
    """A browser in front of our routes and of a stand-in for Streamlit."""
    rest = [Route("/words", words), Route("/{path:path}", index)]
    app = Starlette(routes=[*server.routes, *rest], middleware=server.middleware)
    with TestClient(app) as client:
        yield client


def ticket(office: Office) -> str:
    """What the sign-in form hands to the browser."""
    return door.sign_in(office.uow(door.GATE), "li", PASSWORD)


POSTS = [
    route.path.replace("{source:str}", "browser")
    for route in server.routes
    if "POST" in (route.methods or ()) and not is_public(route.path)
]
"""Pages for everybody answer with pages, not with JSON: tests/core/public."""
OPEN = [path for path in POSTS if "staff" not in path]
"""Those that read what comes before they ask who sends it."""


def test_every_route_is_known() -> None:
    known = {(r.path, method) for r in server.routes for method in (r.methods or ()) if method != "HEAD"}
    assert known == {
        ("/api/session", "POST"),
        ("/api/session/end", "POST"),
        ("/api/language", "POST"),
        ("/api/health", "GET"),
        ("/api/held/{id:int}", "GET"),
        ("/api/files/{id:int}", "GET"),
        ("/api/labels/house/{id:int}.{form}", "GET"),
        ("/api/labels/run/{id:int}/{number:int}.pdf", "GET"),
        ("/api/labels/run/{id:int}.zip", "GET"),
        ("/code/{version}/{path:path}", "GET"),
        ("/tiles/base/{z:int}/{x:int}/{y:int}.pbf", "GET"),
        ("/tiles/raster/{source:int}/{z:int}/{x:int}/{y:int}", "GET"),
        ("/tiles/{layer:str}/{z:int}/{x:int}/{y:int}.pbf", "GET"),
        ("/api/map/bases", "GET"),
        ("/api/map/layers", "GET"),
        ("/api/map/numbers/{layer:str}", "GET"),
        ("/api/map/card/{layer:str}/{id:int}", "GET"),
        ("/api/map/find", "GET"),
        ("/api/map/inside", "GET"),
        ("/api/map/near", "GET"),
        ("/api/map/choice", "GET"),
        ("/api/map/choice", "POST"),
        ("/api/map/views", "GET"),
        ("/api/map/live", "GET"),
        ("/api/map/track/{shift:int}", "GET"),
        ("/api/staff/positions/{source:str}", "POST"),
        ("/api/visits", "POST"),
        ("/public/code/{challenge}", "GET"),
        ("/h/{token}", "GET"),
        ("/h/{token}/{who}", "GET"),
        ("/h/{token}/{who}/{what}", "GET"),
        ("/h/{token}/{who}/{what}", "POST"),
        ("/r", "GET"),
        ("/r", "POST"),
        ("/r/{code}", "GET"),
        ("/r/{code}/withdraw", "POST"),
        ("/r/{code}/correct", "GET"),
        ("/r/{code}/correct", "POST"),
        ("/papers/slip", "GET"),
        ("/papers/answer/{id:int}", "GET"),
        ("/h/{token}/mine", "GET"),
        ("/h/{token}/mine", "POST"),
        ("/h/{token}/mine/code", "GET"),
        ("/h/{token}/mine/code", "POST"),
        ("/mine", "GET"),
        ("/mine", "POST"),
        ("/mine/code", "GET"),
        ("/mine/code", "POST"),
        ("/mine/ask", "GET"),
        ("/mine/ask", "POST"),
        ("/mine/back", "GET"),
        ("/mine/back", "POST"),
        ("/mine/compare", "GET"),
        ("/mine/compare", "POST"),
        ("/mine/consent", "GET"),
        ("/mine/consent", "POST"),
        ("/mine/leave", "GET"),
        ("/mine/leave", "POST"),
        ("/ogc", "GET"),
        ("/ogc/", "GET"),
        ("/ogc/api", "GET"),
        ("/ogc/conformance", "GET"),
        ("/ogc/collections", "GET"),
        ("/ogc/collections/{layer}", "GET"),
        ("/ogc/collections/{layer}/file", "GET"),
        ("/ogc/collections/{layer}/items", "GET"),
        ("/ogc/collections/{layer}/items/{number}", "GET"),
    }


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver:81"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_no_other_site_posts_here(
    browser: TestClient, office: Office, hire: Hire, path: str, headers: dict[str, str]
) -> None:
    hire("li")
    body = {"ticket": ticket(office), "language": "en"}
    browser.cookies.set(cookies.NAME, cookies.write("token"))
    answer = browser.post(path, json=body, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["message"]
    assert "set-cookie" not in answer.headers
    assert "signed in" not in [line.outcome for line in log(office)]


@pytest.mark.parametrize("headers", [HERE, {"sec-fetch-site": "same-origin"}])
def test_our_own_page_does(browser: TestClient, headers: dict[str, str]) -> None:
    assert browser.post("/api/language", json={"language": "en"}, headers=headers).status_code == 200


@pytest.mark.parametrize("path", POSTS)
def test_a_get_changes_nothing(browser: TestClient, office: Office, path: str) -> None:
    browser.cookies.set(cookies.NAME, cookies.write("token"))
    assert "set-cookie" not in browser.get(f"{path}?language=en", headers=HERE).headers
    assert log(office) == []


@pytest.mark.parametrize("raw", [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"ticket": "' + b"x" * 5000 + b'"}'])
@pytest.mark.parametrize("path", OPEN)
def test_what_cannot_be_read_is_answered_with_a_sentence(browser: TestClient, path: str, raw: bytes) -> None:
    answer = browser.post(path, content=raw, headers=HERE)
    assert answer.status_code == 422
    assert answer.json()["message"]


@pytest.mark.parametrize(
    "body", [{}, {"ticket": ""}, {"ticket": "guess"}, {"ticket": None}, {"ticket": ["x"]}]
)
def test_without_a_good_ticket_there_is_no_cookie(
    browser: TestClient, office: Office, body: dict[str, object]
) -> None:
    answer = browser.post("/api/session", json=body, headers=HERE)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert told(office, "session.start") == [("gate", "refused", "")]


def test_a_ticket_becomes_a_cookie_that_scripts_cannot_read(
    browser: TestClient, office: Office, hire: Hire
) -> None:
    hire("li")
    one = ticket(office)
    answer = browser.post("/api/session", json={"ticket": one}, headers=HERE)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    ours = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(cookies.NAME)).lower()
    assert {"httponly", "samesite=lax", "path=/", "max-age=43200"} <= set(ours.split("; "))
    assert "secure" not in ours
    token = cookies.read(browser.cookies[cookies.NAME])
    actor = door.actor_of(office.uow(door.GATE), token)
    assert actor is not None
    assert actor.login == "li"
    assert browser.post("/api/session", json={"ticket": one}, headers=HERE).status_code == 403


def test_signing_out_ends_the_session_and_takes_the_cookies_back(
    browser: TestClient, office: Office, hire: Hire
) -> None:
    hire("li")
    browser.post("/api/session", json={"ticket": ticket(office)}, headers=HERE)
    browser.cookies.set("_streamlit_user", "x")
    token = cookies.read(browser.cookies[cookies.NAME])
    answer = browser.post("/api/session/end", headers=HERE)
    assert answer.status_code == 200
    gone = [c for c in answer.headers.get_list("set-cookie") if "max-age=0" in c.lower()]
    assert {c.partition("=")[0] for c in gone} == {cookies.NAME, "_streamlit_user"}
    assert door.actor_of(office.uow(door.GATE), token) is None


@pytest.mark.parametrize("cookie", ["", "forged", "ImEi.forged"])
def test_signing_out_without_a_session_is_no_trouble(
    browser: TestClient, office: Office, cookie: str
) -> None:
    browser.cookies.set(cookies.NAME, cookie)
    assert browser.post("/api/session/end", headers=HERE).status_code == 200
    assert told(office, "session.end") == []


def test_behind_https_the_cookie_is_for_https_only(office: Office, hire: Hire, browser: TestClient) -> None:
    hire("li")
    for headers in ({"origin": "https://testserver"}, {"sec-fetch-site": "same-origin"}):
        browser.base_url = "http://testserver" if "origin" in headers else "https://testserver"
        answer = browser.post("/api/session", json={"ticket": ticket(office)}, headers=headers)
        assert all("secure" in c.lower() for c in answer.headers.get_list("set-cookie"))


def test_a_language_we_do_not_speak_is_refused(browser: TestClient) -> None:
    answer = browser.post("/api/language", json={"language": "de"}, headers=HERE)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_health_says_nothing_but_whether_it_works(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = browser.get("/api/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    monkeypatch.setattr(api, "_answers", lambda: 1 / 0)
    answer = browser.get("/api/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


PAGE = {"accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize(
    "path", ["/", "/words", "/api/health", "/api/session", "/app/static/x.js", "/house?id=1"]
)
def test_every_answer_carries_the_security_headers(browser: TestClient, path: str) -> None:
    given = browser.get(path, headers=PAGE).headers
    assert "default-src 'self'" in given["content-security-policy"]
    assert given["x-content-type-options"] == "nosniff"
    assert given["x-frame-options"] == "SAMEORIGIN"
    assert given["referrer-policy"] == "same-origin"
    assert given["permissions-policy"] == "camera=(self), microphone=(self), geolocation=(self)"
    assert "strict-transport-security" not in given


def test_https_is_kept_once_it_was_used(browser: TestClient) -> None:
    browser.base_url = "https://testserver"
    assert browser.get("/words").headers["strict-transport-security"] == "max-age=31536000"


def test_the_policy_lets_nothing_in_from_outside() -> None:
    assert not re.search(r"https?:|\*|unsafe-eval'(?<!wasm-unsafe-eval')", answers.csp())
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", answers.csp())) == 1


def test_the_first_page_is_ours_in_chinese(browser: TestClient) -> None:
    answer = browser.get("/house?id=1", headers={**PAGE, "accept-encoding": "gzip", "if-none-match": '"1"'})
    assert '<html lang="zh-CN">' in answer.text
    assert "<title>邻格 LinGrid</title>" in answer.text
    assert f'<script src="{address("zh.js")}"></script>' in answer.text
    assert "<script>window.prerenderReady = false</script>" in answer.text
    assert "Streamlit" not in answer.text
    assert "JavaScript。" in answer.text
    assert answer.headers["x-encoding"] == "none"
    assert "etag" not in answer.headers
    assert answer.headers["vary"] == "Cookie"
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_first_page_in_english_has_no_chinese_script(browser: TestClient) -> None:
    browser.cookies.set(cookies.LANGUAGE, "en")
    answer = browser.get("/", headers=PAGE)
    assert '<html lang="en">' in answer.text
    assert "zh.js" not in answer.text


def test_the_chosen_language_is_the_one_of_the_next_page(browser: TestClient) -> None:
    browser.post("/api/language", json={"language": "en"}, headers=HERE)
    assert '<html lang="en">' in browser.get("/", headers=PAGE).text


def test_what_is_not_a_page_passes_as_it_is(browser: TestClient) -> None:
    answer = browser.get("/words", headers={**PAGE, "accept-encoding": "gzip"})
    assert answer.text == "words"
    assert "Streamlit" in browser.get("/", headers={"accept": "*/*"}).text


def test_streamlits_own_first_page_still_has_what_we_change() -> None:
    import streamlit

    path = streamlit.__path__[0] + "/static/index.html"
    with open(path, encoding="utf-8") as file:
        page = answers.front_page(file.read(), "zh_CN")
    assert (
        page.count('<html lang="zh-CN">')
        == page.count(address("zh.js"))
        == page.count(address("icon.svg"))
        == 1
    )
    assert page.count("<title>邻格 LinGrid</title>") == 1
    assert "enable JavaScript" not in page
    assert "service-desc" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_without_a_provider_there_are_no_secrets(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "settings", lambda: office.settings)
    assert server.secrets() == {}


def test_a_provider_is_told_where_to_come_back_to(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = office.settings.model_copy(
        update={
            "oidc_client_id": "lingrid",
            "oidc_metadata_url": "https://id.example/.well-known/openid-configuration",
            "public_url": "https://office.example/",
        }
    )
    monkeypatch.setattr(server, "settings", lambda: chosen)
    auth = server.secrets()["auth"]
    assert auth["redirect_uri"] == "https://office.example/oauth2callback"
    assert auth["client_id"] == "lingrid"
    assert len(auth["cookie_secret"]) == 64


def test_the_server_opens_warms_and_holds_its_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr(server.gc, "freeze", lambda: steps.append("frozen"))
    with TestClient(Starlette(routes=server.routes, lifespan=server.lifespan)) as client:
        assert steps == ["frozen"]
        assert client.get("/api/health").json() == {"ok": True}
        assert is_held(office.settings)
    assert not is_held(office.settings)
