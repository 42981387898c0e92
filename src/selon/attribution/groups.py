"""Verb groups that report: the auxiliaries, clitics, negation and adverbs around a cue verb, as one stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selon.attribution.words import Words
from selon.languages.inflection import Analysis, Cue, Features

_REACH = 9
"""How many tokens may stand between auxiliary and participle: « a, de son côté, dénoncé »."""


_TAIL = 18
"""How many tokens ahead the first word behind a verb of several words can be: three adverbials may stand between."""


class Group(NamedTuple):
    """Tokens ``first..last`` (inclusive) of a verb group whose lexical verb is ``head``.

    ``subject`` is the token of a pronoun inside the group (``a-t-il dit``), ``open`` says that the participle or
    infinitive has no auxiliary of its own and shares the subject of an earlier group (``a assuré … et promis``).
    """

    first: int
    last: int
    head: int
    cue: Cue
    features: Features
    subject: int | None = None
    negated: bool = False
    passive: bool = False
    open: bool = False

    def has(self, *frames: str) -> bool:
        """Whether the cue takes one of the frames."""
        return not self.cue.frames.isdisjoint(frames)


def verb_groups(words: Words) -> list[Group]:
    """The reporting verb groups of an article, in text order; of overlapping readings the longest."""
    found: list[Group] = []
    for i, form in enumerate(words.forms):
        analyses = words.grammar.verbs.get(form)
        if analyses and (form not in words.grammar.closed or words.finite(i)):
            possible = _with_tails(words, i, analyses)
            candidates = [group for analysis in possible for group in _group(words, i, analysis)]
            if candidates:
                found.append(max(candidates, key=_rank))
    kept: list[Group] = []
    for group in found:
        if kept and kept[-1].last >= group.first:
            if kept[-1].last >= group.last or group.last - group.first <= kept[-1].last - kept[-1].first:
                continue
            kept.pop()
        kept.append(group)
    return kept


def _with_tails(words: Words, i: int, analyses: Sequence[Analysis]) -> Iterator[Analysis]:
    """The readings whose words after the verb (``faire savoir``) stand near behind it at all."""
    ahead: frozenset[str] | None = None
    for analysis in analyses:
        if analysis.cue.tail:
            ahead = frozenset(words.forms[i + 1 : i + 1 + _TAIL]) if ahead is None else ahead
            if ahead.isdisjoint(words.grammar.spellings(analysis.cue.tail[0])):
                continue
        yield analysis


def _rank(group: Group) -> tuple[int, int, bool]:
    """Which reading of a form to prefer: the longest, then the most particular cue, then the third person."""
    particular = (group.cue.reflexive * 4) + len(group.cue.tail) * 2 + len(group.cue.frames)
    return group.last - group.first, particular, group.features.person == 3


def _group(words: Words, i: int, analysis: Analysis) -> Iterator[Group]:
    cue, features = analysis.cue, analysis.features
    start, stop = words.sentence(i)
    last = _tail(words, i, stop, cue)
    if last is None:
        return
    bare = Group(i, last, i, cue, features)
    if features.tense == "ppart":
        group = _with_auxiliary(words, bare, start)
    elif features.tense in {"inf", "ppres"}:
        group = _with_governor(words, bare, start)
    else:
        group = None if _is_noun(words, i, start) else bare
    if group is None:
        return
    group = _with_clitics(words, group, start, stop)
    if group is not None:
        yield group


def _tail(words: Words, i: int, stop: int, cue: Cue) -> int | None:
    """The last token of ``faire … savoir``; adverbs and an inverted pronoun may stand between."""
    at = i
    for word in cue.tail:
        at += 1
        for _ in range(3):
            if at > stop or words.forms[at] == word:
                break
            length = words.starts(at, "group_adverbs")
            if not length and not words.has(at, "inverted_pronouns", "negative_words"):
                break
            at += max(1, length)
        if at > stop or words.forms[at] not in words.grammar.spellings(word):
            return None
    return at


def _with_auxiliary(words: Words, group: Group, start: int) -> Group | None:
    """A participle with the auxiliary that makes it finite; open when it shares an earlier one; None without any."""
    grammar = words.grammar
    j, subject, been, commas = group.first - 1, None, False, 0
    for _ in range(_REACH):
        if j < start:
            break
        form, length = words.forms[j], 1
        features = grammar.perfect_auxiliary(form)
        if words.among(j, "been"):
            been = True
        elif features is not None and features.tense != "ppart":
            if commas == 1 or (commas and not _adverbial(words, j + 1, group.first - 1)):
                return None
            copula = any(lemma in grammar.options["copula"] for lemma, _ in grammar.auxiliaries[form])
            passive = been or (copula and not group.cue.reflexive)
            return group._replace(first=j, features=features, subject=subject, passive=passive)
        elif words.has(j, "inverted_pronouns"):
            subject = j
        elif form == ",":
            commas += 1
        elif not commas:
            length = words.ends(j, "group_adverbs")
            if not length and not words.has(j, "negative_words"):
                break
        j -= max(length, 1)
    if _shares(words, group.first - 1, start):
        return group._replace(open=True)
    stray = words.capital(group.first) and group.first > start
    return group if stray else None


def _shares(words: Words, before: int, start: int) -> bool:
    """Whether a participle behind token ``before`` may share an earlier auxiliary: « a assuré … et promis »."""
    if before in words.marks or words.ends(before, "group_adverbs"):
        return True
    inside = before >= start
    return inside and (words.among(before, "incise_marks") or words.has(before, "subject_pronouns", "coordinators"))


def _adverbial(words: Words, first: int, last: int) -> bool:
    """Whether the tokens between two commas are an adverbial: « , de son côté, »."""
    return sum(words.forms[i] != "," for i in range(first, last + 1)) <= 5


def _with_governor(words: Words, group: Group, start: int) -> Group:
    """An infinitive takes the verb that governs it into the group: « veut croire », « tient à rappeler »."""
    auxiliaries = words.grammar.auxiliaries
    k = group.first - 1
    while k >= start and words.has(k, "reflexives", "object_clitics"):
        k -= 1
    if k >= start and words.among(k, "infinitive_links"):
        k -= 1
    if group.features.tense == "inf" and k >= start:
        finite = [features for _, features in auxiliaries.get(words.forms[k], ()) if features.finite]
        if finite:
            return group._replace(first=k, features=finite[0])
        if words.has(k, "inverted_pronouns") and k > start and words.forms[k - 1] in auxiliaries:
            return group._replace(first=k - 1, subject=k, features=auxiliaries[words.forms[k - 1]][0][1])
    return group._replace(open=True)


def _is_noun(words: Words, i: int, start: int) -> bool:
    """Whether a form that could be a finite verb is a noun: « la demande », « sans menace », « une vive critique »."""
    if i == start:
        return i + 1 == len(words) or not words.has(i + 1, "inverted_pronouns")
    if words.has(i - 1, "subject_pronouns", "negations", "reflexives", "subject_relatives"):
        return False
    if words.has(i - 1, "object_clitics") and i - 2 >= start:
        verbal = ("subject_pronouns", "negations", "subject_relatives", "reflexives", "object_clitics")
        return not words.has(i - 2, *verbal)
    return words.determined(i)


def _with_clitics(words: Words, group: Group, start: int, stop: int) -> Group | None:
    """The group with its clitics, negation and inverted pronoun; None when it lacks the clitics of its cue."""
    first, negated, reflexive = _leftwards(words, group.first, start)
    if not _has_clitics(words, group, max(start, first - 3)):
        return None
    if group.cue.reflexive and not reflexive and not (group.open and group.features.tense == "ppart"):
        return None
    last, subject = group.last, group.subject
    if group.first + 1 <= stop and words.has(group.first + 1, "inverted_pronouns"):
        subject = group.first + 1
        last = max(last, subject)
    if negated and last + 1 <= stop and words.has(last + 1, "negative_words"):
        last += 1
    return group._replace(first=first, last=last, subject=subject, negated=negated)


def _leftwards(words: Words, first: int, start: int) -> tuple[int, bool, bool]:
    """The first token of a group with the negation and reflexive before it, and whether it has either."""
    negated = reflexive = False
    j = first - 1
    while j >= start and words.has(j, "object_clitics", "negations", "reflexives") and not _subject(words, j, start):
        if words.has(j, "negations"):
            negated, first = True, j
        elif words.has(j, "reflexives") and not words.has(j, "articles"):
            reflexive, first = True, j
        j -= 1
    return first, negated, reflexive


def _subject(words: Words, j: int, start: int) -> bool:
    """Whether a form that is clitic and subject alike (``nous``) is the subject here: no other stands before it."""
    if not words.has(j, "subject_pronouns"):
        return False
    return j == start or not words.has(j - 1, "subject_pronouns", "negations")


def _has_clitics(words: Words, group: Group, first: int) -> bool:
    """Whether the pronouns of the cue (``s'en prendre``) stand between ``first`` and the verb, elided or not."""
    unelided = words.grammar.unelided
    near = {unelided(form) for form in words.forms[first : group.head]}
    return all(unelided(clitic) in near for clitic in group.cue.clitics)
