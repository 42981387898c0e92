"""What people decide shows at the next click, and is told apart from what the machine found."""

import shutil
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from selon.store import Ledger
from selon.store.reviewing import Signed, accept, reject
from selon.web.app import make_app

ANN = Signed("Ann <b>", datetime(2026, 11, 25, 12, tzinfo=UTC))


@pytest.fixture
def folder(demo, tmp_path):
    return shutil.copytree(demo, tmp_path / "ledger")


def test_a_decision_of_another_process_shows_at_the_next_click(folder):
    headers = {"accept": "text/html", "accept-language": "en"}
    with TestClient(make_app(folder), base_url="http://127.0.0.1", headers=headers) as client:
        before = client.get("/statements.json").json()
        kept, gone = before[0], before[1]
        assert client.get("/statements.json?decided=person").json() == []
        with Ledger.open(folder) as elsewhere:
            accept(elsewhere, kept["id"], ANN)
            reject(elsewhere, gone["id"], ANN)
        after = client.get("/statements.json").json()
        assert {row["id"] for row in before} - {row["id"] for row in after} == {gone["id"]}
        assert [row["id"] for row in client.get("/statements.json?decided=person").json()] == [kept["id"]]
        assert kept["id"] not in {row["id"] for row in client.get("/statements.json?decided=machine").json()}
        assert f"of {len(after)}<" in client.get("/statements").text
        for path in (f"/statements/{kept['id']}", f"/articles/{kept['article']}", "/statements?decided=person"):
            page = client.get(path).text
            assert "confirmed by a person" in page and "Ann <b>" not in page
        assert "confirmed by a person" not in client.get(f"/statements/{after[-1]['id']}").text
        assert client.get(f"/statements/{gone['id']}").status_code == 404
