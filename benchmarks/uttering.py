"""How long it takes to match so many made-up statements into utterances, in how much memory, and how well.

    python -m benchmarks.uttering [COUNT ...]

Two thousand statements a day by the words of the shipped vocabulary; no text of anybody. A story is told by some
articles and has a matter, a few words that come back, and some speakers. What one says is told by one to eight of the
articles: word for word, in part, or reworded with words near to those said. Some things are said again weeks later.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from selon.languages import languages, load_pack
from selon.matching.utterances import Reported, match_utterances
from selon.models.embedding import load_encoder
from selon.models.pairing import load_scorers

COUNTS = (10_000, 100_000)
_SEED, _A_DAY = 12, 2000
_FUNCTION, _WORDS, _NEAR, _THEMES = 80, 8_000, 4, 40
"""The most frequent words make up two fifths of a sentence; of the others so many are drawn from, the frequent oftener;
so many neighbours may stand for a word that is reworded; so many words, and their neighbours, are a story's own."""
_LATER = timedelta(days=10)
_FIRST = "Anne Paul Nadia Jean Ousmane Claire Éric Lucie Farid Hélène Marc Inès Yann Rose Omar Léa Guy Zoé Luc Marie"
_CUES = (
    ("a déclaré", "direct"),
    ("a dit", "direct"),
    ("a affirmé", "indirect"),
    ("estime", "indirect"),
    ("", "direct"),
)


def main(arguments: Sequence[str]) -> int:
    """Measure each count in turn, smallest first; returns the exit code.

    Seconds are the processor's, of all threads; then those on the wall, with how many were running when it ended.
    """
    counts = sorted(int(each) for each in arguments) or COUNTS
    packs = {code: load_pack(code) for code in languages()}
    heads = ("statements", "seconds", "µs each", "wall", "load", "utterances", "found", "wrong", "MB")
    print("".join(f"{head:>12}" for head in heads))
    for count in counts:
        pile, truth = made(count)
        begun, wall = time.process_time(), time.monotonic()
        found = match_utterances(pile, load_encoder(), packs, load_scorers("utterances"))
        spent, waited = time.process_time() - begun, time.monotonic() - wall
        right, told = 0, 0
        of = dict(zip((each.id for each in pile), truth, strict=True))
        for each in found:
            keys = [of[witness.statement] for witness in each.witnesses]
            right += _pairs(keys)
            told += len(keys) * (len(keys) - 1) // 2
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cells = [
            f"{count:,}",
            f"{spent:.1f}",
            f"{spent / count * 1e6:.0f}",
            f"{waited:.0f}",
            f"{os.getloadavg()[0]:.1f}",
        ]
        cells += [f"{len(found):,}", f"{right / max(_pairs(truth), 1):.1%}", f"{1 - right / max(told, 1):.1%}"]
        print("".join(f"{cell:>12}" for cell in [*cells, f"{most:,.0f}"]), flush=True)
    return 0


def _pairs(keys: Sequence[int]) -> int:
    """How many pairs have the same key."""
    return sum(size * (size - 1) // 2 for size in Counter(keys).values())


def made(count: int) -> tuple[list[Reported], list[int]]:
    """So many statements, and a number for each that is the same for those of one utterance."""
    press = _Press(random.Random(_SEED), count)
    told: list[tuple[Reported, int]] = []
    while len(told) < count:
        told += press.story(len(told))
    return [each for each, _ in told[:count]], [key for _, key in told[:count]]


@dataclass(frozen=True, slots=True)
class _Said:
    key: int
    day: date
    speaker: str
    words: Sequence[str]


@dataclass
class _Press:
    """Makes one story after the other."""

    chance: random.Random
    count: int
    said: int = 0
    stories: int = 0
    formulas: list[_Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        encoder = load_encoder()
        known = list(encoder.words("fr"))
        self.function, self.words = known[:_FUNCTION], known[200 : 200 + _WORDS]
        rows = encoder.word_vectors(self.words, "fr")
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        self.near: dict[str, list[str]] = {}
        for at in range(0, len(rows), 1000):
            likest = np.argpartition(-(rows[at : at + 1000] @ rows.T), _NEAR, axis=1)[:, :_NEAR]
            self.near |= {self.words[at + n]: [self.words[m] for m in each] for n, each in enumerate(likest.tolist())}
        first = _FIRST.split()
        surnames = [_surname(self.chance) for _ in range(max(2000, self.count // 100))]
        self.speakers = [f"{self.chance.choice(first)} {surname}" for surname in surnames]

    def story(self, number: int) -> Iterator[tuple[Reported, int]]:
        """What its articles report; ``number`` statements stand before it."""
        chance = self.chance
        self.stories += 1
        day = date(2020, 1, 1) + timedelta(days=number // _A_DAY)
        themes = [self._word() for _ in range(_THEMES)]
        matter = [*themes, *(near for theme in themes for near in self.near[theme])]
        people = [self.speakers[int(len(self.speakers) * chance.random() ** 2)] for _ in range(chance.randint(2, 6))]
        days = [day + timedelta(days=chance.choice((0, 0, 0, 1, 2))) for _ in range(chance.randint(3, 12))]
        positions = [0] * len(days)
        for _ in range(chance.randint(5, 16)):
            said = self._something(day, chance.choice(people), matter)
            tellers = min(len(days), chance.choice((1, 1, 1, 1, 2, 2, 3, 3, 4, 8)))
            for article in sorted(chance.sample(range(len(days)), tellers)):
                number += 1
                positions[article] += 1
                cue, kind = chance.choice(_CUES)
                name = said.speaker if chance.random() < 0.7 else said.speaker.split()[1]
                report = Reported(
                    id=f"s{number}",
                    article=f"a{self.stories}-{article}",
                    position=positions[article],
                    language="fr",
                    content=" ".join(self._told(said.words, kind)),
                    cue=cue,
                    kind=kind,
                    speaker=name,
                    speaker_kind="person",
                    names=(name,),
                    published=(days[article],) * 2,
                )
                yield report, said.key

    def _word(self) -> str:
        return self.words[int(len(self.words) * self.chance.random() ** 2)]

    def _something(self, day: date, speaker: str, matter: Sequence[str]) -> _Said:
        chance = self.chance
        self.said += 1
        if self.formulas and self.formulas[0].day + _LATER < day and chance.random() < 0.02:
            again = self.formulas.pop(0)
            return replace(again, key=self.said)
        length = chance.randint(6, 26)
        words = [chance.choice(self.function) if chance.random() < 0.4 else self._word() for _ in range(length)]
        for place in chance.sample(range(length), length // 4):
            words[place] = chance.choice(matter)
        if chance.random() < 0.2:
            words[chance.randrange(length)] = str(chance.randrange(2, 5000))
        said = _Said(self.said, day, speaker, words)
        if chance.random() < 0.02:
            self.formulas.append(said)
        return said

    def _told(self, words: Sequence[str], kind: str) -> Sequence[str]:
        chance = self.chance
        if kind == "direct":
            if chance.random() < 0.3:
                return words
            length = chance.randint(max(4, len(words) // 3), max(4, len(words)))
            start = chance.randint(0, max(0, len(words) - length))
            return words[start : start + length]
        return [
            chance.choice(self.near[word]) if word in self.near and chance.random() < 0.5 else word
            for word in words
            if chance.random() > 0.3
        ]


def _surname(chance: random.Random) -> str:
    return "".join(
        chance.choice(("ba", "den", "lo", "ri", "mer", "tu", "ke", "van", "so", "gil")) for _ in range(4)
    ).title()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
