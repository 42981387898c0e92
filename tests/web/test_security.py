"""Who may ask, what bears which headers, and that an article's words stay words."""

import base64
import re
from html.parser import HTMLParser

import pytest
from fastapi import Depends
from fastapi.testclient import TestClient

from selon.web.app import make_app
from selon.web.security import HEADERS, LONGEST_BODY, TOKEN, writes
from selon.web.site import SESSION, SiteSettings

HERE = "http://127.0.0.1"
PAGES = ("/", "/articles", "/articles/hostile", "/statements/s1")


def site(folder, **settings):
    app = make_app(folder, SiteSettings(**settings))
    app.add_api_route("/write", lambda: {"written": True}, methods=["POST"], dependencies=[Depends(writes)])

    def broken():
        raise RuntimeError("a secret")

    app.add_api_route("/broken", broken)
    return TestClient(app, base_url=HERE, headers={"accept": "text/html"}, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def open_site(demo):
    with site(demo) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/articles", 200),
        ("/articles.json", 200),
        ("/articles.csv", 200),
        ("/static/site.css", 200),
        ("/static/none.css", 404),
        ("/none", 404),
        ("/articles/none", 404),
        ("/articles?page=0", 422),
        ("/broken", 500),
        ("/openapi.json", 200),
    ],
)
def test_every_answer_bears_the_headers(open_site, path, status):
    answer = open_site.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_what_nobody_foresaw_is_told_without_its_details(open_site):
    answer = open_site.get("/broken")
    assert "a secret" not in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a b", "[::1"]
)
def test_a_strange_name_is_refused(open_site, host):
    answer = open_site.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:80", "[::1]:8765", "192.168.1.4:80"])
def test_our_own_names_are_let_in(open_site, host):
    assert open_site.get("/", headers={"host": host}).status_code == 200


def test_a_name_can_be_added(demo):
    with site(demo, hosts=("registre.example",)) as client:
        assert client.get("/", headers={"host": "registre.example"}).status_code == 200
        assert client.get("/", headers={"host": "autre.example"}).status_code == 421


def test_the_password_is_asked_for(demo):
    def knowing(user, password):
        return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}

    with site(demo, password="pässe:mot") as client:
        for headers in (
            {},
            knowing("x", "wrong"),
            {"authorization": "Basic !!"},
            {"authorization": "Bearer pässe:mot".encode()},
        ):
            answer = client.get("/static/site.css", headers=headers)
            assert answer.status_code == 401 and "Basic" in answer.headers["www-authenticate"]
        assert client.get("/", headers=knowing("anyone", "pässe:mot")).status_code == 200


def token_of(client):
    return re.search(r'name="selon-token" content="(\w+)"', client.get("/").text)[1]


def test_writing_needs_the_token_and_our_own_page(open_site):
    open_site.cookies.clear()
    own, token = {"origin": HERE}, token_of(open_site)
    assert open_site.post("/write", headers={**own, TOKEN: token}).status_code == 200
    assert open_site.post("/write", headers=own, data={"token": token}).status_code == 200
    blanked = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert open_site.post("/write", headers={**blanked, TOKEN: token}).status_code == 200
    refused = (
        own,
        {**own, TOKEN: token[::-1]},
        {**own, TOKEN: "é"},
        {TOKEN: token},
        {TOKEN: token, "origin": "http://evil.example"},
        {TOKEN: token, "origin": "null"},
        {TOKEN: token, "origin": "null", "sec-fetch-site": "cross-site"},
    )
    for headers in refused:
        headers = {name: value.encode() for name, value in headers.items()}
        assert open_site.post("/write", headers=headers).status_code == 403, headers


def test_a_token_is_good_for_its_session_only(demo):
    with site(demo) as client:
        token = token_of(client)
        client.cookies.set(SESSION, "A" * 43)
        assert client.post("/write", headers={"origin": HERE, TOKEN: token}).status_code == 403


def test_read_only_refuses_every_write(demo):
    with site(demo, read_only=True) as client:
        token = token_of(client)
        answer = client.post("/write", headers={"origin": HERE, TOKEN: token})
        assert answer.status_code == 403
        assert "read-only" in client.get("/").text


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(open_site):
    open_site.cookies.clear()
    told = open_site.get("/").headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=strict" in told


def test_too_much_at_once_is_refused(open_site):
    assert (
        open_site.post("/write", headers={"origin": HERE, "content-length": str(LONGEST_BODY + 1)}).status_code == 413
    )


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"])
def test_no_path_leads_out_of_the_static_files(open_site, path):
    answer = open_site.get(path)
    assert answer.status_code == 404 and "import" not in answer.text


class Page(HTMLParser):
    """What a browser would make of a page: its tags, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", PAGES)
def test_words_from_articles_stay_words(hostile_client, path):
    answer = hostile_client.get(path)
    assert answer.status_code == 200 and "alert(1)" in answer.text
    page = Page(answer.text)
    for tag, attributes in page.tags:
        assert tag != "img"
        assert tag != "script" or attributes["src"].startswith("/static/")
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        for name in ("href", "src", "action"):
            assert not (attributes.get(name) or "").lower().startswith(("javascript:", "data:")), attributes
    assert "\x00" not in answer.text and "\x1b" not in answer.text
    assert "<style" not in answer.text


def test_a_link_out_tells_nobody_where_from(client):
    found = 0
    for row in client.get("/articles.json").json():
        for tag, attributes in Page(client.get(f"/articles/{row['id']}").text).tags:
            if tag == "a" and attributes.get("href", "").startswith("http"):
                found += 1
                assert {"noreferrer", "noopener"} <= set(attributes["rel"].split())
    assert found


def test_no_cell_is_run_by_a_spreadsheet(hostile_client):
    table = hostile_client.get("/articles.csv").text
    assert "'=cmd" in table and ",=cmd" not in table
