"""Utterances, copies, propositions and contradictions: lists, their shapes, and the pages they lead to."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from selon.engines.comparing import compared
from selon.exports.columns import WITNESS_COLUMNS
from selon.exports.differing import differing
from selon.store import Ledger
from selon.store.copies import COPIED, copies_listed
from selon.store.positions import contradictions_listed, positions_listed
from selon.store.utterances import Wanted, utterances_listed
from selon.web.lists import SIZE
from selon.web.marking import marked
from selon.web.words import words

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
LISTS = {
    "/utterances": r'<h2><a href="/utterances/(\w+)"',
    "/copies": r'<a class="badge kind [\w-]+" href="/copies/(\w+)"',
    "/propositions": r'<h2><a href="/propositions/([^"?]+)"',
    "/contradictions": r'<li class="contradiction" id="(\w+)"',
}
FILTERS = {
    "/utterances": ("about", "speaker", "since", "until", "language", "witnesses", "repeated", "sort", "languages"),
    "/copies": ("kind", "outlet", "article", "first", "score", "since", "until", "sort"),
    "/propositions": ("about", "origin", "sort"),
    "/contradictions": ("kind", "proposition", "speaker", "least"),
    "/propositions/ligne": ("speaker", "since", "until", "least", "by"),
}
ODD = ['"*', "NEAR(", "' OR 1=1 --", "%", "\x00", "ＡＢ", "é" * 200, "(" * 50, "$about", "nan", "-1", "9" * 30, "[]"]


@pytest.fixture(scope="module")
def ledger(coded):
    with Ledger.open(coded) as ledger:
        yield ledger


def key_of(row):
    return row.get("id") or row["proposition"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_shows_the_same_in_its_three_shapes(coded_client, path):
    rows = coded_client.get(f"{path}.json").json()
    table = list(csv.DictReader(io.StringIO(coded_client.get(f"{path}.csv").text)))
    page = coded_client.get(path).text
    assert rows
    assert [key_of(row) for row in rows] == [key_of(row) for row in table]
    shown = [html.unescape(key) for key in re.findall(LISTS[path], page)]
    assert shown == [quote(key_of(row)) for row in rows][:SIZE]


def test_utterances_are_those_of_the_command_line(coded_client, ledger):
    rows = coded_client.get("/utterances.json").json()
    listed = utterances_listed(ledger, Wanted())
    assert [row["id"] for row in rows] == [row["id"] for row in listed]
    assert [row["first_outlet"] for row in rows] == [row["first_outlet"] for row in listed]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("witnesses=4", lambda row: row["witnesses"] >= 4),
        ("witnesses=1&repeated=true", lambda row: row["repeated"] is not None),
        ("language=en", lambda row: "en" in row["languages"]),
        ("languages=2", lambda row: len(row["languages"]) > 1),
        ("since=2024-08-20", lambda row: str(row["last_published"] or "") >= "2024-08-20"),
        ("until=2024-02-06", lambda row: "" < str(row["first_published"] or "") <= "2024-02-06"),
        ("speaker=casalonga", lambda row: "Casalonga" in (row["speaker"] or "")),
    ],
)
def test_filters_keep_what_fits_and_nothing_else(coded_client, ledger, query, fits):
    least = 1 if "witnesses=1" in query else 2
    listed = ledger.sql(f"SELECT * FROM utterances WHERE witnesses >= {least}")
    rows = [dict(zip(listed.columns, row, strict=True)) for row in listed.fetchall()]
    expected = {row["id"] for row in rows if fits(row)}
    assert expected and {row["id"] for row in coded_client.get(f"/utterances.json?{query}").json()} == expected


def test_words_are_looked_for_in_every_wording(coded_client, ledger):
    found = {row["id"] for row in coded_client.get("/utterances.json?about=telemetrie").json()}
    witnesses = ledger.sql(
        "SELECT utterance FROM witnesses AS w JOIN statements AS s ON s.id = w.statement WHERE "
        "contains(folded(s.content), ' telemetrie')"
    )
    many = {row[0] for row in ledger.sql("SELECT id FROM utterances WHERE witnesses >= 2").fetchall()}
    assert found and found == {row[0] for row in witnesses.fetchall()} & many


def test_an_utterance_marks_what_compare_finds(coded_client, ledger):
    for row in utterances_listed(ledger, Wanted(least=3)):
        page = coded_client.get(f"/utterances/{row['id']}").text
        found = compared(ledger, row["id"])
        rows = [{name: told[name] for name in WITNESS_COLUMNS} for told in found.rows()]
        assert coded_client.get(f"/utterances/{row['id']}.json").json() == json.loads(json.dumps(rows, default=str))
        for witness, told in zip(found.witnesses[1:], found.differences[1:], strict=True):
            places = [*((a, b, "added") for a, b in told.added), *((a, b, "changed") for _, (a, b) in told.changed)]
            assert str(marked(witness["content"], places)) in page
            assert not told.marks or f'class="badge">{words()["en"].t(f"utterance.marks_{told.marks}")}' in page


def test_an_utterance_is_found_by_any_of_its_statements(coded_client, ledger):
    row = utterances_listed(ledger, Wanted())[0]
    answer = coded_client.get(f"/utterances/{row['first_statement']}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/utterances/{row['id']}")


def test_what_was_said_again_is_shown(coded_client, ledger):
    key, family = ledger.sql("SELECT id, repeated FROM utterances WHERE repeated IS NOT NULL ORDER BY id").fetchall()[0]
    others = ledger.sql(
        "SELECT id FROM utterances WHERE repeated = $f AND id <> $k", {"f": family, "k": key}
    ).fetchall()
    page = coded_client.get(f"/utterances/{key}").text
    assert others and all(f'href="/utterances/{other}"' in page for (other,) in others)


def test_copies_are_those_of_the_command_line(coded_client, ledger):
    assert {row["id"] for row in coded_client.get("/copies.json").json()} == {
        row["id"] for row in copies_listed(ledger, COPIED)
    }
    kinds = {row["kind"] for row in coded_client.get("/copies.json?kind=all").json()}
    assert "incidental" in kinds
    for kind in kinds:
        assert {row["kind"] for row in coded_client.get("/copies.json", params={"kind": kind}).json()} == {kind}


def test_a_pair_shows_every_passage_and_what_differs(coded_client, ledger):
    for row in copies_listed(ledger, COPIED):
        page = coded_client.get(f"/copies/{row['id']}").text
        derived, origin = ledger.article(row["derived"]), ledger.article(row["origin"])
        assert page.count('<li class="two">') == len(row["passages"])
        for each in row["passages"]:
            here = derived.text[each["derived"]["start"] : each["derived"]["end"]]
            there = origin.text[each["origin"]["start"] : each["origin"]["end"]]
            added = differing(here, there)[0] if derived.language == origin.language else []
            assert str(marked(here, [(start, end, "added") for start, end in added])) in page


def test_the_graph_draws_each_pair_once_and_leads_to_it(coded_client):
    rows = coded_client.get("/copies.json").json()
    page = coded_client.get("/copies").text
    svg = page.split('<svg class="copy-graph"', 1)[1].split("</svg>", 1)[0]
    assert sorted(re.findall(r'href="/copies/(\w+)"', svg)) == sorted(row["id"] for row in rows)
    assert set(re.findall(r'href="/articles/(\w+)"', svg)) == {
        row[side] for row in rows for side in ("derived", "origin")
    }


def test_both_sides_of_a_proposition(coded_client, ledger):
    for row in coded_client.get("/propositions.json").json():
        page = coded_client.get(f"/propositions/{quote(row['proposition'])}").text
        listed = positions_listed(ledger, 0.5, row["proposition"])
        for side, sign in (("for", 1), ("against", -1)):
            column = page.split(f'<section class="column {side}"', 1)[1].split("</section>", 1)[0]
            expected = {each["statement"] for each in listed if each["agreement"] == sign}
            assert set(re.findall(r'href="/articles/\w+#(\w+)"', column)) == expected
        rows = coded_client.get("/positions.json", params={"proposition": row["proposition"]}).json()
        assert {(each["statement"], each["agreement"]) for each in rows} == {
            (each["statement"], each["agreement"]) for each in listed
        }


def test_what_a_person_decided_is_told_apart(coded_client):
    page = coded_client.get("/propositions/coll%C3%A8ge/ferm%C3%A9?by=person").text
    assert page.count('class="by-hand"') == 1 and "412" in page
    assert 'class="by-hand"' not in coded_client.get("/propositions/coll%C3%A8ge/ferm%C3%A9?by=machine").text


def test_contradictions_are_those_of_the_command_line(coded_client, ledger):
    rows = coded_client.get("/contradictions.json").json()
    assert [row["id"] for row in rows] == [row["id"] for row in contradictions_listed(ledger, 0.25)]
    for row in rows:
        named = coded_client.get("/contradictions.json", params={"speaker": row["first_speaker"] or "x"}).json()
        assert not row["first_speaker"] or row["id"] in {each["id"] for each in named}


@pytest.mark.parametrize("asked", ODD)
@pytest.mark.parametrize(("path", "name"), [(path, name) for path, names in FILTERS.items() for name in names])
def test_odd_filters_are_no_errors_of_ours(coded_client, path, name, asked):
    assert coded_client.get(path, params={name: asked}).status_code in (200, 400, 422)


@pytest.mark.parametrize("path", ["/utterances/", "/copies/", "/propositions/"])
@pytest.mark.parametrize("key", ["none", "%00", "..%2f..%2fetc", "%22%3E", "a" * 300, "%F0%9F%98%80", "'--"])
def test_odd_ids_are_not_there(coded_client, path, key):
    assert coded_client.get(path + key).status_code == 404


@pytest.mark.parametrize("path", ["/utterances.xml", "/utterances/none.json", "/positions.json", "/copies.json?page=0"])
def test_odd_shapes_are_wrong(coded_client, path):
    assert coded_client.get(path).status_code in (404, 422)


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


PAGES = ("/utterances", "/utterances/u1", "/copies", "/copies/c1", "/propositions", "/contradictions")


@pytest.mark.parametrize("path", [*PAGES, f"/propositions/{quote(SCRIPT)}"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_from_articles_stay_words(hostile_links_client, path, language):
    answer = hostile_links_client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200 and "alert(1)" in answer.text
    for tag, attributes in Tags(answer.text).found:
        assert tag != "img"
        assert tag != "script" or attributes["src"].startswith("/static/")
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        for name in ("href", "src", "action"):
            assert not (attributes.get(name) or "").lower().startswith(("javascript:", "data:")), attributes
    assert "\x00" not in answer.text and "\x1b" not in answer.text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_key_is_missing_on_any_page(coded_client, ledger, language):
    utterances = [f"/utterances/{row['id']}" for row in utterances_listed(ledger, Wanted(least=1))]
    pairs = [f"/copies/{row['id']}" for row in coded_client.get("/copies.json?kind=all").json()]
    claims = [f"/propositions/{quote(row['proposition'])}" for row in coded_client.get("/propositions.json").json()]
    for path in (*LISTS, "/copies?kind=all", "/propositions?origin=suggested", *utterances[:30], *pairs, *claims):
        answer = coded_client.get(path, headers={"accept-language": language})
        assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text


def test_the_same_words_differ_nowhere_and_case_does_not_count():
    assert differing("Le port, lundi", "le « port » lundi.") == ([], [])
    assert differing("", "un mot") == ([], [(0, 6)])


def test_places_marked_twice_or_outside_are_left_out():
    text = "un deux trois"
    assert marked(text, [(0, 2, "added"), (3, 7, "added")]) == '<ins class="added">un deux</ins> trois'
    assert (
        marked(text, [(0, 7, "dropped"), (3, 7, "added"), (9, 99, "added")])
        == '<del class="dropped">un deux</del> trois'
    )
