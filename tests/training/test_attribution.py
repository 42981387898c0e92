"""The ranker learns what its examples say. Needs the extra ``train`` (scipy, scikit-learn)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from selon.languages import load_pack
from selon.models.linear import LinearModel, read_linear
from training.gold import Gold, GoldQuotation, Reading, content_words

pytest.importorskip("scipy", reason="needs the extra `train`: scipy and scikit-learn")
pytest.importorskip("sklearn", reason="needs the extra `train`: scipy and scikit-learn")

from training.attribution import Example, candidates, choose, competitions, fit, learn, report, write


def cue(article: str, number: int, *scored: tuple[list[str], float], weight: float = 1.0) -> list[Example]:
    return [Example(features, target, article, number, weight) for features, target in scored]


def toys(articles: int = 20) -> list[Example]:
    """A cue per article with a long right and a short wrong candidate, and one that reports nothing."""
    made = []
    for n in range(articles):
        made += cue(f"S-{n}", 0, (["long", "said"], 1.0), (["short", "said"], 0.3))
        made += cue(f"S-{n}", 1, (["long", "walked"], 0.0))
    return made


def test_the_best_candidate_of_a_cue_wins_and_cues_that_report_nothing_lose() -> None:
    model = learn(toys(), penalty=0.1)
    index, probability = model.choose([["short", "said"], ["long", "said"]])
    assert index == 1
    assert probability > 0.9
    assert model.choose([["long", "walked"]])[1] < 0.1


def test_order_of_examples_changes_nothing_that_matters() -> None:
    one, other = learn(toys(), 1.0), learn(toys()[::-1], 1.0)
    assert one.weights.keys() == other.weights.keys()
    assert all(math.isclose(one.weights[name], other.weights[name], abs_tol=1e-3) for name in one.weights)


def test_a_stronger_penalty_gives_smaller_weights() -> None:
    def size(model: LinearModel) -> float:
        return sum(weight * weight for weight in model.weights.values())

    assert size(learn(toys(), 30.0)) < size(learn(toys(), 3.0)) < size(learn(toys(), 0.3))


def test_rare_features_are_left_out() -> None:
    examples = [*toys(5), *cue("S-x", 0, (["long", "once"], 1.0)), *cue("S-y", 0, (["long", "once"], 1.0))]
    assert "once" not in learn(examples, 1.0).weights


def test_a_half_right_target_is_a_half_sure_choice() -> None:
    examples = [example for n in range(40) for example in cue(f"S-{n}", 0, (["half"], 0.5))]
    assert learn(examples, 0.01).choose([["half"]])[1] == pytest.approx(0.5, abs=0.02)


def test_weight_counts_an_article_more() -> None:
    light = [example for n in range(10) for example in cue(f"S-{n}", 0, (["same"], 1.0))]
    heavy = [example for n in range(10) for example in cue(f"d-{n}", 0, (["same"], 0.0), weight=4.0)]
    assert learn([*light, *heavy], 0.01).choose([["same"]])[1] == pytest.approx(0.2, abs=0.03)


def test_candidates_compete_within_their_cue() -> None:
    assert [len(group) for group in competitions(toys(2))] == [2, 1, 2, 1]
    (first, second) = choose(toys(1), LinearModel(0.0, {"long": 1.0}, (), (), ""))
    assert (first.target, first.possible) == (1.0, 1.0)
    assert (second.target, second.possible) == (0.0, 0.0)


def test_the_report_keeps_written_and_real_articles_apart() -> None:
    choices = choose(
        [*toys(4), *[Example(["long"], 0.0, "wire-1", 0, 1.0)]], LinearModel(0.0, {"long": 3.0}, (), (), "")
    )
    lines = report(choices)
    assert "written  threshold 0.52: precision 0.500, recall of proposed 1.000" in lines
    assert "real     threshold 0.52: precision 0.000, recall of proposed 0.000" in lines


def test_what_is_written_can_be_read_by_attribution(tmp_path: Path) -> None:
    table, figures = fit(toys(40), 1.0)
    write(table, tmp_path / "attribution.json")
    data = (tmp_path / "attribution.json").read_bytes()
    model = read_linear(data, "toy")
    assert list(json.loads(data)["weights"]) == sorted(model.weights)
    assert model.choose([["short", "said"], ["long", "said"]])[0] == 1
    assert list(model.knots) == sorted(model.knots)
    assert list(model.levels) == sorted(model.levels)
    assert figures
    write(fit(toys(40), 1.0)[0], tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == data


def test_candidates_of_an_article_have_the_target_that_evaluation_counts() -> None:
    text = "Le maire a dit que le pont est fermé."
    content = content_words(text, [[text.index("que le pont"), len(text) - 1]])
    cued = frozenset(range(text.index("a dit"), text.index(" que")))
    gold = Gold("S-1", text, (GoldQuotation((Reading(content, cued),), optional=False, raw={}),))
    made = list(candidates(gold, load_pack("fr"), 1.0))
    best = max(made, key=lambda example: example.target)
    assert best.target == 1.0
    assert "rule=que" in best.features
    assert not any(name.startswith("net=") for example in made for name in example.features)
    doubtful = Gold("S-1", text, (GoldQuotation((Reading(content, cued),), optional=True, raw={}),))
    assert all(example.target < 0.5 for example in candidates(doubtful, load_pack("fr"), 1.0))
