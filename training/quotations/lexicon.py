"""What the lexicons say of a form, as small numbers the model learns from.

Its verb of saying, and a pattern of yes-or-no facts.
"""

from __future__ import annotations

import collections
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from selon.attribution.grammar import Grammar, grammar
from selon.languages import load_pack
from selon.languages.inflection import CUE_KINDS

_VERBNET = (
    ("manner_speaking", "chit_chat", "talk", "lecture"),
    ("transfer_mesg", "tell", "say", "instr_communication", "indicate", "interrogate", "correspond", "scribble"),
    ("judgment", "characterize", "complain"),
    ("conjecture", "consider", "see"),
    ("order", "urge", "beg", "require", "enforce", "forbid", "refrain"),
    ("promise", "confess", "overstate"),
    ("animal_sounds", "nonverbal_expression", "peer", "battle"),
)
_FRAMES = {
    "que": "que",
    "que_y": "que",
    "inf": "inf",
    "de_inf": "inf",
    "a_inf": "inf",
    "si": "si",
    "direct": "direct",
    "colon": "direct",
    "np": "np",
    "de_np": "np",
    "a_np": "np",
}
_FRAME_KINDS = ("que", "inf", "si", "direct", "np", "risky", "y", "reflexive")
_TENSES = ("inf", "ppart", "ppres")
_OTHER = ("listed", "person", "noun", "according", "negative", "positive", "auxiliary")
FACTS = (
    *(f"verbnet {number}" for number in range(len(_VERBNET))),
    *(f"class {name}" for name in CUE_KINDS),
    *(f"frame {name}" for name in _FRAME_KINDS),
    *(f"tense {name}" for name in _TENSES),
    *_OTHER,
)
LEMMAS = 1200
PATTERNS = 1400


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``forms``: lower-case form -> (lemma number, pattern number), 0 for none; ``patterns``.

    ``(PATTERNS, len(FACTS))`` of 0 and 1.
    """

    forms: Mapping[str, tuple[int, int]]
    patterns: np.ndarray


def build_lexicon(unpacked: Path) -> Lexicon:
    """The lexicon of the French pack and of the unpacked archives together.

    The pack's lemma counts where both know a form.
    """
    lemmas: dict[str, str] = {}
    facts: dict[str, set[str]] = collections.defaultdict(set)
    _from_archives(unpacked / "lexicons", lemmas, facts)
    _from_pack(grammar(load_pack("fr")), lemmas, facts)
    numbers = {lemma: number for number, lemma in enumerate(sorted(set(lemmas.values())), start=1)}
    patterns = sorted({tuple(sorted(those)) for those in facts.values()} - {()})
    if len(numbers) >= LEMMAS or len(patterns) >= PATTERNS:
        raise ValueError(f"{len(numbers)} lemmas and {len(patterns)} patterns are more than the model has room for")
    pattern_numbers = {pattern: number for number, pattern in enumerate(patterns, start=1)}
    table = np.zeros((PATTERNS, len(FACTS)), np.float32)
    for pattern, number in pattern_numbers.items():
        table[number, [FACTS.index(fact) for fact in pattern]] = 1
    forms = {
        form: (numbers.get(lemmas.get(form, ""), 0), pattern_numbers.get(tuple(sorted(those)), 0))
        for form, those in facts.items()
    }
    return Lexicon(forms, table)


def _from_archives(folder: Path, lemmas: dict[str, str], facts: dict[str, set[str]]) -> None:
    readings = collections.defaultdict(set)
    for form, lemma, kind in _cells(folder / "hunspell_fr_MPL2/forms.tsv", 3):
        if kind.startswith("V"):
            readings[form.lower()].add(lemma)
    about: dict[str, set[str]] = collections.defaultdict(set)
    for lemma, name in _cells(folder / "verbenet_fr/communication_verbs.tsv", 2):
        for number, prefixes in enumerate(_VERBNET):
            if name.startswith(prefixes):
                about[lemma.removeprefix("s'").removeprefix("se ")].add(f"verbnet {number}")
    listed: collections.Counter[str] = collections.Counter()
    for (form,) in _cells(folder / "quote_verbs/ggt_fr_quote_verb_list.txt", 1):
        listed.update(readings.get(form, ()))
    wanted = {lemma for lemma, count in listed.items() if count > 20} - {"avoir", "être", "demeurer"}
    for lemma in wanted:
        about[lemma].add("listed")
    for form, possible in readings.items():
        known = sorted((lemma for lemma in possible if lemma in about), key=lambda lemma: (lemma not in wanted, lemma))
        if known:
            lemmas[form] = known[0]
            facts[form] |= about[known[0]]
    for noun in _people(folder):
        facts[noun].add("person")


def _people(folder: Path) -> Iterator[str]:
    for name in ("coreferee_MIT/coreferee/lang/fr/data/person_roles.dat", "unitex_LGPLLR/profession.tsv"):
        for (noun,) in _cells(folder / name, 1):
            if noun.isalpha():
                yield noun.lower()


def _from_pack(pack: Grammar, lemmas: dict[str, str], facts: dict[str, set[str]]) -> None:
    for form, analyses in pack.verbs.items():
        lemmas[form] = analyses[0].cue.head
        for analysis in analyses:
            facts[form] |= _cue_facts(analysis.cue.kind, analysis.cue.frames, analysis.cue.polarity)
            if analysis.cue.reflexive:
                facts[form].add("frame reflexive")
            if analysis.features.tense in _TENSES:
                facts[form].add(f"tense {analysis.features.tense}")
    for form, cue in pack.nouns.items():
        facts[form] |= {"noun"} | _cue_facts(cue.kind, cue.frames, cue.polarity)
    for first in pack.according:
        facts[first].add("according")
    for form in pack.auxiliaries:
        facts[form].add("auxiliary")
    for form in pack.titles:
        if form.isalpha():
            facts[form].add("person")


def _cue_facts(kind: str, frames: frozenset[str], polarity: str) -> set[str]:
    found = {f"class {kind}"} if kind in CUE_KINDS else set()
    for frame in frames:
        if frame.endswith("_risky"):
            found.add("frame risky")
        elif frame in _FRAMES:
            found.add(f"frame {_FRAMES[frame]}")
        elif frame.startswith("y_"):
            found.add("frame y")
    return found | ({"negative"} if polarity == "-" else {"positive"} if polarity == "+" else set())


def _cells(path: Path, count: int) -> Iterator[tuple[str, ...]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= count:
            yield tuple(cells[:count])
