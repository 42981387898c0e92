"""Hard contradictions between reports of one utterance: another number, one negation more, two names changed about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from selon.discourse.positions.words import fold, grammatical_words, stem
from selon.languages import languages, load_pack
from selon.models.embedding.words import words
from selon.records import Contradiction, ContradictionKind, Evidence, content_id

_FULL = 0.75
_NAME = re.compile(r"\b[A-ZÀ-Ý][\w’'-]*[a-zà-ÿ]\w*")
_FIGURE = re.compile(r"\d+(?:[\s.,]\d{3}(?!\d))*(?:[.,]\d+)?(?![\d.,]*\d)")
_THOUSANDS = re.compile(r"[\s.,](?=\d{3}(?!\d))")
_ROUND = 0.05
_MOST_WITNESSES = 40


class Wording(NamedTuple):
    """One report of an utterance."""

    statement: str
    language: str
    content: str


def wording_contradictions(utterances: Iterable[Sequence[Wording]]) -> tuple[Contradiction, ...]:
    """The pairs of reports of one utterance that cannot both be true to it, each with what differs.

    A number that stands before the same word in both and is another (any languages, where the word is spelt alike); a
    negation that only one of two nearly equal wordings has; two names that changed places in otherwise equal wordings.
    Each pair is told once; an utterance of more than 40 reports is read through the first 40.
    """
    found: dict[tuple[str, str], Contradiction] = {}
    for reports in utterances:
        for one, other in combinations(list(reports)[:_MOST_WITNESSES], 2):
            for why, saw, sure in _differences(one, other):
                key = (one.statement, other.statement)
                found.setdefault(key, _contradiction(one, other, why, saw, sure))
    return tuple(sorted(found.values(), key=lambda each: (-each.confidence, each.id)))


def _differences(one: Wording, other: Wording) -> Iterator[tuple[str, str, float]]:
    for noun, (here, there) in _figures_apart(one, other):
        yield "rule: another number", f"{here} / {there} {noun}", 0.8
    if one.language != other.language:
        return
    bags = [_lexical(each) for each in (one, other)]
    if min(len(bag) for bag in bags) < 3 or len(set(bags[0]) & set(bags[1])) < _FULL * max(map(len, map(set, bags))):
        return
    negations = [_negations(each) for each in (one, other)]
    if (negations[0] > 0) != (negations[1] > 0):
        yield "rule: a negation more", f"{negations[0]} / {negations[1]}", 0.7
    names = [[fold(name) for name in _NAME.findall(each.content)] for each in (one, other)]
    if len(set(names[0])) == 2 and names[0] == names[1][::-1] and bags[0] != bags[1]:
        yield "rule: names changed about", f"{names[0][0]} / {names[1][0]}", 0.6


def _figures_apart(one: Wording, other: Wording) -> Iterator[tuple[str, tuple[str, str]]]:
    """Numbers before the same word that have none in common: the word, and a number of each."""
    counted = [_counted(each) for each in (one, other)]
    for noun in sorted(set(counted[0]) & set(counted[1])):
        here, there = counted[0][noun], counted[1][noun]
        if not here & there and not any(_rounded(a, b) for a in here for b in there):
            yield noun, (min(here), min(there))


def _rounded(one: str, other: str) -> bool:
    """Whether one number is the other told roundly: 400 and 412."""
    low, high = sorted((float(one), float(other)))
    return any(each.endswith("0") for each in (one, other)) and high - low <= _ROUND * high


def _counted(wording: Wording) -> dict[str, set[str]]:
    """By the stem of the word behind it, every number of a wording."""
    out: dict[str, set[str]] = {}
    for match in _FIGURE.finditer(wording.content):
        behind = words(wording.content[match.end() : match.end() + 40])
        plain = _THOUSANDS.sub("", match.group()).replace(",", ".")
        for form in behind[:1]:
            if not form[0].isdigit() and fold(form) not in grammatical_words(wording.language):
                out.setdefault(stem(form, wording.language), set()).add(plain)
    return out


def _lexical(wording: Wording) -> list[str]:
    grammar = grammatical_words(wording.language)
    return [stem(form, wording.language) for form in words(wording.content) if fold(form) not in grammar]


def _negations(wording: Wording) -> int:
    if wording.language not in languages():
        return 0
    listed = {entry for entry in load_pack(wording.language).table("stance")["negations"] if " " not in entry}
    forms = words(wording.content)
    return sum(form in listed for form in forms) - sum(a in listed and b in listed for a, b in pairwise(forms))


def _contradiction(one: Wording, other: Wording, why: str, saw: str, sure: float) -> Contradiction:
    return Contradiction(
        id=content_id("x", ContradictionKind.WORDING, one.statement, other.statement),
        kind=ContradictionKind.WORDING,
        proposition="",
        first=one.statement,
        second=other.statement,
        confidence=sure,
        evidence=(Evidence(why, saw, sure),),
    )
