"""Whose words a chosen draft reports, once more: the rules' source beside the network's, and without loose ends."""

from __future__ import annotations

from selon.attribution.draft import Draft, Range
from selon.attribution.network import RULE, Read, Readings
from selon.attribution.subjects import inserted, subject_before
from selon.attribution.words import Words

_SURE = 0.5
"""From this confidence on the network's source is looked at."""


def settled(words: Words, readings: Readings, draft: Draft) -> Draft:
    """The draft with the source that rules and network bear out together; unchanged where an inverted pronoun is it.

    The network's source is taken where the rules have none or one that can hardly be one (it holds a verb, it is no
    noun phrase); where both have the same noun phrase, the name in front of it or behind it comes from the network.
    """
    if draft.pronoun is not None or not draft.cue:
        return draft
    mine = _cleaned(words, draft.source) if draft.source is not None else None
    if draft.rule == RULE and mine is not None:
        mine = _past_inserted(words, draft, mine)
    read = readings.nearest(draft) if draft.rule != RULE else None
    theirs = _source_of(words, draft, read)
    if theirs is not None and theirs != mine:
        mine = _chosen(words, draft, mine, theirs)
    return draft if mine == draft.source else draft._replace(source=mine)


def _past_inserted(words: Words, draft: Draft, source: Range) -> Range:
    """The subject, where the network's source stands in a clause between it and its verb.

    « Les élus, comme l'a dit le maire, mettent en avant »: the elected, not the mayor.
    """
    own = subject_before(words, draft.cue[0][0])
    if own is None or not own[1] < source[0] <= source[1] < draft.cue[0][0]:
        return source
    return own if any(inserted(words, i) for i in range(own[1] + 1, source[0])) else source


def _source_of(words: Words, draft: Draft, read: Read | None) -> Range | None:
    """The network's source for the cue, unless it lies in the draft's own content or cue."""
    if read is None or read.source is None or read.confidence < _SURE:
        return None
    source = _cleaned(words, read.source)
    if source is None or any(first <= source[0] <= last for first, last in (*draft.content, *draft.cue)):
        return None
    return source


def _chosen(words: Words, draft: Draft, mine: Range | None, theirs: Range) -> Range | None:
    if mine is None:
        return None if draft.cue_group is not None and draft.cue_group.passive else theirs
    if theirs[1] < mine[0] or mine[1] < theirs[0]:
        return theirs if _doubtful(words, mine) and _likely(words, theirs) else mine
    if _holds_verb(words, mine):
        return theirs
    taken = [*draft.content, *draft.cue]
    first = theirs[0] if theirs[0] < mine[0] and _named_before(words, theirs[0], mine[0]) else mine[0]
    last = theirs[1] if mine[1] < theirs[1] and _goes_on(words, mine[1] + 1, theirs[1]) else mine[1]
    free = not any(first <= end and begin <= last for begin, end in taken)
    return (first, last) if free else mine


def _cleaned(words: Words, source: Range) -> Range | None:
    """Without conjunctions in front and commas, clitics and pronouns behind (``Les techniciens, eux``).

    What stands behind a verb that opens it (``alleges his supervisor``); None where that is no single noun phrase:
    ``met au défi la douane de parler`` is what somebody does.
    """
    first, last = source
    while first < last and (not words.is_word(first) or words.has(first, "coordinators", "subordinators")):
        first += 1
    while last > first and (
        (not words.is_word(last) and words.forms[last] != ")" and last not in words.closed_by)
        or words.has(last, "relative_pronouns", "negations", "subject_pronouns")
        or (words.has(last, "object_clitics") and not words.has(last, "articles"))
        or (words.forms[last - 1] == "," and words.has(last, "strong_pronouns"))
    ):
        last -= 1
    if words.finite(first) and not words.capital(first) and not words.determined(first):
        return _behind_verb(words, first, last)
    return (first, last) if words.is_word(first) else None


def _behind_verb(words: Words, verb: int, last: int) -> Range | None:
    """The noun phrase that ends at ``last`` when nothing but an object may stand between it and the verb."""
    part = range(verb + 1, last + 1)
    if any(words.starts(i, "prepositions") or words.finite(i) for i in part):
        return None
    return next(((i, last) for i in reversed(part) if words.has(i, "articles", "possessives")), None)


def _doubtful(words: Words, source: Range) -> bool:
    """Whether a stretch can hardly name who speaks, or names nobody where a better one may."""
    if words.has(source[0], "subject_pronouns", "subject_relatives", "demonstrative_pronouns", "strong_pronouns"):
        return False
    return _holds_verb(words, source) or not _name(words, source)


def _likely(words: Words, source: Range) -> bool:
    """Whether a stretch looks like somebody: a noun phrase with a determiner, a name, or a pronoun."""
    first, last = source
    if _holds_verb(words, source) or any(i in words.marks for i in range(first, last + 1)):
        return False
    if first > 0 and words.has(first - 1, "prepositions"):
        return False
    return words.has(first, "determiners", "subject_pronouns", "demonstrative_pronouns") or _name(words, source)


def _holds_verb(words: Words, source: Range) -> bool:
    """Whether a finite verb stands in it outside any relative clause, or opens it."""
    for i in range(source[0], source[1] + 1):
        if words.has(i, "relative_pronouns"):
            return False
        helps = words.forms[i] in words.grammar.auxiliaries and words.has(i - 1, "object_clitics")
        verb = words.finite(i) and (helps or not words.determined(i))
        if verb and (i == source[0] or not words.capital(i)):
            return True
    return False


def _name(words: Words, source: Range) -> bool:
    """Whether it holds a capital that no sentence's beginning explains."""
    start, _ = words.sentence(source[0])
    return any(
        words.capital(i) and (i > start or (i < source[1] and words.capital(i + 1)))
        for i in range(source[0], source[1] + 1)
    )


def _named_before(words: Words, first: int, stop: int) -> bool:
    """Whether ``first .. stop - 1`` is a name or a description with a comma: « Rose Picard, infirmière »."""
    part = range(first, stop)
    if words.starts(first, "prepositions") or (first > 0 and words.has(first - 1, "prepositions")):
        return False
    if words.forms[stop - 1] != "," or any(i in words.marks or words.dash(i) for i in part):
        return False
    return words.capital(first) or words.has(first, "determiners")


def _goes_on(words: Words, first: int, last: int) -> bool:
    """Whether the noun phrase goes on with its name or its own complement: « sa rédactrice en chef, Solange Weber »."""
    part = range(first, last + 1)
    if any(i in words.marks or words.has(i, "relative_pronouns") for i in part):
        return False
    if words.is_verb(last) or words.is_verb(first):
        return False
    if words.among(first, "inner"):
        part = range(next((i for i in part if words.forms[i] == ","), last + 1), last + 1)
    elif words.forms[first] not in {",", "("}:
        return False
    return any(words.capital(i) for i in part)
