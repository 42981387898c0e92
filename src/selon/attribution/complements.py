"""Reported clauses behind their verb: after ``que``, after a colon, or bare as machine translation leaves them."""

from __future__ import annotations

from selon.attribution.draft import Draft, trim
from selon.attribution.governor import Governor, parenthesis

_GAP = 16
"""How many tokens may stand between cue and complementiser: « a déclaré mardi aux journalistes que »."""
_COLON = 40
_COLON_CLAUSE = 25
"""How far behind its verb a colon may stand, before marks and before a clause without marks."""
_BARE = 14
"""Within how many tokens a clause without complementiser must show its verb."""


def that_clause(verb: Governor) -> Draft | None:
    """« a dit que la loi passera »."""
    at = _complementiser(verb)
    if at is None:
        return None
    return verb.draft(trim(verb.words, at, verb.clauses.end(at)), "que", 0.85)


def quote_after_colon(verb: Governor) -> Draft | None:
    """« a déclaré mardi : « La loi passera » »; the source may stand between verb and colon."""
    words, group = verb.words, verb.group
    at = _colon_before_marks(verb)
    quoted = words.opened_by.get(at + 1) if at is not None else None
    if at is None or quoted is None or _nearer_cue(verb, at):
        return None
    draft = verb.draft(trim(words, quoted.first, quoted.last), "colon", 0.9)
    if draft is not None and draft.source is None and group.subject is None:
        after = verb.sources.after(group)
        return draft if after is None else draft._replace(source=after, confidence=0.9)
    return draft


def clause_after_colon(verb: Governor) -> Draft | None:
    """Reported words after a colon, without marks: « n'en démord pas : la balise était muette »."""
    words, group = verb.words, verb.group
    _, stop = words.sentence(group.last)
    for i in range(group.last + 1, min(stop - 1, group.last + _COLON_CLAUSE) + 1):
        other = verb.clauses.groups.get(i)
        if i in words.marks or (other is not None and other.features.finite):
            return None
        if words.forms[i] == ":":
            if i + 1 in words.marks:
                return None
            return verb.draft(trim(words, i + 1, verb.stop), "colon and clause", 0.5)
    return None


def bare_clause(verb: Governor) -> Draft | None:
    """A clause without its complementiser: « a dit aucune irrégularité n'avait été rapportée »."""
    words, stop = verb.words, verb.stop
    i = verb.past_adverbs(verb.group.last + 1)
    if i >= stop or not words.is_word(i) or words.has(i, "complementisers", "relative_pronouns"):
        return None
    if words.has(i, "prepositions") and not words.has(i, "determiners"):
        return None
    for k in range(i + 1, min(stop, i + _BARE) + 1):
        if words.has(k, "relative_pronouns", "complementisers", "subordinators") or not words.is_word(k):
            return None
        if words.is_verb(k):
            return verb.draft(trim(words, i, verb.clauses.end(i)), "clause without complementiser", 0.3)
    return None


def _complementiser(verb: Governor) -> int | None:
    """The first token of the content after ``que`` (``si``), looking past dates, addressees and adverbs."""
    words, last = verb.words, verb.group.last
    nearest = verb.past_adverbs(last + 1)
    for i in range(last + 1, min(verb.stop, last + _GAP) + 1):
        if words.has(i, "complementisers"):
            return i + 1 if i + 1 <= verb.stop and not words.has(i - 1, "comparatives") else None
        if verb.group.has("si") and words.has(i, "question_words") and (i == nearest or words.among(i, "whether")):
            return i
        if _parts(verb, i):
            return None
    return None


def _parts(verb: Governor, i: int) -> bool:
    """Whether the token at ``i`` parts the verb from any ``que`` behind it."""
    words = verb.words
    if i in words.marks or words.forms[i] in {";", ":"}:
        return True
    if words.forms[i] == ",":
        return not parenthesis(words, i, verb.stop, words.grammar.classes["complementisers"])
    if words.has(i, "relative_pronouns", "subordinators") and not words.has(i, "prepositions"):
        return True
    return words.is_verb(i)


def _colon_before_marks(verb: Governor) -> int | None:
    """The next colon, no marks between; an infinitive that stands alone reaches less far."""
    words, last = verb.words, verb.group.last
    reach = 3 if verb.group.open and verb.group.features.tense == "inf" else _COLON
    for i in range(last + 1, min(len(words) - 1, verb.stop + 1, last + reach) + 1):
        if words.forms[i] == ":":
            return i
        if i in words.marks:
            return None
    return None


def _nearer_cue(verb: Governor, colon: int) -> bool:
    """Whether another verb of saying stands between this one and the colon."""
    between = (verb.clauses.groups.get(k) for k in range(verb.group.last + 1, colon))
    return any(other is not None and other.has("direct", "que") and other.features.tense != "inf" for other in between)
