"""A statement that the machine missed is added from its article, and when something was said is set right."""

import json
import re
import shutil
import sys

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from selon import cli
from selon.errors import UsageError
from selon.store import Ledger
from selon.web.app import make_app
from selon.web.marked import day_of, selected
from selon.web.site import SiteSettings

HERE = "http://127.0.0.1"
READS = {"accept": "text/html", "accept-language": "en"}


@pytest.fixture
def folder(tmp_path, demo):
    return shutil.copytree(demo, tmp_path / "ledger")


@pytest.fixture
def ann(folder):
    with TestClient(make_app(folder), base_url=HERE, headers=READS) as client:
        post(client, "/review/coder", name="Ann")
        yield client


def post(client, path, **fields):
    token = re.search(r'name="selon-token" content="(\w+)"', client.get("/review").text).group(1)
    return client.post(path, data={"token": token, **fields}, headers={"origin": HERE}, follow_redirects=False)


def article(folder):
    with Ledger.open(folder) as ledger:
        return ledger.article(ledger.statements()[0].quotation.article)


def missed(folder):
    """An article, and words of it that no statement has as its content."""
    found = article(folder)
    with Ledger.open(folder) as ledger:
        taken = [each.span for each in ledger.analysis(found.id).statements]
    for match in re.finditer(r"\w+ \w+ \w+ \w+", found.text):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            return found, match
    raise AssertionError("all is said")


def test_a_missed_statement_is_added_shown_kept_exported_and_taken_back(ann, folder, monkeypatch):
    page, match = missed(folder)
    words = match.group()
    form = ann.get("/review/add", params={"article": page.id, "words": words, "near": match.start()}).text
    assert words in form and f'data-content="{match.start()}-{match.end()}"' in form
    fields = {
        "article": page.id,
        "content": words,
        "near": match.start(),
        "speaker": "Jeanne Morel",
        "kind": "indirect",
    }
    answer = post(ann, "/review/add", **fields, said_on="2024-06", spans=f"content:{match.start()}-{match.end()}")
    assert answer.status_code == 303
    key = answer.headers["location"].partition("#")[2]
    row = next(row for row in ann.get("/statements.json?decided=person").json() if row["id"] == key)
    assert (row["content"], row["speaker"], row["kind"]) == (words, "Jeanne Morel", "indirect")
    assert (row["said_on_first"], row["said_on_last"]) == ("2024-06-01", "2024-06-30")
    assert f'data-key="{key}"' in ann.get(f"/articles/{page.id}").text
    assert "Jeanne Morel" in ann.get(f"/statements/{key}").text
    assert post(ann, "/review/add", **fields).status_code == 400
    out = folder.parent / "training.jsonl"
    monkeypatch.setattr(sys, "argv", ["selon", "export", str(folder), "--to", "training", "-o", str(out)])
    with pytest.raises(SystemExit):
        cli.main()
    (record,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    (added,) = [each for each in record["quotations"] if "optional" not in each]
    assert added["content"] == [[match.start(), match.end()]]
    answer = post(ann, "/review", do="undo", article=page.id)
    assert "statement=" not in answer.headers["location"]
    assert ann.get(f"/statements/{key}").status_code == 404


def test_when_it_was_said_is_set_right(ann, folder):
    with Ledger.open(folder) as ledger:
        statement = ledger.statements()[0]
    form = {"kind": statement.quotation.kind, "speaker": statement.speaker or ""}
    form |= {part: getattr(statement, part) for part in ("content", "cue", "source")}
    asked = {"do": "correct", "statement": statement.id, **form}
    assert post(ann, "/review", **asked, said_on="2023-11-05").status_code == 303
    row = next(row for row in ann.get("/statements.json?decided=person").json())
    assert (row["said_on_first"], row["said_on_precision"]) == ("2023-11-05", "day")
    assert 'name="said_on" value="2023-11-05"' in ann.get(f"/review?statement={statement.id}").text
    asked["said_before"] = "2023-11-05"
    assert post(ann, "/review", **asked, said_on="2023-11-05").status_code == 400
    assert post(ann, "/review", **asked, said_on="soon").status_code == 400
    assert post(ann, "/review", **asked).status_code == 303
    row = next(row for row in ann.get("/statements.json?decided=person").json())
    assert (row["said_on_first"], row["said_on_precision"]) == (None, "unknown")


def test_nobody_adds_without_a_name_or_to_what_is_only_to_be_read(folder):
    page, match = missed(folder)
    with TestClient(make_app(folder), base_url=HERE, headers=READS) as client:
        assert "Give yours first" in client.get(f"/review/add?article={page.id}").text
        assert post(client, "/review/add", article=page.id, content=match.group()).status_code == 400
    with TestClient(make_app(folder, SiteSettings(read_only=True)), base_url=HERE, headers=READS) as client:
        assert "Add a statement" not in client.get(f"/articles/{page.id}").text
        assert post(client, "/review/add", article=page.id, content=match.group()).status_code == 403


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-02", "2024-02"),
        ("2024", "2024"),
        ("2024-2-9", "2024-02-09"),
        ("", "unknown"),
        ("2024-01-02/2024-03-04", "2024-01-02/2024-03-04"),
    ],
)
def test_days_are_read_with_what_is_known_of_them(text, told):
    assert str(day_of(text)) == told


@pytest.mark.parametrize("text", ["2024-13", "2024-02-30", "hier", "24", "2024-01-01/x"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(UsageError):
        day_of(text)


@given(st.text("ab \n", min_size=1, max_size=40), st.data())
def test_selected_words_are_found_where_they_stand(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    found = selected(re.sub(r"\s+", "  ", words), text, start)
    if words.strip():
        assert found.of(text).split() == words.split()
        assert found.start <= start + len(words) - len(words.lstrip())
    else:
        assert found is None
