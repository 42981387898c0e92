import pytest

from evaluation.gold import BUNDLED, GoldError, GoldSet
from evaluation.measures import Count
from evaluation.reuse import MEASURES, Reused, reused


def summed(part):
    return {measure: sum((each[measure] for each in part.tallies), Count()) for measure in MEASURES}


def part(true, told):
    return Reused(GoldSet("copies", ()), true, told)


def test_a_pair_turned_round_is_found_with_the_wrong_direction():
    told = summed(part({("b", "a"): "full", ("d", "c"): "partial"}, {("a", "b"): "full", ("d", "c"): "full"}))
    assert told["copies"] == (2, 2, 2)
    assert told["copies, direction"] == (1, 2, 2)
    assert told["copies, kind"] == (1, 2, 2)


def test_what_is_missed_and_what_is_no_copy_cost():
    told = summed(part({("b", "a"): "full"}, {("b", "c"): "full", ("e", "f"): "full"}))
    assert told["copies"] == (0, 2, 1)
    assert told["copies, direction"].f1 == 0


def test_nothing_to_find_is_no_error():
    assert summed(part({}, {})) == dict.fromkeys(MEASURES, Count())


def test_without_shared_the_bundled_articles_are_measured(tmp_path):
    (only,) = reused(tmp_path / "nowhere")
    assert only.gold.name == "copies bundled"
    assert summed(only)["copies"] == (1, 1, 1)


def test_shared_without_its_articles_is_an_error(tmp_path):
    (tmp_path / "shared").mkdir()
    with pytest.raises(GoldError):
        reused(tmp_path / "shared", BUNDLED)
