import pytest

from selon.cli.progress import Files, _state
from selon.engines.filling import Tally
from selon.records import Document


def test_what_is_left_is_told_from_what_is_done(tmp_path):
    for name in "abcd":
        (tmp_path / name).write_text("x")
    (tmp_path / ".hidden").write_text("x")
    files = Files([str(tmp_path), "-"])
    assert files.total == 4
    places = ("a#1", "a#2", "b")
    assert len(list(files.following(Document(place, "", "text/plain") for place in places))) == 3
    assert files.met == 2
    tally = Tally(documents=3, articles=2, unchanged=1, seconds=10)
    assert files.seconds_left(tally) == pytest.approx(10)
    assert _state(tally, files) == "3 documents · 0/s · 0:10 left"
    waiting = Tally(documents=3, articles=1, seconds=10)
    assert files.seconds_left(waiting) == pytest.approx(50)
    assert "writing the ledger" in _state(Tally(ending="writing"), files)
    assert Files(["x"]).seconds_left(tally) is None
