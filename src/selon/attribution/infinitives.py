"""Reported infinitives: ``promet de venir``, ``affirme vouloir``, ``demande à Y de partir``."""

from __future__ import annotations

from selon.attribution.draft import Draft, trim
from selon.attribution.governor import Governor, parenthesis
from selon.attribution.words import Words

_REACH = 18
"""How many tokens, an addressee and a date among them, may stand between verb and infinitive."""


def infinitive_clause(verb: Governor) -> Draft | None:
    """The infinitive that the verb governs, with or without its preposition."""
    words, group = verb.words, verb.group
    if group.has("inf"):
        at = verb.past_adverbs(group.last + 1)
        if infinitive_behind(words, at, verb.stop, marks=True):
            return verb.draft(trim(words, at, verb.clauses.end(at)), "infinitive", 0.75)
    links = _links(verb)
    if not links:
        return None
    resume = 0
    for j in range(group.last + 1, min(verb.stop, group.last + 1 + _REACH) + 1):
        if j < resume:
            continue
        resume = _past_aside(words, j, verb.stop)
        linked = words.forms[j] in links and j + 1 <= verb.stop
        if linked and infinitive_behind(words, verb.past_adverbs(j + 1), verb.stop, marks=True):
            return verb.draft(trim(words, j + 1, verb.clauses.end(j + 1)), "infinitive", 0.75)
        if _parts(verb, j, links):
            return None
    return None


def infinitive_behind(words: Words, i: int, stop: int, *, marks: bool = False) -> bool:
    """Whether an infinitive stands at ``i``, clitics and negation (and with ``marks`` quotation marks) passed over."""
    while i <= stop and (
        words.has(i, "object_clitics", "reflexives", "negations", "negative_words") or (marks and i in words.marks)
    ):
        i += 1
    return i <= stop and infinitive(words, i)


def infinitive(words: Words, i: int) -> bool:
    """Whether a token looks like an infinitive: a known one, or a lower-case word with its ending or its mark."""
    form, options = words.forms[i], words.grammar.options
    if words.grammar.infinitive(form):
        return True
    if form.endswith(tuple(options["infinitive_endings"])) and len(form) > 3:
        return not words.capital(i) and not words.has(i - 1, "articles", "possessives")
    marked = words.among(i - 1, "infinitive_marks")
    return marked and words.is_word(i) and form not in words.grammar.closed and not words.capital(i)


def _links(verb: Governor) -> frozenset[str]:
    """What may stand before the infinitive of this verb."""
    options = verb.words.grammar.options
    links: frozenset[str] = frozenset()
    if verb.group.has("de_inf", "y_de_inf"):
        links |= options["de_inf"]
    if verb.group.has("a_inf", "y_a_inf", "y_a"):
        links |= options["a_inf"]
    return links


def _past_aside(words: Words, j: int, stop: int) -> int:
    """Where reading goes on behind a pronoun between commas: « refuse, elle, d'enterrer »; ``j`` when there is none."""
    aside = j + 2 <= stop and words.forms[j] == "," == words.forms[j + 2]
    return j + 2 if aside and words.has(j + 1, "strong_pronouns", "subject_pronouns") else j


def _parts(verb: Governor, j: int, links: frozenset[str]) -> bool:
    """Whether the token at ``j`` parts the verb from any infinitive behind it."""
    words, form = verb.words, verb.words.forms[j]
    if form in {":", ";"} or j in words.marks:
        return True
    if words.has(j, "complementisers", "relative_pronouns", "subject_pronouns"):
        return True
    if form == "," and j + 1 <= verb.stop and not words.has(j + 1, "time_words"):
        return not parenthesis(words, j, verb.stop, links)
    return words.is_verb(j)
