"""Verb groups that report: the auxiliaries, clitics, negation and adverbs around a cue verb, as one stretch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from selon.attribution.words import Words
from selon.languages.inflection import Analysis, Cue, Features

_REACH = 9
"""How many tokens may stand between auxiliary and participle: « a, de son côté, dénoncé »."""


@dataclass(frozen=True, slots=True)
class Group:
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
        if analyses:
            candidates = [group for analysis in analyses for group in _group(words, i, analysis)]
            if candidates:
                found.append(max(candidates, key=lambda group: (group.last - group.first, _rank(group))))
    kept: list[Group] = []
    for group in found:
        if kept and kept[-1].last >= group.first:
            if kept[-1].last >= group.last or group.last - group.first <= kept[-1].last - kept[-1].first:
                continue
            kept.pop()
        kept.append(group)
    return kept


def _rank(group: Group) -> int:
    return (group.cue.reflexive * 4) + len(group.cue.tail) * 2 + len(group.cue.frames)


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
    forms, grammar = words.forms, words.grammar
    at = i
    for word in cue.tail:
        at += 1
        for _ in range(3):
            if (
                at <= stop
                and forms[at] != word
                and (
                    grammar.has(forms[at], "inverted_pronouns", "negative_words")
                    or grammar.starts(forms, at, "group_adverbs")
                )
            ):
                at += max(1, grammar.starts(forms, at, "group_adverbs"))
        if at > stop or not _same(forms[at], word):
            return None
    return at


def _same(form: str, word: str) -> bool:
    return (
        form == word
        or form.rstrip("'e") == word.rstrip("'e")
        or (word in {"de", "à"} and form in {"d'", "du", "des", "au", "aux"} and form[0] == word[0].replace("à", "a"))
    )


def _with_auxiliary(words: Words, group: Group, start: int) -> Group | None:
    forms, grammar = words.forms, words.grammar
    j, steps, subject, been, commas = group.first - 1, 0, None, False, 0
    while j >= start and steps < _REACH:
        form = forms[j]
        features = grammar.perfect_auxiliary(form)
        if form in grammar.options["been"]:
            been = True
        elif features is not None and features.tense != "ppart":
            etre = any(lemma in grammar.options["copula"] for lemma, _ in grammar.auxiliaries[form])
            passive = been or (etre and not group.cue.reflexive)
            if commas == 1 or (commas and not _adverbial(words, j + 1, group.first - 1)):
                return None
            return replace(group, first=j, features=features, subject=subject, passive=passive)
        elif grammar.has(form, "inverted_pronouns"):
            subject = j
        elif form == ",":
            commas += 1
        elif (
            not commas
            and not (length := grammar.ends(forms, j, "group_adverbs"))
            and not grammar.has(form, "negative_words")
        ):
            break
        elif not commas:
            j -= max(length, 1) - 1
        j, steps = j - 1, steps + 1
    before = forms[group.first - 1] if group.first > start else ""
    if (
        before in words.grammar.options["incise_marks"]
        or group.first - 1 in words.marks
        or grammar.has(before, "subject_pronouns")
    ):
        return replace(group, open=True)
    if grammar.has(before, "coordinators") or before == "," or grammar.ends(forms, group.first - 1, "group_adverbs"):
        return replace(group, open=True)
    return None


def _adverbial(words: Words, first: int, last: int) -> bool:
    """Whether the tokens between two commas are an adverbial: « , de son côté, »."""
    inner = [i for i in range(first, last + 1) if words.forms[i] != ","]
    return not inner or len(inner) <= 5


def _with_governor(words: Words, group: Group, start: int) -> Group | None:
    """An infinitive takes the verb that governs it into the group: « veut croire », « tient à rappeler »."""
    forms, grammar = words.forms, words.grammar
    j = group.first - 1
    while j >= start and grammar.has(forms[j], "reflexives", "object_clitics"):
        j -= 1
    link = j >= start and forms[j] in grammar.options["infinitive_links"]
    k = j - 1 if link else j
    if group.features.tense == "inf" and k >= start:
        finite = [features for _, features in grammar.auxiliaries.get(forms[k], ()) if features.finite]
        if finite:
            return replace(group, first=k, features=finite[0])
        if grammar.has(forms[k], "inverted_pronouns") and k > start and forms[k - 1] in grammar.auxiliaries:
            return replace(group, first=k - 1, subject=k, features=grammar.auxiliaries[forms[k - 1]][0][1])
    return replace(group, open=True)


def _is_noun(words: Words, i: int, start: int) -> bool:
    """Whether a form that could be a finite verb is a noun here: « la demande », « sans menace », « une vive critique »."""
    forms, grammar = words.forms, words.grammar
    if i == start:
        return not grammar.has(forms[i + 1] if i + 1 < len(forms) else "", "inverted_pronouns")
    before = forms[i - 1]
    if grammar.has(before, "subject_pronouns", "negations", "reflexives", "subject_relatives"):
        return False
    if grammar.has(before, "object_clitics") and i - 2 >= start:
        return not grammar.has(
            forms[i - 2], "subject_pronouns", "negations", "subject_relatives", "reflexives", "object_clitics"
        )
    return grammar.has(before, "determiners", "prepositions")


def _with_clitics(words: Words, group: Group, start: int, stop: int) -> Group | None:
    forms, grammar = words.forms, words.grammar
    first, last, subject = group.first, group.last, group.subject
    negated = False
    j = first - 1
    reflexive_at = None
    while (
        j >= start
        and grammar.has(forms[j], "object_clitics", "negations", "reflexives")
        and not (
            grammar.has(forms[j], "subject_pronouns")
            and not grammar.has(forms[j - 1] if j > start else "", "subject_pronouns", "negations")
        )
    ):
        if grammar.has(forms[j], "negations"):
            negated, first = True, j
        elif grammar.has(forms[j], "reflexives") and not _is_article(words, j):
            reflexive_at = j
            first = min(first, j)
        j -= 1
    if group.cue.clitics and not set(group.cue.clitics) <= {
        form.replace("'", "'") for form in forms[max(start, first - 3) : group.head]
    } | _elided(forms[max(start, first - 3) : group.head]):
        return None
    if group.cue.reflexive and reflexive_at is None and not (group.open and group.features.tense == "ppart"):
        return None
    at = group.head if group.head == group.first or group.features.tense == "" else group.first
    after = at + 1
    if after <= stop and grammar.has(forms[after], "inverted_pronouns"):
        subject = after
        last = max(last, after)
    if negated and last + 1 <= stop and grammar.has(forms[last + 1], "negative_words"):
        last += 1
    return replace(group, first=first, last=last, subject=subject, negated=negated)


def _elided(forms: list[str]) -> set[str]:
    """The full and the elided spelling of clitics: « se » stands for « s' »."""
    return {form[:-1] + "e" for form in forms if form.endswith("'")} | {
        form[:-1] + "'" for form in forms if form.endswith("e")
    }


def _is_article(words: Words, i: int) -> bool:
    return words.grammar.has(words.forms[i], "articles")
