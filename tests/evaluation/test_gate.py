"""The gate is worth what it refuses: every way to slip under it is tried here."""

from __future__ import annotations

import json
import math

import pytest

from evaluation import gate, system
from evaluation.baseline import TOLERANCE, BaselineError, Figures, broken, raised, read_floors, write_floors
from evaluation.figures import END, START, figures_table
from evaluation.gold import BUNDLED, GoldError, gold_sets

SHA, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def quick(monkeypatch, tmp_path):
    """The gate over the bundled articles, with a system that knows the share ``knows.share`` of each article."""

    class Knows:
        share = 0.8
        baseline = tmp_path / "baseline.json"
        shared = tmp_path / "nowhere"
        page = tmp_path / "README.md"

        def run(self, *arguments):
            return gate.main(list(arguments), gate.Places(self.baseline, self.shared, self.page))

        def floors(self):
            return json.loads(self.baseline.read_text())

    knows = Knows()

    def answers(articles):
        found = {}
        for each in articles:
            names = {actor["key"]: actor["name"] for actor in each["actors"]}
            kept = each["quotations"][: math.ceil(knows.share * len(each["quotations"]))]
            found[each["id"]] = {"quotations": [{**q, "speaker": names.get(q["speaker"])} for q in kept]}
        return found

    monkeypatch.setattr(gate, "extracted", answers)
    monkeypatch.setattr(gate, "resolved", answers)
    return knows


def test_floors_hold_and_are_raised(quick, capsys):
    assert quick.run("--update") == 0
    assert quick.run() == 0
    assert "passed" in capsys.readouterr().out
    before = quick.floors()
    quick.share = 0.9
    assert quick.run() == 0  # better is no failure, and raises nothing by itself
    assert quick.floors() == before
    assert quick.run("--update") == 0
    assert quick.floors()["sets"]["bundled fr"]["floors"]["full"] > before["sets"]["bundled fr"]["floors"]["full"]


def test_a_fall_fails_and_says_which(quick, capsys):
    quick.run("--update")
    quick.share = 0.7
    assert quick.run() == 1
    assert "bundled en: quotation" in capsys.readouterr().out


def test_an_update_does_not_lower_a_floor(quick, capsys):
    quick.run("--update")
    before = quick.floors()
    quick.share = 0.7
    assert quick.run("--update") == 1
    assert quick.floors() == before
    assert "--allow-regression" in capsys.readouterr().out
    assert quick.run("--update", "--allow-regression") == 0
    assert quick.run() == 0
    assert quick.floors() != before


def test_allowing_a_regression_needs_an_update(quick):
    with pytest.raises(SystemExit) as leaving:
        quick.run("--allow-regression")
    assert leaving.value.code == 2


def test_without_a_baseline_it_fails(quick, capsys):
    assert quick.run() == 1
    assert "no floors" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        lambda sets: sets["bundled fr"]["floors"].update(full=math.nan),
        lambda sets: sets["bundled fr"]["floors"].update(full=-1),
        lambda sets: sets["bundled fr"]["floors"].update(full="0.5"),
        lambda sets: sets["bundled fr"]["floors"].update(full=True),
        lambda sets: sets["bundled fr"]["floors"].pop("full"),
        lambda sets: sets["bundled fr"]["floors"].clear(),
        lambda sets: sets["bundled fr"].update(sha256=OTHER),
        lambda sets: sets["bundled fr"].update(sha256=""),
        lambda sets: sets["bundled fr"].pop("sha256"),
        lambda sets: sets.pop("bundled fr"),
        lambda sets: sets.clear(),
    ],
)
def test_a_tampered_baseline_fails(quick, change):
    quick.run("--update")
    content = quick.floors()
    change(content["sets"])
    quick.baseline.write_text(json.dumps(content))
    assert quick.run() == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sets": 3}', "not json", "\x00"])
def test_a_damaged_baseline_is_named(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(BaselineError, match=r"baseline\.json"):
        read_floors(path)


def test_changed_data_is_said_even_where_figures_hold():
    floor, now = Figures(SHA, 3, {"full": 0.5}), Figures(OTHER, 3, {"full": 0.9})
    (reason,) = broken("s", floor, now)
    assert "SHA-256" in reason
    assert "--update" in reason


def test_changed_data_is_no_way_to_lower_a_floor():
    floor, now = Figures(SHA, 3, {"full": 0.5}), Figures(OTHER, 3, {"full": 0.4})
    assert raised(floor, now, allow_regression=False)[1] == ["full 0.5000 -> 0.4000"]
    assert raised(floor, now, allow_regression=True) == (now, [])


def test_a_measure_that_vanishes_is_a_fall():
    floor, now = Figures(SHA, 3, {"full": 0.5, "cue": 0.5}), Figures(SHA, 3, {"full": 0.5})
    assert "cue" in broken("s", floor, now)[0]
    assert raised(floor, now, allow_regression=False)[1]


def test_the_tolerance_does_not_add_up():
    floor = Figures(SHA, 3, {"full": 0.5})
    slightly, too_much = (Figures(SHA, 3, {"full": 0.5 - share * TOLERANCE}) for share in (0.9, 1.1))
    assert broken("s", floor, slightly) == []
    assert broken("s", floor, too_much)
    assert raised(floor, slightly, allow_regression=False)[0].values == {"full": 0.5}


def test_rounding_of_the_file_is_within_the_tolerance(tmp_path):
    now = Figures(SHA, 3, {"full": 0.12345678, "cue": 2 / 3})
    write_floors(tmp_path / "b.json", {"s": now})
    assert broken("s", read_floors(tmp_path / "b.json")["s"], now) == []


def test_without_shared_the_bundled_articles_are_held_and_the_rest_is_named(quick, capsys):
    quick.run("--update")
    floors = read_floors(quick.baseline)
    write_floors(quick.baseline, {**floors, "far": Figures(SHA, 1, {"full": 0.5})})
    assert quick.run() == 0
    assert "far" in capsys.readouterr().out
    quick.run("--update")
    assert "far" in read_floors(quick.baseline)


def test_shared_without_its_gold_is_an_error(quick, capsys):
    quick.run("--update")
    quick.shared.mkdir()
    assert quick.run() == 1
    assert "wikinews-dev.jsonl" in capsys.readouterr().err


def test_no_articles_is_an_error(tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(GoldError):
        gold_sets(tmp_path / "nowhere", tmp_path / "empty.jsonl")
    with pytest.raises(GoldError):
        gold_sets(tmp_path / "nowhere", tmp_path / "missing.jsonl")


def test_a_changed_character_changes_the_hash(tmp_path):
    lines = BUNDLED.read_text(encoding="utf-8")
    (tmp_path / "changed.jsonl").write_text(lines.replace("oignons", "oignonz", 1), encoding="utf-8")
    (tmp_path / "turned.jsonl").write_text("\n".join(reversed(lines.splitlines())), encoding="utf-8")
    ours, changed, turned = (
        gold_sets(tmp_path / "nowhere", path)[0].sha256
        for path in (BUNDLED, tmp_path / "changed.jsonl", tmp_path / "turned.jsonl")
    )
    assert ours == turned != changed


def test_errors_are_written_in_words(quick, tmp_path):
    quick.run("--update", "--errors", str(tmp_path / "errors"))
    assert "missed" in (tmp_path / "errors" / "bundled-fr.txt").read_text(encoding="utf-8")


def test_the_floors_in_the_repository_are_sound():
    floors = read_floors(gate.Places().baseline)
    bundled = {each.name: each for each in gold_sets(shared=BUNDLED / "nowhere")}
    assert set(bundled) < set(floors)
    for name, gold in bundled.items():
        assert floors[name].sha256 == gold.sha256
        calibration = {f"calibration, {each}" for each in ("quotations", "statements", "speakers given")}
        assert set(floors[name].values) == {*gate.MEASURES, gate.GIVEN, gate.COVERAGE, *calibration}


def test_an_update_writes_the_figures_into_the_page(quick):
    quick.page.write_text(f"before {START}\nold\n{END} after", encoding="utf-8")
    quick.run("--update")
    floors = read_floors(quick.baseline)
    write_floors(quick.baseline, {**floors, "far": Figures(SHA, 1, {"full": 0.5})})
    quick.run("--update")
    page = quick.page.read_text(encoding="utf-8")
    assert page.startswith(f"before {START}\n| measure | far (1 articles) |")
    assert page.endswith(f"| full | 0.500 |\n{END} after")


def test_the_figures_in_the_readme_are_the_floors():
    places = gate.Places()
    assert f"{START}\n{figures_table(read_floors(places.baseline))}\n{END}" in places.page.read_text(encoding="utf-8")


def test_the_real_command_is_what_is_measured():
    article = gold_sets(shared=BUNDLED / "nowhere")[0].articles[0]
    found = system.extracted([article])[article["id"]]
    assert found["quotations"]
    given = system.resolved([article])[article["id"]]["quotations"]
    assert [each["content"] for each in given] == [each["content"] for each in article["quotations"]]


def test_a_command_that_fails_is_no_figure(monkeypatch):
    monkeypatch.setattr(system.sys, "executable", "/bin/false")
    with pytest.raises(system.CommandError, match="ended with 1"):
        system.extracted(gold_sets(shared=BUNDLED / "nowhere")[0].articles[:1])
