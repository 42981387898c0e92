"""Our measures are those of the shared scorer: on real annotations, for answers of every degree of badness."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path

import pytest

from evaluation.differences import differences
from evaluation.gold import BUNDLED, SHARED, gold_sets
from evaluation.measures import MEASURES, Count, compare, recalls, spread, tally, total

SCORER = SHARED / "eval" / "score.py"
TEXT = "La loi passera, a dit Marie Dupont. Elle a promis que le budget tiendra."
GOLD = {
    "actors": [{"key": "a1", "kind": "person", "name": "Marie Dupont", "names": ["Marie Dupont", "la ministre"]}],
    "quotations": [
        {"content": [[0, 14]], "cue": [[16, 21]], "source": [[22, 34]], "speaker": "a1", "type": "indirect"},
        {"content": [[50, 71]], "cue": [[41, 49]], "source": [[36, 40]], "speaker": "a1", "type": "indirect"},
    ],
}


def told(**changes):
    """A system record that says what the gold says of the first quotation, but for the changes."""
    first = {**GOLD["quotations"][0], "speaker": "Marie Dupont"}
    return {"quotations": [{**first, **changes}]}


def figures(system, gold=GOLD):
    return tally(compare(TEXT, gold, system))


def test_all_right():
    found = figures(told())
    assert found["content"] == Count(3, 3, 6)  # the complementiser that opens the second content is no word of it
    assert {measure: found[measure] for measure in MEASURES[1:]} == dict.fromkeys(MEASURES[1:], Count(1, 1, 2))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"cue": []}, {"cue", "full"}),
        ({"source": [[36, 40]]}, {"source", "full"}),
        ({"speaker": None}, {"speaker", "full"}),
        ({"speaker": "Jean Dupont"}, {"speaker", "full"}),
        ({"speaker": "Dupont"}, set()),  # a person by the surname
        ({"speaker": "LA MINISTRE"}, set()),  # any of the names, without case
        ({"speaker": "Marie"}, {"speaker", "full"}),  # a given name is nobody
        ({"content": [[0, 6]]}, {"exact"}),  # 2 of 3 words: Dice 0.8
        ({"content": [[0, 2]]}, {"exact"}),  # 1 of 3 words: Dice 0.5
    ],
)
def test_what_is_wrong_counts_where_it_is_wrong(changes, wrong):
    found = figures(told(**changes))
    assert {measure for measure in MEASURES[1:] if not found[measure].right} == wrong


def test_less_than_half_the_words_is_no_match():
    found = figures(told(content=[[0, 2], [36, 71]]))
    assert found["quotation"].right == 1  # it is nearer to the second one
    assert figures(told(content=[[16, 49]]))["quotation"].right == 0


def test_an_optional_quotation_counts_neither_way():
    doubtful = {**GOLD, "quotations": [{**GOLD["quotations"][0], "optional": True}, GOLD["quotations"][1]]}
    assert figures(told(), doubtful)["quotation"] == Count(0, 0, 1)
    assert figures({"quotations": []}, doubtful)["quotation"] == Count(0, 0, 1)


def test_any_reading_counts_as_right():
    other = {"content": [[0, 14]], "cue": [], "source": [], "speaker": None}
    two = {**GOLD, "quotations": [{**GOLD["quotations"][0], "also": [other]}]}
    assert figures(told(cue=[], source=[], speaker=None), two)["full"].right == 1


def test_recall_by_kind_and_form_counts_each_label_of_a_quotation():
    first, second = GOLD["quotations"]
    labelled = {**GOLD, "quotations": [{**first, "form": "clause"}, {**second, "type": "direct", "form": "clause"}]}
    found = recalls([compare(TEXT, labelled, told()), compare(TEXT, labelled, {"quotations": []})])
    assert found == {"clause": Count(1, 0, 4), "direct": Count(0, 0, 2), "indirect": Count(1, 0, 2)}


def test_differences_show_the_words():
    shown = "\n".join(differences(TEXT, "t-1", compare(TEXT, GOLD, told(cue=[]))))
    assert "missed   t-1 [indirect] Elle | a promis | que le budget tiendra || Marie Dupont" in shown
    assert "differs cue,full" in shown
    assert "a dit" in shown


@pytest.mark.shared
@pytest.mark.skipif(not SCORER.is_file(), reason="../shared/eval/score.py is not there")
@pytest.mark.parametrize("damage", [0.0, 0.1, 0.5, 0.9])
def test_equal_to_the_shared_scorer(damage):
    scorer = _scorer()
    for gold in gold_sets():
        draw = random.Random(f"{gold.name} {damage}")
        answers = {each["id"]: _damaged(each, damage, draw) for each in gold.articles}
        texts = {each["id"]: each["text"] for each in gold.articles}
        expected = scorer.evaluate(texts, {each["id"]: each for each in gold.articles}, answers)
        tallies = [tally(compare(each["text"], each, answers[each["id"]])) for each in gold.articles]
        counts = total(tallies)
        assert expected["quotations"] == counts["quotation"].wanted
        for measure in MEASURES:
            count = counts[measure]
            ours = {
                "p": round(count.precision, 4),
                "r": round(count.recall, 4),
                "f": round(count.f1, 4),
                "pm": round(spread(tallies, measure), 4),
            }
            assert ours == expected["all"][measure], (gold.name, measure)


def test_the_bundled_articles_are_whole():
    for line in BUNDLED.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        keys = {actor["key"] for actor in article["actors"]}
        for quotation in article["quotations"]:
            assert quotation["speaker"] is None or quotation["speaker"] in keys
            for part in ("content", "cue", "source"):
                for start, end in quotation[part]:
                    assert article["text"][start:end].strip() == article["text"][start:end] != ""


def _scorer():
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _damaged(article, damage, draw):
    """What a system of a given badness could say: quotations missed, invented, shifted, given to the wrong speaker."""
    names = {actor["key"]: actor["name"] for actor in article["actors"]}
    length, found = len(article["text"]), []
    for quotation in article["quotations"]:
        if draw.random() < damage / 2:
            continue
        shift = draw.randrange(-60, 60) if draw.random() < damage else 0
        parts = {
            part: [[min(max(n + shift, 0), length) for n in span] for span in quotation.get(part) or []]
            for part in ("content", "cue", "source")
        }
        if draw.random() < damage:
            parts[draw.choice(["cue", "source"])] = []
        speaker = names.get(quotation["speaker"])
        if speaker and draw.random() < damage:
            speaker = draw.choice([*names.values(), None, speaker.split()[-1], speaker.split()[0]])
        found.append({**parts, "speaker": speaker, "type": quotation["type"], "form": quotation["form"]})
        if draw.random() < damage / 3:
            found.append({**found[-1], "content": [[0, draw.randrange(5, 200)]]})
    return {"quotations": found}


def test_paths_are_beside_the_checkout():
    assert Path(SHARED).parent == Path(__file__).resolve().parents[3]
