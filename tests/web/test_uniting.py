"""Two actors that a person makes one are one at everybody's next click, long before the links are made anew."""

import re
import shutil

import pytest
from fastapi.testclient import TestClient

from selon.engines.linking import link
from selon.store import Ledger
from selon.web.app import make_app
from selon.web.relinking import Relinking

HERE = "http://127.0.0.1"
READS = {"accept": "text/html", "accept-language": "en"}
PAIR = ("Quéméneur", "Coulibaly")
ONE, OTHER = "Bakary Coulibaly", "Hélène Quéméneur"


@pytest.fixture
def folder(demo, tmp_path, monkeypatch):
    """Nothing is worked out anew in the background, so that what shows is what shows at once."""
    monkeypatch.setattr(Relinking, "wake", lambda _: None)
    return shutil.copytree(demo, tmp_path / "ledger")


@pytest.fixture
def ann(folder):
    with TestClient(
        make_app(folder), base_url=HERE, headers={"accept": "text/html", "accept-language": "en"}
    ) as client:
        sent = {"token": token(client), "name": "Ann"}
        client.post("/review/coder", data=sent, headers={"origin": HERE})
        yield client


@pytest.fixture
def ben(folder):
    with TestClient(
        make_app(folder), base_url=HERE, headers={"accept": "text/html", "accept-language": "en"}
    ) as client:
        yield client


def token(client):
    return re.search(r'name="selon-token" content="(\w+)"', client.get("/review").text).group(1)


def post(client, **fields):
    sent = {"token": token(client), **fields}
    answer = client.post("/review", data=sent, headers={"origin": HERE}, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def people(client):
    return {row["name"]: row for row in client.get("/people.json").json()}


def state(client):
    """All that the pages tell of the two."""
    found = people(client)
    statements = {row["id"]: row["actor"] for row in client.get("/statements.json").json()}
    counts = {
        name: len(client.get("/statements.json", params={"speaker": name}).json())
        for name in ("Quéméneur", "Coulibaly")
    }
    network = client.get("/network.json?view=together&most=100").json()
    utterances = [len(client.get(f"/utterances.json?speaker={name}").json()) for name in PAIR]
    labels = {node["label"] for node in network["nodes"]} & {ONE, OTHER}
    told = {name: (row["id"], row["statements"], row["articles"]) for name, row in found.items()}
    return told, statements, counts, labels, utterances


def test_a_merge_shows_to_another_at_the_next_request_and_is_taken_back(ann, ben, folder):
    before = state(ben)
    had = {name: people(ben)[name] for name in (ONE, OTHER)}
    some = ben.get(f"/people/{had[OTHER]['id']}").text
    key = re.search(r"/statements/(s\w+)|#(s\w+)", some)
    post(ann, do="merge", statement=next(filter(None, key.groups())), speaker=ONE, other=OTHER)
    told, statements, counts, labels, utterances = state(ben)
    assert OTHER not in told and labels == {ONE}
    assert told[ONE][:2] == (had[ONE]["id"], had[ONE]["statements"] + had[OTHER]["statements"])
    assert counts["Quéméneur"] == before[2]["Quéméneur"] + had[ONE]["statements"]
    assert counts["Coulibaly"] == before[2]["Coulibaly"] + had[OTHER]["statements"]
    assert had[OTHER]["id"] not in statements.values()
    assert all(now > then for now, then in zip(utterances, before[4], strict=True))
    page = ben.get(f"/people/{told[ONE][0]}").text
    assert "decision 1" in page and "rectrice" in page and "divers gauche" in page
    assert ben.get(f"/people/{had[OTHER]['id']}").status_code == 404
    post(ann, do="undo")
    assert state(ben) == before


def test_what_the_links_say_later_is_the_same_and_can_be_taken_back_too(ann, ben, folder):
    before = state(ben)
    key = next(iter(before[1]))
    post(ann, do="merge", statement=key, speaker=OTHER, other=ONE)
    at_once = state(ben)
    with Ledger.open(folder) as ledger:
        assert "actors" in link(ledger)
    assert state(ben) == at_once
    post(ann, do="undo")
    assert state(ben) == before
    found = people(ben)[OTHER]
    assert "rectrice" in str(found) and "divers gauche" not in str(found)
    with Ledger.open(folder) as ledger:
        assert "actors" in link(ledger)
    assert state(ben) == before


def test_three_are_one_and_one_of_the_pairs_is_taken_back(ann, ben, folder):
    third = "Sosthène Agbodjan"
    before = people(ben)
    for other in (OTHER, third):
        post(ann, do="merge", statement=next(iter(state(ben)[1])), speaker=ONE, other=other)
    assert people(ben)[ONE]["statements"] == sum(before[name]["statements"] for name in (ONE, OTHER, third))
    post(ann, do="undo")
    after = people(ben)
    assert after[third] == before[third]
    assert after[ONE]["statements"] == before[ONE]["statements"] + before[OTHER]["statements"]
