"""How long it takes to match so many made-up statements into utterances, and in how much memory.

    python -m benchmarks.uttering [COUNT ...]

Two thousand statements a day by the words of the shipped vocabulary: stories of a dozen articles, some speakers each,
every utterance told by one to four of them with words left out and changed; no text of anybody.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from selon.languages import languages, load_pack
from selon.matching.utterances import Reported, match_utterances
from selon.models.embedding import load_encoder
from selon.models.pairing import load_scorers

COUNTS = (10_000, 100_000)
_SEED, _A_DAY, _ARTICLES, _SPEAKERS, _SAID = 12, 2000, 8, 5, 12


def main(arguments: Sequence[str]) -> int:
    """Measure each count in turn, smallest first; returns the exit code."""
    counts = sorted(int(each) for each in arguments) or COUNTS
    packs = {code: load_pack(code) for code in languages()}
    print(
        f"{'statements':>12}{'seconds':>10}{'µs each':>10}{'utterances':>12}{'found':>8}{'joined wrongly':>16}{'MB':>8}"
    )
    for count in counts:
        pile, truth = made(count)
        begun = time.process_time()
        found = match_utterances(pile, load_encoder(), packs, load_scorers("utterances"))
        spent = time.process_time() - begun
        wanted, right, told = _pairs(truth), 0, 0
        of = dict(zip((each.id for each in pile), truth, strict=True))
        for each in found:
            keys = [of[witness.statement] for witness in each.witnesses]
            right += _pairs(keys)
            told += len(keys) * (len(keys) - 1) // 2
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cells = [f"{count:,}", f"{spent:.1f}", f"{spent / count * 1e6:.0f}", f"{len(found):,}"]
        cells += [f"{right / max(wanted, 1):.1%}", f"{1 - right / max(told, 1):.1%}", f"{most:,.0f}"]
        print("".join(f"{cell:>12}" for cell in cells), flush=True)
    return 0


def _pairs(keys: Sequence[int]) -> int:
    """How many pairs have the same key."""
    return sum(size * (size - 1) // 2 for size in Counter(keys).values())


def made(count: int) -> tuple[list[Reported], list[int]]:
    """So many statements, and a number for each that is the same for those of one utterance."""
    told = list(_stories(count, random.Random(_SEED)))[:count]
    return [each for each, _ in told], [key for _, key in told]


def _surname(chance: random.Random) -> str:
    return "".join(chance.choice(("ba", "den", "lo", "ri", "mer", "tu", "ke", "van", "so", "gil")) for _ in range(4))


def _stories(count: int, chance: random.Random) -> Iterator[tuple[Reported, int]]:
    vocabulary = list(load_encoder().words("fr"))[200:20_000]
    surnames = [_surname(chance).title() for _ in range(max(200, count // 100))]
    number = utterance = 0
    while number < count:
        day = date(2020, 1, 1) + timedelta(days=number // _A_DAY)
        matter = chance.sample(vocabulary, 40)
        speakers = [surnames[int(len(surnames) * chance.random() ** 2)] for _ in range(_SPEAKERS)]
        positions = [0] * _ARTICLES
        for _ in range(_SAID):
            said = [*chance.sample(matter, 6), *chance.sample(vocabulary, 5), str(chance.randrange(2, 5000))]
            chance.shuffle(said)
            speaker = chance.choice(speakers)
            utterance += 1
            for article in chance.sample(range(_ARTICLES), chance.randint(1, 4)):
                words = [
                    chance.choice(vocabulary) if chance.random() < 0.1 else w for w in said if chance.random() > 0.15
                ]
                days = (day + timedelta(days=chance.randint(0, 1)),) * 2
                number += 1
                positions[article] += 1
                yield (
                    Reported(
                        id=f"s{number}",
                        article=f"{number // 1_000_000}-{utterance // _SAID}-{article}",
                        position=positions[article],
                        language="fr",
                        content=" ".join(words),
                        cue="a déclaré",
                        kind="direct",
                        speaker=f"Anne {speaker}",
                        speaker_kind="person",
                        names=(f"Anne {speaker}",),
                        published=days,
                    ),
                    utterance,
                )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
