"""What a reporting verb takes as its object: quoted words, a noun phrase, a judgment about somebody, an adjective."""

from __future__ import annotations

from selon.attribution.draft import Draft, quoted_within, trim
from selon.attribution.governor import Governor
from selon.attribution.infinitives import infinitive_behind
from selon.attribution.words import Words

_QUOTE = 8
"""How many tokens may stand between a verb and the quoted words that are its object."""
_ABOUT = 24
"""How many tokens may stand between a verb and « de » or « comme »: whom it is about."""


def quoted_object(verb: Governor) -> Draft | None:
    """A quoted phrase in the place of the object: « dénonce « une mascarade » », « parle de « … » »."""
    words, start = verb.words, verb.group.last + 1
    for i in range(start, min(start + _QUOTE - 1, verb.stop) + 1):
        if i in words.marks:
            quoted = words.opened_by.get(i)
            if quoted is None:
                return None
            end = max(quoted.last, verb.clauses.end(start, nominal=True)) if quoted.last <= verb.stop else quoted.last
            determined = words.has(start, "determiners") and not words.among(start, "of")
            return verb.draft(trim(words, start if determined else i, end), "object in marks", 0.8)
        if not words.is_word(i):
            return None
        if words.has(i, "complementisers", "relative_pronouns", "subject_pronouns", "coordinators"):
            return None
    return None


def about_somebody(verb: Governor) -> Draft | None:
    """« accuse Y de Z », « décrit Y comme Z »: the content is ``Y de Z``, or Z when Y stands before the verb."""
    words, group, first = verb.words, verb.group, verb.group.last + 1
    links = _links(verb)
    if not links:
        return None
    before = group.passive or words.has(group.first, "object_clitics")
    for i in range(first, min(verb.stop, first + _ABOUT, len(words) - 2) + 1):
        if words.forms[i] in links:
            if i == first and not before:
                content = trim(words, i + 1, verb.clauses.end(i + 1)) if i < verb.stop else None
                return verb.draft(content, "about somebody", 0.7)
            unquoted = group.has("y_de_quoted") and (i == verb.stop or i + 1 not in words.marks)
            if not unquoted and not (i - first == 1 and words.has(first, "determiners")):
                return verb.draft(trim(words, first, verb.clauses.end(i + 1)), "about somebody", 0.75)
        elif words.forms[i] in {";", ":"} or words.has(i, "complementisers", "relative_pronouns"):
            return None
    return None


def adjective(verb: Governor) -> Draft | None:
    """« se dit satisfait »: only the reflexive form is sure."""
    words, i = verb.words, verb.group.last + 1
    if not (verb.group.has("adj") and verb.group.cue.reflexive) or i > verb.stop:
        return None
    if not words.is_word(i) or words.has(i, "prepositions", "coordinators"):
        return None
    return verb.draft(trim(words, i, verb.clauses.end(i)), "adjective", 0.75)


def nominal_object(verb: Governor) -> Draft | None:
    """A noun phrase that carries the position: « exige sa démission », « a nié, avec émotion, les allégations »."""
    words, group, stop = verb.words, verb.group, verb.stop
    i = _past_parenthesis(words, verb.past_adverbs(group.last + 1), stop)
    if i <= stop and words.among(i, "object_links") and not words.among(i, "partitives"):
        i += 1
    if i > stop or not _opens_object(words, i):
        return None
    if verb.sources.before(group) is None and group.subject is None and not group.passive:
        return None
    content = trim(words, i, verb.clauses.end(i, nominal=True))
    marked = content is not None and bool(quoted_within(words, *content))
    return verb.draft(content, "object", 0.7 if marked else 0.55, nominal=not marked)


def linked_object(verb: Governor) -> Draft | None:
    """A nominal content that keeps its preposition: « appelle au calme », « invite à la patience »."""
    words = verb.words
    i = verb.past_adverbs(verb.group.last + 1)
    if i >= verb.stop or not words.among(i, "object_links") or words.among(i, "partitives"):
        return None
    if infinitive_behind(words, i + 1, verb.stop):
        return None
    content = trim(words, i, verb.clauses.end(i, nominal=True))
    marked = content is not None and bool(quoted_within(words, *content))
    return verb.draft(content, "object with preposition", 0.4, nominal=not marked)


def _links(verb: Governor) -> frozenset[str]:
    """What may part whom the verb is about from what it says of them."""
    options = verb.words.grammar.options
    links: frozenset[str] = frozenset()
    if verb.group.has("y_de", "y_de_quoted"):
        links |= options["about_de"]
    if verb.group.has("y_comme"):
        links |= options["about_comme"]
    return links


def _opens_object(words: Words, i: int) -> bool:
    form = words.forms[i]
    if words.has(i, "complementisers"):
        return False
    return words.has(i, "determiners") or words.capital(i) or form[0].isdigit() or "-" in form


def _past_parenthesis(words: Words, i: int, stop: int) -> int:
    """Past what stands between commas behind the verb, or a prepositional phrase: « , avec émotion, », « à l'État »."""
    if i > stop:
        return i
    if words.forms[i] == ",":
        return next((k + 1 for k in range(i + 1, min(i + 8, stop) + 1) if words.forms[k] == ","), i)
    if words.starts(i, "prepositions") and not words.among(i, "of"):
        behind = (k for k in range(i + 2, min(i + 8, stop) + 1) if words.has(k, "articles", "possessives"))
        return next((k for k in behind if not words.has(k - 1, "prepositions")), i)
    return i
