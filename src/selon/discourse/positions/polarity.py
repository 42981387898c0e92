"""What a statement's own words say of its sign: negation, denials, opposites, the cue, what is left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from selon.discourse.positions.cues import of_kind, read_cue
from selon.discourse.positions.phrases import LISTS, Phrases
from selon.discourse.positions.pile import Pile
from selon.discourse.positions.records import Page, Saying
from selon.discourse.positions.relevance import Look
from selon.discourse.positions.words import Bags, Floats, Ints
from selon.languages.inflection import CUE_KINDS

_SHORT, _SHORTER = 6, 3


def polarity_numbers(pile: Pile, pages: Sequence[Page], sayings: Sequence[Saying], seen: Look) -> dict[str, Floats]:
    """What the words say of the sign: arrays of sayings by candidates."""
    phrases = Phrases(pile.vocabulary)
    alone = _cue_numbers(pages, sayings) | _word_numbers(pile, phrases)
    lengths = np.diff(pile.whole_contents.starts).astype(np.float32)
    alone |= {
        "short": (lengths <= _SHORT).astype(np.float32),
        "shorter": (lengths <= _SHORTER).astype(np.float32),
        "length": (np.minimum(lengths, 40) / 40).astype(np.float32),
        "asks": np.asarray(["?" in each.content for each in sayings], dtype=np.float32),
    }
    for kind in ("direct", "indirect", "mixed"):
        alone[f"is_{kind}"] = np.asarray([each.kind == kind for each in sayings], dtype=np.float32)
    width = seen.candidates.shape[1]
    numbers = {name: np.repeat(values[:, None], width, axis=1) for name, values in alone.items()}
    return numbers | _pair_numbers(pile, phrases, seen, numbers)


def _cue_numbers(pages: Sequence[Page], sayings: Sequence[Saying]) -> dict[str, Floats]:
    language = {page.id: page.language for page in pages}
    readings = [read_cue(each.cue, language[each.page]) for each in sayings]
    out = {f"cue_{kind}": np.asarray([each.kind == kind for each in readings], dtype=np.float32) for kind in CUE_KINDS}
    out["cue_unknown"] = np.asarray([not each.kind for each in readings], dtype=np.float32)
    for name, sign in (("asserts", "+"), ("denies", "-"), ("neither", "0")):
        out[f"cue_{name}"] = np.asarray([each.polarity == sign for each in readings], dtype=np.float32)
    return out


def _word_numbers(pile: Pile, phrases: Phrases) -> dict[str, Floats]:
    out = {f"has_{name}": np.minimum(phrases.counted(name, pile.whole_contents), 2) for name in LISTS}
    out["has_negations"] = np.minimum(_negated(phrases, pile.whole_contents), 2)
    for name in ("negations", "denials", "open", "affirmations"):
        out[f"cue_has_{name}"] = np.minimum(phrases.counted(name, pile.cues), 1)
    out["has_denying"] = _denying(pile)
    return out


def _negated(phrases: Phrases, bags: Bags) -> Floats:
    """How many negations each text holds, those left out that deny nothing: « sans exception »."""
    out: Floats = np.maximum(phrases.counted("negations", bags) - phrases.counted("emphatic", bags), 0)
    return out


def _denying(pile: Pile) -> Floats:
    """How many verbs of denial each saying holds itself: « conteste avoir roulé vite »."""
    denies = np.asarray(
        [[of_kind(form, language, "deny")] for language, form in pile.vocabulary.forms], dtype=np.float32
    )
    return np.minimum(pile.whole_contents.summed(denies)[:, 0], 2)


def _pair_numbers(pile: Pile, phrases: Phrases, seen: Look, alone: Mapping[str, Floats]) -> dict[str, Floats]:
    chosen = seen.candidates[pile.page_of]
    negated = np.minimum(alone["has_negations"], 1)
    denied = _by_proposition(pile, _negated(phrases, pile.whole_wordings) > 0)[chosen]
    covered, meant = seen.numbers["content_rare"], seen.numbers["meant"]
    opposite = _opposites(pile, phrases)[np.arange(len(chosen))[:, None], chosen]
    numeric = _numbers_differ(pile)[np.arange(len(chosen))[:, None], chosen]
    odd = (negated + denied + (alone["cue_denies"] > 0) + (alone["has_denying"] > 0)) % 2
    return {
        "negated": negated,
        "proposition_negated": denied,
        "negation_differs": (negated != denied).astype(np.float32),
        "negated_and_denies": negated * alone["cue_denies"],
        "cue_negated_denies": alone["cue_has_negations"] * alone["cue_denies"],
        "odd": odd,
        "covered_odd": covered * odd,
        "meant_odd": meant * odd,
        "covered": covered,
        "covered_negated": covered * negated,
        "covered_plain": covered * (1 - negated),
        "covered_denies": covered * alone["cue_denies"],
        "meant_sign": meant,
        "meant_negated": meant * negated,
        "meant_plain": meant * (1 - negated),
        "hardly": (covered < 0.2).astype(np.float32),
        "opposite": opposite,
        "numbers_differ": numeric,
    }


def _by_proposition(pile: Pile, of_wording: np.ndarray) -> Floats:
    """The value of each proposition's first wording."""
    first = np.searchsorted(pile.proposition_of, np.arange(pile.propositions))
    out: Floats = of_wording[first].astype(np.float32)
    return out


def _opposites(pile: Pile, phrases: Phrases) -> Floats:
    """Whether a saying has the opposite of a proposition's word and not that word: sayings by propositions."""
    out = np.zeros((len(pile.contents), pile.propositions), dtype=np.float32)
    said_in, asked_in = _Presence(pile.contents, len(pile.stems)), _Presence(pile.wordings, len(pile.stems))
    for language in {language for language, _ in pile.vocabulary.forms}:
        for one, other in zip(*phrases.sides(language), strict=True):
            for mine, theirs in ((one, other), (other, one)):
                asked = pile.proposition_of[asked_in.texts(theirs)]
                if len(asked) and len(mine):
                    said = np.setdiff1d(said_in.texts(mine), said_in.texts(theirs))
                    out[np.ix_(said, np.unique(asked))] = 1
    return out


def _numbers_differ(pile: Pile) -> Floats:
    """Whether saying and proposition both have numbers and share none: sayings by propositions."""
    figures = np.asarray([form[0].isdigit() for _, form in pile.vocabulary.forms], dtype=bool)
    out = np.zeros((len(pile.contents), pile.propositions), dtype=np.float32)
    asked = [set(_figures(pile.wordings, row, figures)) for row in range(len(pile.wordings))]
    with_figures = [row for row, each in enumerate(asked) if each]
    if not with_figures:
        return out
    said_in = _Presence(pile.contents, len(figures))
    any_said = said_in.texts(np.flatnonzero(figures))
    by_form: dict[str, list[int]] = {}
    for number in np.flatnonzero(figures):
        by_form.setdefault(pile.vocabulary.forms[number][1], []).append(int(number))
    for row in with_figures:
        same = [number for of in asked[row] for number in by_form[pile.vocabulary.forms[of][1]]]
        said = np.setdiff1d(any_said, said_in.texts(np.asarray(same, dtype=np.int64)))
        out[said, pile.proposition_of[row]] = 1
    return out


def _figures(bags: Bags, row: int, figures: np.ndarray) -> list[int]:
    words = bags.words[bags.starts[row] : bags.starts[row + 1]]
    return [int(word) for word in words[figures[words]]]


class _Presence:
    """In which texts words stand."""

    def __init__(self, bags: Bags, size: int) -> None:
        order = np.argsort(bags.words, kind="stable")
        self._text = np.repeat(np.arange(len(bags)), np.diff(bags.starts))[order]
        self._starts = np.searchsorted(bags.words[order], np.arange(size + 1))

    def texts(self, words: Ints) -> Ints:
        """The numbers of the texts with any of the words, ascending."""
        parts = [self._text[self._starts[word] : self._starts[word + 1]] for word in words]
        return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
