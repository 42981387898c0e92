"""Where a noun phrase ends: its complements, the names it joins, and its apposition between commas or brackets."""

from __future__ import annotations

from selon.attribution.words import Words

_SHORT = 4
"""Quoted stretches below this length inside a phrase are nicknames and titles: « le journal "Le Monde" »."""
_BRACKET = 12


def phrase_end(words: Words, first: int, stop: int, *, closed: bool = False) -> int:
    """The last token of the noun phrase that begins at ``first``, with its apposition, within ``stop``.

    ``closed``: what follows the phrase is a clause of its own (``Selon X, …``), so an apposition needs a comma too.
    """
    end = _core_end(words, first, stop)
    while end + 1 <= stop and words.forms[end + 1] in {",", "("}:
        if words.forms[end + 1] == "(":
            nxt = _bracket_end(words, end + 2, stop)
        else:
            nxt = _apposition_end(
                words, end + 2, stop, headed=words.capital(first) and not words.has(first, "determiners")
            )
            if closed and nxt is not None and (nxt + 1 > stop or words.forms[nxt + 1] != ","):
                break
        if nxt is None:
            break
        end = nxt
    return end


def participle(words: Words, i: int) -> bool:
    """Whether token ``i`` looks like a participle and no name: « S'adressant », « interrogé », « citée »."""
    if words.capital(i) and words.sentence(i)[0] != i:
        return False
    if words.has(i, "reflexives", "negations"):
        return True
    form = words.forms[i]
    endings = tuple(words.grammar.options["participle_endings"])
    return len(form) > 4 and form.endswith(endings) and not words.has(i, "determiners")


def _core_end(words: Words, first: int, stop: int) -> int:
    """The last token of the phrase without its apposition."""
    named = words.capital(first) and not words.has(first, "determiners")
    end = first
    for i in range(first + 1, stop + 1):
        if _initial_stop(words, i, stop):
            continue
        if i in words.marks and _short_quote(words, i):
            end = i if i in words.closed_by else end
            continue
        if not words.is_word(i) or _leaves(words, i, stop):
            break
        if words.among(i, "of"):
            continue
        if not words.determined(i) and (_turns(words, i, named=named) or (named and _after_name(words, i))):
            break
        end = i
    return end


def _initial_stop(words: Words, i: int, stop: int) -> bool:
    """The full stop of an initial or a short title: « M. », « J. »."""
    return words.forms[i] == "." and len(words.forms[i - 1]) <= 3 and words.capital(i - 1) and i < stop


def _leaves(words: Words, i: int, stop: int) -> bool:
    """Whether a relative, a pronoun or a conjunction that joins no names ends the phrase before ``i``."""
    if words.has(i, "relative_pronouns", "complementisers", "subject_pronouns", "inverted_pronouns", "negations"):
        return True
    return words.has(i, "coordinators") and not _joins_names(words, i, stop)


def _turns(words: Words, i: int, *, named: bool) -> bool:
    """Whether a date, an adverbial or the verb begins at ``i``."""
    if words.starts(i, "time_words"):
        return True
    if words.starts(i, "prepositions") and not _inner_preposition(words, i, named=named):
        return not words.starts(i, "title_tails")
    return words.is_verb(i)


def _after_name(words: Words, i: int) -> bool:
    """Whether a lower-case word after a bare name is no part of it: « Jean Dupont également », « Reuters citée »."""
    if words.capital(i) or words.has(i, "coordinators", "prepositions", "determiners"):
        return False
    if words.starts(i, "group_adverbs") or participle(words, i):
        return True
    return words.capital(i - 1) and not words.has(i - 1, "determiners")


def _short_quote(words: Words, i: int) -> bool:
    quoted = words.opened_by.get(i) or words.closed_by.get(i)
    return quoted is not None and i in words.partners and quoted.last - quoted.first < _SHORT


def _joins_names(words: Words, i: int, stop: int) -> bool:
    nxt = i + 1
    if not words.among(i, "joiners") or nxt > stop:
        return False
    if words.capital(nxt) or words.has(nxt, "articles", "possessives"):
        return True
    return not words.finite(nxt) and not words.has(nxt, "subject_pronouns", "prepositions", "negations")


def _inner_preposition(words: Words, i: int, *, named: bool) -> bool:
    """« le délégué aux Transports », « l'ambassadeur en France »: kept inside a described phrase before a capital."""
    if named:
        return False
    if words.among(i, "by") and participle(words, i - 1):
        return True
    j = i + words.starts(i, "prepositions")
    if j < len(words) and words.has(j, "articles"):
        j += 1
    return j < len(words) and words.capital(j) and words.among(i, "inner")


def _bracket_end(words: Words, first: int, stop: int) -> int | None:
    return next((i for i in range(first, min(stop, first + _BRACKET) + 1) if words.forms[i] == ")"), None)


def _apposition_end(words: Words, first: int, stop: int, *, headed: bool) -> int | None:
    """The last token of the apposition that begins at ``first``, or None when something else begins there.

    ``headed``: the phrase is itself a bare name, which a second name cannot explain.
    """
    if first > stop or not words.is_word(first) or _no_apposition(words, first):
        return None
    if headed and words.capital(first) and not words.has(first, "determiners"):
        return None
    if words.finite(first):
        return None
    end = _core_end(words, first, stop)
    behind = end + 1
    while behind <= stop and words.has(behind, "object_clitics", "negations", "reflexives", "group_adverbs"):
        behind += 1
    holds_verb = any(words.finite(i) and not words.determined(i, first) for i in range(first, min(behind, stop) + 1))
    return None if holds_verb else end


def _no_apposition(words: Words, i: int) -> bool:
    """Whether what begins at ``i`` is a clause or an adverbial."""
    if words.has(i, "relative_pronouns", "complementisers", "subject_pronouns", "coordinators", "negations"):
        return True
    if words.starts(i, "time_words") or words.starts(i, "opening_adverbials") or participle(words, i):
        return True
    return bool(words.starts(i, "prepositions")) and not words.among(i, "of") and not words.has(i, "articles")
