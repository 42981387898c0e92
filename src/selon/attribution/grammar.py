"""The closed classes and cue lexicon of a language pack, in the shape that attribution asks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from selon.attribution.marks import mark_pairs
from selon.languages import LanguagePack
from selon.languages.inflection import Analysis, Cue, Features, auxiliaries, cues, forms, nouns

ADVERBIALS = ("group_adverbs", "time_words", "opening_adverbials")
"""The classes of phrases that may stand between a verb and what it governs."""
_Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Grammar:
    """What attribution must know of a language: sets of forms, phrases by their first word, and the cue lexicon.

    ``verbs`` are the forms of cue verbs, ``according`` the prepositional cues (``selon``), ``nouns`` the cue nouns by
    form; ``auxiliaries`` the readings of forms of être, avoir, pouvoir …; ``titles`` the nouns that name people and
    bodies by what they do; ``closed`` every single-word form of the closed classes; ``options`` the lists of
    ``[grammar]`` in pack.toml, ``contractions`` the forms a preposition takes before an article, ``mark_pairs`` the
    closing mark of each opening one, the usual pair first.
    """

    classes: Mapping[str, frozenset[str]]
    phrases: Mapping[str, _Phrases]
    verbs: Mapping[str, tuple[Analysis, ...]]
    according: _Phrases
    according_frames: Mapping[tuple[str, ...], frozenset[str]]
    nouns: Mapping[str, Cue]
    auxiliaries: Mapping[str, tuple[tuple[str, Features], ...]]
    perfect: frozenset[str]
    titles: frozenset[str]
    closed: frozenset[str]
    options: Mapping[str, frozenset[str]]
    contractions: Mapping[str, Sequence[str]]
    mark_pairs: Mapping[str, str]

    def ends(self, forms: Sequence[str], i: int, name: str, reach: int = 5) -> int:
        """How many tokens up to and including ``i`` the longest phrase of class ``name`` takes; 0 if none."""
        if forms[i] not in self._last_forms[name]:
            return 0
        for length in range(reach, 0, -1):
            first = i - length + 1
            if first >= 0 and longest(self.phrases[name], forms, first) == length:
                return length
        return 0

    def finite(self, form: str) -> bool:
        """Whether the form is a finite form of an auxiliary or of a cue verb."""
        return form in self.finite_forms

    def infinitive(self, form: str) -> bool:
        """Whether the form is the infinitive of an auxiliary or of a cue verb."""
        return form in self._infinitives

    def perfect_auxiliary(self, form: str) -> Features | None:
        """The features of a form of the auxiliaries that make compound tenses."""
        for lemma, features in self.auxiliaries.get(form, ()):
            if lemma in self.perfect:
                return features
        return None

    def spellings(self, word: str) -> frozenset[str]:
        """The forms a word may take before another: as it is, elided, or contracted with an article (``du``)."""
        found = self._spellings.get(word)
        if found is None:
            stem = self.unelided(word)
            elided = {stem, stem + "'", *(stem + vowel for vowel in self.options["elided"])}
            found = self._spellings[word] = frozenset({word, *elided, *self.contractions.get(word, ())})
        return found

    def unelided(self, form: str) -> str:
        """The form without the vowel that elision takes and its apostrophe: one for « se » and « s' »."""
        return form.rstrip("'" + "".join(self.options["elided"]))

    @cached_property
    def unions(self) -> Mapping[tuple[str, ...], frozenset[str]]:
        """The forms of any of several classes, by the names of these."""
        return _Unions(self.classes)

    @cached_property
    def shapes(self) -> dict[str, str]:
        """What features remember of word forms, from article to article."""
        return {}

    @cached_property
    def openers(self) -> frozenset[str]:
        """The first forms of what may stand between a verb and what it governs: adverbs, dates."""
        return frozenset().union(*(self.phrases[name] for name in ADVERBIALS))

    @cached_property
    def _spellings(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def finite_forms(self) -> frozenset[str]:
        """The finite forms of auxiliaries and cue verbs."""
        return self._read(lambda features: features.finite)

    @cached_property
    def _infinitives(self) -> frozenset[str]:
        return self._read(lambda features: features.tense == "inf")

    def _read(self, wanted: Callable[[Features], bool]) -> frozenset[str]:
        """The forms of auxiliaries and cue verbs that have such a reading."""
        helping = (form for form, readings in self.auxiliaries.items() if any(wanted(read) for _, read in readings))
        cues = (form for form, readings in self.verbs.items() if any(wanted(read.features) for read in readings))
        return frozenset(helping) | frozenset(cues)

    @cached_property
    def _last_forms(self) -> Mapping[str, frozenset[str]]:
        """For each class the forms that a phrase of it may end with."""
        return {
            name: frozenset(phrase[-1] for entries in phrases.values() for phrase in entries)
            for name, phrases in self.phrases.items()
        }


class _Unions(dict[tuple[str, ...], frozenset[str]]):
    """Unions of classes, each made when it is first asked for."""

    def __init__(self, classes: Mapping[str, frozenset[str]]) -> None:
        self._classes = classes

    def __missing__(self, names: tuple[str, ...]) -> frozenset[str]:
        found = self[names] = frozenset().union(*(self._classes[name] for name in names))
        return found


def longest(phrases: _Phrases, forms: Sequence[str], i: int) -> int:
    """How many tokens from ``i`` the longest of the phrases takes; 0 if none begins there."""
    best = 0
    for phrase in phrases.get(forms[i], ()) if i < len(forms) else ():
        length = len(phrase)
        if length > best and (length == 1 or tuple(forms[i : i + length]) == phrase):
            best = length
    return best


@cache
def grammar(pack: LanguagePack) -> Grammar:
    """The grammar of a pack; built once. Raises PackError when the pack lacks a table."""
    closed = {name: entries for name, entries in pack.table("function_words").items() if isinstance(entries, list)}
    rows = [cue for cue in cues(pack) if cue.paradigm == "-"]
    contractions: Mapping[str, Sequence[str]] = pack.table("pack")["grammar"].get("contractions", {})
    adjuncts = {variant: cue.frames for cue in rows for variant in _contracted(cue.lemma, contractions)}
    single = {
        name: frozenset(entry.lower() for entry in entries if " " not in entry) for name, entries in closed.items()
    }
    return Grammar(
        classes=single,
        phrases={name: _by_first(entries, pack) for name, entries in closed.items()},
        verbs=forms(pack),
        according=_by_first(adjuncts, pack),
        according_frames={
            tuple(token.form for token in pack.tokenizer(variant)): frames for variant, frames in adjuncts.items()
        },
        nouns=_noun_forms(pack),
        auxiliaries=auxiliaries(pack),
        perfect=frozenset(pack.table("function_words")["perfect_auxiliaries"]),
        titles=_titles(pack),
        closed=frozenset().union(*single.values()),
        options=_options(pack),
        contractions=contractions,
        mark_pairs=mark_pairs(pack),
    )


def _options(pack: LanguagePack) -> Mapping[str, frozenset[str]]:
    """The single forms and lists of ``[grammar]`` in pack.toml, all as sets."""
    return {
        name: frozenset([value] if isinstance(value, str) else value)
        for name, value in pack.table("pack")["grammar"].items()
        if isinstance(value, str | list)
    }


def _contracted(lemma: str, contractions: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The phrase, and as it stands before an article: « aux yeux du », « aux yeux d' », « d'après les »."""
    yield lemma
    head, _, last = lemma.rpartition(" ")
    for form in contractions.get(last, ()):
        yield f"{head} {form}"


def _titles(pack: LanguagePack) -> frozenset[str]:
    """The last words of the titles, singular and plural: the « ministre » of « premier ministre »."""
    cells = (cell for row in pack.rows("titles") for cell in (row["masculine"], row["feminine"]))
    found = {word.lower() for cell in cells for word in cell.split()[-1:] if word != "-"}
    return frozenset(found) | frozenset(word + "s" for word in found)


def _noun_forms(pack: LanguagePack) -> Mapping[str, Cue]:
    found = {}
    for cue in nouns(pack):
        found[cue.head] = cue
        if cue.paradigm != "-":
            found[cue.paradigm.split()[0]] = cue
    return found


def _by_first(entries: Iterable[str], pack: LanguagePack) -> _Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        phrase = tuple(token.form for token in pack.tokenizer(entry))
        if phrase:
            found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}
