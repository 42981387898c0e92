"""What the review writes, as forms send it; and the pasted text."""

import re
import shutil

import pytest
from fastapi.testclient import TestClient

from selon.store import Ledger
from selon.web.app import make_app
from selon.web.site import SiteSettings

HERE = "http://127.0.0.1"
OURS = {"origin": HERE}


@pytest.fixture
def folder(tmp_path, demo):
    shutil.copytree(demo, tmp_path / "ledger")
    return tmp_path / "ledger"


def browser(folder, **settings):
    headers = {"accept": "text/html", "accept-language": "en"}
    return TestClient(make_app(folder, SiteSettings(**settings)), base_url=HERE, headers=headers)


@pytest.fixture
def ann(folder):
    with browser(folder) as client:
        named(client, "Ann")
        yield client


def token(client):
    return re.search(r'name="selon-token" content="(\w+)"', client.get("/review").text).group(1)


def named(client, name):
    sent = {"token": token(client), "name": name}
    assert client.post("/review/coder", data=sent, headers=OURS, follow_redirects=False).status_code == 303


def post(client, headers=OURS, **fields):
    return client.post("/review", data={"token": token(client), **fields}, headers=headers)


def first(folder):
    with Ledger.open(folder) as ledger:
        return next(each for each in ledger.statements() if each.who and each.quotation.kind == "direct")


def test_nobody_reviews_without_a_name(folder):
    with browser(folder) as client:
        assert "Your name" in client.get("/review").text
        assert post(client, do="accept", statement=first(folder).id).status_code == 400


def test_a_decision_is_kept_and_the_next_statement_comes(ann, folder):
    shown = re.search(r'name="statement" value="(\w+)"', ann.get("/review").text).group(1)
    answer = post(ann, do="accept", statement=shown)
    assert answer.status_code == 200
    assert "Decision 1 kept." in answer.text
    assert f'name="statement" value="{shown}"' not in answer.text
    with Ledger.open(folder) as ledger:
        assert ledger.sql("SELECT id, decided, decided_by FROM statements WHERE decided <> ''").fetchall() == [
            (shown, "accepted", "Ann")
        ]
    answer = post(ann, do="undo")
    assert "Decision 1 taken back." in answer.text
    assert f'name="statement" value="{shown}"' in answer.text


def test_what_is_set_right_shows_to_another_browser_at_its_next_click(ann, folder):
    statement = first(folder)
    with browser(folder) as other:
        address = f"/statements/{statement.id}"
        assert "Zoé Essai" not in other.get(address).text
        words = {part: getattr(statement, part) for part in ("content", "cue", "source")}
        answer = post(
            ann, do="correct", statement=statement.id, kind="mixed", form="clause", speaker="Zoé Essai", **words
        )
        assert answer.status_code == 200
        assert "Zoé Essai" in other.get(address).text
        start = statement.quotation.content[0].start
        spans = f"content:{start}-{start + 5}"
        changed = {**words, "kind": "mixed", "speaker": "Zoé Essai", "spans": spans}
        assert post(ann, do="correct", statement=statement.id, **changed).status_code == 200
        assert post(ann, do="reject", statement=statement.id).status_code == 200
        assert other.get(address).status_code == 404
    with Ledger.open(folder) as ledger:
        log = ledger.decisions()
        assert [each.value["do"] for each in log] == ["correct", "correct", "reject"]
        assert log[1].value["after"]["content"] == statement.content[:5]


def test_wrong_fields_are_refused_in_words(ann, folder):
    key = first(folder).id
    words = {part: getattr(first(folder), part) for part in ("content", "cue", "source")}
    speaker = first(folder).speaker
    for wrong in (
        {"do": "dance", "statement": key},
        {"do": "correct", "statement": key, **words, "speaker": speaker, "content": "nowhere at all in that article"},
        {"do": "correct", "statement": key, **words, "speaker": speaker, "spans": "content:9-x"},
        {"do": "position", "statement": key, "proposition": "none such", "agreement": "+"},
        {"do": "undo"},
    ):
        assert post(ann, **wrong).status_code in (400, 404), wrong
    assert post(ann, do="accept", statement="s0000").status_code == 404


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {}])
def test_another_site_s_page_cannot_decide(ann, folder, headers):
    assert post(ann, headers=headers, do="accept", statement=first(folder).id).status_code == 403
    with Ledger.open(folder) as ledger:
        assert ledger.decisions() == []


def test_no_token_no_decision_and_none_where_read_only(ann, folder):
    sent = {"do": "accept", "statement": first(folder).id}
    assert ann.post("/review", data=sent, headers=OURS).status_code == 403
    with browser(folder, read_only=True) as reader:
        assert post(reader, **sent).status_code == 403
        assert reader.post("/paste", data={"token": token(reader), "text": "x"}, headers=OURS).status_code == 403


def test_a_pasted_text_is_read_compared_and_not_kept(ann, folder):
    with Ledger.open(folder) as ledger:
        before = ledger.counts()
        known = first(folder)
        text = ledger.article(known.quotation.article).text
    sent = {"token": token(ann), "text": text + "\n\n« <b>Nouveau</b> pour vous », a déclaré Zoé Inconnue."}
    answer = ann.post("/paste", data=sent, headers=OURS)
    assert answer.status_code == 200
    assert "Reported in the ledger too" in answer.text
    assert "This speaker is not in the ledger." in answer.text
    assert "<b>Nouveau" not in answer.text
    assert "This is no article" in ann.post("/paste", data={"token": token(ann), "text": " "}, headers=OURS).text
    with Ledger.open(folder) as ledger:
        assert ledger.counts() == before


def test_a_statement_leads_to_its_review_unless_nobody_may_write(ann, folder):
    key = first(folder).id
    link = f'href="/review?statement={key}"'
    assert link in ann.get(f"/statements/{key}").text
    assert key in ann.get(f"/review?statement={key}").text
    with browser(folder, read_only=True) as reader:
        assert link not in reader.get(f"/statements/{key}").text
        assert 'href="/review"' not in reader.get("/").text
