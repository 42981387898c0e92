"""Verb forms of saying, judging and asking, and nouns for people, as small numbers the model learns from."""

from __future__ import annotations

import collections
from collections.abc import Iterator
from pathlib import Path

_GROUPS = (
    ("manner_speaking", "chit_chat", "talk", "lecture"),
    ("transfer_mesg", "tell", "say", "instr_communication", "indicate", "interrogate", "correspond", "scribble"),
    ("judgment", "characterize", "complain"),
    ("conjecture", "consider", "see"),
    ("order", "urge", "beg", "require", "enforce", "forbid", "refrain"),
    ("promise", "confess", "overstate"),
    ("animal_sounds", "nonverbal_expression", "peer", "battle"),
)
LISTED_BIT = len(_GROUPS)
PERSON_BIT = LISTED_BIT + 1
BITS = PERSON_BIT + 1
LEMMAS = 704


def build_lexicon(unpacked: Path) -> dict[str, tuple[int, int]]:
    """form -> (lemma number, bits); lemma 0 = no verb of the lists. ``unpacked`` is the folder of unpacked archives.

    Bits 0-6 are groups of VerbNet classes, then: in the list of the Gender Gap Tracker, names a person's role or trade.
    """
    folder = unpacked / "lexicons"
    forms = collections.defaultdict(set)
    for form, lemma, kind in _cells(folder / "hunspell_fr_MPL2/forms.tsv", 3):
        if kind.startswith("V"):
            forms[form].add(lemma)
    groups: dict[str, int] = collections.defaultdict(int)
    for lemma, name in _cells(folder / "verbenet_fr/communication_verbs.tsv", 2):
        for bit, prefixes in enumerate(_GROUPS):
            if name.startswith(prefixes):
                groups[lemma.removeprefix("s'").removeprefix("se ")] |= 1 << bit
    listed: collections.Counter[str] = collections.Counter()
    for (form,) in _cells(folder / "quote_verbs/ggt_fr_quote_verb_list.txt", 1):
        listed.update(forms.get(form, ()))
    wanted = {lemma for lemma, count in listed.items() if count > 20} - {"avoir", "être", "demeurer"}
    for lemma in wanted:
        groups[lemma] |= 1 << LISTED_BIT
    numbers = {lemma: number for number, lemma in enumerate(sorted(groups)[: LEMMAS - 1], start=1)}
    lexicon: dict[str, tuple[int, int]] = {}
    for form, lemmas in forms.items():
        known = sorted((lemma for lemma in lemmas if lemma in numbers), key=lambda lemma: (lemma not in wanted, lemma))
        if known:
            lexicon[form.lower()] = (numbers[known[0]], groups[known[0]])
    for noun in _people(folder):
        number, bits = lexicon.get(noun, (0, 0))
        lexicon[noun] = (number, bits | 1 << PERSON_BIT)
    return lexicon


def _people(folder: Path) -> Iterator[str]:
    for (noun,) in _cells(folder / "coreferee_MIT/coreferee/lang/fr/data/person_roles.dat", 1):
        if noun.isalpha():
            yield noun.lower()
    for (noun,) in _cells(folder / "unitex_LGPLLR/profession.tsv", 1):
        if noun.isalpha():
            yield noun.lower()


def _cells(path: Path, count: int) -> Iterator[tuple[str, ...]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= count:
            yield tuple(cells[:count])
