"""The benchmark runs and says what it measured. No figure is held to anything here: machines differ."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace

import pytest

from benchmarks import reuse
from benchmarks.corpus import corpus, words
from benchmarks.generated import made_articles
from benchmarks.stages import BASELINE, Stage
from benchmarks.timing import Timing

command = importlib.import_module("benchmarks.__main__")


@pytest.fixture(autouse=True)
def all_cores(monkeypatch):
    """The tests beside this one keep their cores."""
    monkeypatch.setattr(command, "on_one_core", lambda: False)


def test_json_tells_every_stage(monkeypatch, capsys):
    small = replace(whole := corpus(1), texts=whole.texts[:2], pages=whole.pages[:1])
    monkeypatch.setattr(command, "corpus", lambda _: small)
    assert command.main(["--rounds", "1", "--repeat", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["one_core"] is False
    assert told["stages"][BASELINE]["cost"] == 1
    assert {"reading, text", "reading, HTML", "passages", "attribution", "resolution", "store", "run"} <= set(
        told["stages"]
    )
    assert all(each["words_per_second"] > 0 and len(each["seconds"]) == 1 for each in told["stages"].values())


def test_a_profile_names_functions(monkeypatch, capsys):
    monkeypatch.setattr(command, "stages", lambda _: [Stage("passages", "", 1, lambda: words(corpus(1).texts))])
    assert command.main(["--profile", "passages"]) == 0
    assert "benchmarks/corpus" in capsys.readouterr().out.replace("\\", "/")
    assert command.main(["--profile", "matching"]) == 2
    assert "passages" in capsys.readouterr().err


def test_the_corpus_is_fixed_and_its_places_are_distinct():
    one, three = corpus(1), corpus(3)
    assert one.sha256 == three.sha256
    assert words(three.texts) == 3 * words(one.texts)
    places = [each.where for each in three.texts + three.pages]
    assert len(set(places)) == len(places)


def test_figures_are_medians():
    timing = Timing(Stage("s", "", 100, print), seconds=(1.0, 2.0, 10.0), costs=(5.0, 4.0, 6.0))
    assert (timing.words_per_second, timing.cost, timing.spread) == (50.0, 5.0, 4.5)


def test_generated_copies_say_what_they_cost_and_what_was_found(capsys):
    assert reuse.main(["60", "120", "--seed", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["60", "120"]
    assert lines[1].split()[-1] == lines[2].split()[-1] == "0.000"


def test_a_pile_is_the_same_for_the_same_seed():
    assert list(made_articles(30, 4)) == list(made_articles(30, 4)) != list(made_articles(30, 5))
    assert [made.day for made in made_articles(900)] == sorted(made.day for made in made_articles(900))
