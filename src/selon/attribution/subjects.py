"""The noun phrase that names who speaks: to the left of a verb, to its right, or after ``selon``."""

from __future__ import annotations

from dataclasses import dataclass

from selon.attribution.words import Words

_HARD = frozenset(";:?!…—–")


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens ``first..last`` between two commas."""

    first: int
    last: int


def subject_before(words: Words, at: int, person: int = 0) -> tuple[int, int] | None:
    """The subject that ends before token ``at`` (the first of a verb group): first and last token, or None.

    A pronoun or a relative stands alone; a noun phrase comes with its apposition (``le secrétaire général, Jens Stoltenberg,``) and
    without the adverbials that open the sentence. ``person`` 3 says that ``nous`` and ``vous`` can only be objects (``nous disait``).
    """
    start, _ = words.sentence(at)
    j = _skip_left(words, at - 1, start, person)
    if j < start:
        return None
    form = words.forms[j]
    if words.grammar.has(form, "subject_pronouns", "subject_relatives", "demonstrative_pronouns"):
        return (j, j)
    if not words.is_word(j) and words.forms[j] not in {",", ")"}:
        return None
    return _phrase_before(words, j, start)


def subject_after(words: Words, at: int, stop: int) -> tuple[int, int] | None:
    """The subject that begins after token ``at - 1`` (``a déclaré mardi le ministre``): first and last token, or None."""
    i = _skip_right(words, at, stop)
    if i > stop or not _opens_phrase(words, i):
        return None
    return (i, phrase_end(words, i, stop))


def phrase_end(words: Words, first: int, stop: int, *, closed: bool = False) -> int:
    """The last token of the noun phrase that begins at ``first``, with its apposition, within ``stop``.

    ``closed``: what follows the phrase is a clause of its own (``Selon X, …``), so an apposition needs a comma behind it too.
    """
    end = _core_end(words, first, stop)
    while end + 1 <= stop and words.forms[end + 1] in {",", "("}:
        nxt = _apposition_end(
            words, end + 2, stop, named=_has_name(words, first, end), bracket=words.forms[end + 1] == "("
        )
        if nxt is None or (closed and words.forms[end + 1] == "," and (nxt + 1 > stop or words.forms[nxt + 1] != ",")):
            break
        end = nxt
    return end


def _skip_left(words: Words, j: int, start: int, person: int = 0) -> int:
    """Past clitics, negation, adverbs and short adverbials between commas, leftwards."""
    forms, grammar = words.forms, words.grammar
    while j >= start:
        if grammar.has(forms[j], "negations", "reflexives", "object_clitics") and (
            (person == 3 and not grammar.has(forms[j], "third_persons")) or not _stands_as_subject(words, j, start)
        ):
            j -= 1
        elif length := grammar.ends(forms, j, "group_adverbs"):
            j -= length
        elif forms[j] == "," and j - 1 >= start and (length := _adverbial_before(words, j - 1, start)):
            j -= length + 1
            if j >= start and forms[j] == ",":
                j -= 1
        else:
            return j
    return j


def _stands_as_subject(words: Words, j: int, start: int) -> bool:
    """``nous`` and ``vous`` are subjects unless another subject stands before them."""
    return words.grammar.has(words.forms[j], "subject_pronouns") and not (
        j > start and words.grammar.has(words.forms[j - 1], "subject_pronouns", "subject_relatives", "negations")
    )


def _adverbial_before(words: Words, j: int, start: int) -> int:
    """Length of the adverbial that ends at ``j`` and begins after a comma: « X, de son côté, a dit »."""
    for name in ("group_adverbs", "time_words", "opening_adverbials"):
        length = words.grammar.ends(words.forms, j, name)
        if length and j - length >= start and words.forms[j - length] == ",":
            return length
    return 0


def _phrase_before(words: Words, j: int, start: int) -> tuple[int, int] | None:
    segments = _segments(words, j, start)
    if not segments:
        return None
    if words.forms[j] == ",":
        last = _drop_trailing(words, segments)
        if last < 0:
            return None
        first = last
        if first + 1 < len(segments) and _appositive(words, segments[first]) and _nominal(words, segments[first + 1]):
            first += 1
        end = segments[last].last
    else:
        first, end = 0, j
        if (
            len(segments) > 1
            and _all_names(words, segments[0])
            and words.grammar.has(words.forms[segments[1].first], "determiners")
            and segments[1].last - segments[1].first < 12
            and not any(
                words.grammar.finite(words.forms[i]) and not words.capital(i)
                for i in range(segments[1].first + 2, segments[1].last + 1)
            )
        ):
            first = 1
    begin = _trim_opening(words, segments[first].first, end)
    return (begin, end) if begin is not None and begin <= end else None


def _segments(words: Words, j: int, start: int) -> list[Segment]:
    """The comma-separated stretches from ``j`` leftwards to the start of the clause, nearest first."""
    forms, grammar = words.forms, words.grammar
    found: list[Segment] = []
    last = j - 1 if forms[j] == "," else j
    i = last
    depth = 0
    while i >= start:
        form = forms[i]
        if form == ")":
            depth += 1
        elif form == "(":
            depth = max(0, depth - 1)
        elif depth:
            pass
        elif form == ",":
            if i < last:
                found.append(Segment(i + 1, last))
            last = i - 1
        elif form in _HARD or i in words.marks or words.dash(i) or form == "." or _breaks_clause(words, i, start):
            break
        i -= 1
    if i < last:
        found.append(Segment(i + 1, last))
    return found


def _breaks_clause(words: Words, i: int, start: int) -> bool:
    """A conjunction, or a finite verb that is not the verb of a relative clause inside the subject."""
    forms, grammar = words.forms, words.grammar
    form = forms[i]
    if grammar.has(form, "complementisers", "coordinators") and form not in grammar.options["joiners"]:
        return True
    if form in grammar.options["joiners"]:
        return any(
            grammar.finite(forms[k]) and not _after_determiner(words, k, start) for k in range(max(start, i - 4), i)
        )
    if grammar.has(form, "subordinators") and not grammar.has(form, "prepositions"):
        return True
    return False


def _after_determiner(words: Words, k: int, start: int) -> bool:
    return k > start and words.grammar.has(words.forms[k - 1], "determiners", "prepositions")


def _drop_trailing(words: Words, segments: list[Segment]) -> int:
    """The index of the nearest segment that belongs to the subject: relatives and adverbials before the verb are passed over."""
    for index, segment in enumerate(segments):
        form = words.forms[segment.first]
        if words.grammar.has(form, "relative_pronouns") or _adverbial_segment(words, segment):
            continue
        return index
    return -1


def _adverbial_segment(words: Words, segment: Segment) -> bool:
    forms, grammar = words.forms, words.grammar
    form = forms[segment.first]
    if grammar.starts(forms, segment.first, "opening_adverbials") or grammar.starts(forms, segment.first, "time_words"):
        return True
    if grammar.has(form, "articles") and not words.capital(segment.first):
        return False
    if form in grammar.options["of"]:
        return False
    return bool(grammar.starts(forms, segment.first, "prepositions")) or _participle(words, segment.first)


def _participle(words: Words, i: int) -> bool:
    """A form that ends like a participle and is no name: « S'adressant », « interrogé », « citée »."""
    form = words.forms[i]
    at_start = words.sentence(i)[0] == i
    if words.capital(i) and not at_start:
        return False
    if words.grammar.has(form, "reflexives", "negations"):
        return True
    endings = words.grammar.options["participle_endings"]
    return len(form) > 4 and form.endswith(tuple(endings)) and not words.grammar.has(form, "determiners")


def _appositive(words: Words, segment: Segment) -> bool:
    return segment.last - segment.first < 14 and not words.grammar.has(words.forms[segment.first], "subject_pronouns")


def _nominal(words: Words, segment: Segment) -> bool:
    form = words.forms[segment.first]
    if _adverbial_segment(words, segment):
        return False
    return words.grammar.has(form, "determiners") or words.capital(segment.first)


def _all_names(words: Words, segment: Segment) -> bool:
    return all(
        words.capital(i) or words.forms[i] in words.grammar.options["of"]
        for i in range(segment.first, segment.last + 1)
    )


def _has_name(words: Words, first: int, last: int) -> bool:
    sentence_start = words.sentence(first)[0]
    return any(words.capital(i) and i != sentence_start for i in range(first, last + 1))


def _trim_opening(words: Words, begin: int, end: int) -> int | None:
    """Past conjunctions, adverbials and dates that open the stretch: « Mais le maire », « Mardi le ministre »."""
    forms, grammar = words.forms, words.grammar
    moved = True
    while moved and begin <= end:
        moved = False
        if grammar.has(forms[begin], "coordinators"):
            begin, moved = begin + 1, True
            continue
        length = max(
            grammar.starts(forms, begin, "opening_adverbials"),
            grammar.starts(forms, begin, "time_words"),
            grammar.starts(forms, begin, "group_adverbs"),
        )
        if length and begin + length <= end:
            begin, moved = begin + length, True
        elif (
            grammar.starts(forms, begin, "prepositions")
            and not grammar.has(forms[begin], "articles")
            and forms[begin] not in grammar.options["of"]
        ):
            return _after_adverbial(words, begin, end)
    return begin


def _after_adverbial(words: Words, begin: int, end: int) -> int | None:
    """« À Paris le maire », « Dans un discours Poutine »: the last determiner or name that can open a phrase of its own."""
    for i in range(end, begin, -1):
        before = words.forms[i - 1]
        if words.grammar.has(before, "prepositions", "determiners"):
            continue
        if words.grammar.has(words.forms[i], "articles", "possessives", "demonstratives"):
            return i
        if words.capital(i) and not words.capital(i - 1):
            return i
    return None


def _skip_right(words: Words, i: int, stop: int) -> int:
    """Past dates, adverbs and ``à Reuters``, ``lors d'un point de presse`` between a cue and its subject."""
    forms, grammar = words.forms, words.grammar
    while i <= stop:
        length = max(grammar.starts(forms, i, "time_words"), grammar.starts(forms, i, "group_adverbs"))
        if length:
            i += length
        elif (
            grammar.starts(forms, i, "prepositions")
            and not grammar.has(forms[i], "articles")
            and (end := _prepositional_end(words, i, stop))
        ):
            i = end + 1
        else:
            return i
    return i


def _prepositional_end(words: Words, i: int, stop: int) -> int | None:
    """The end of a short prepositional phrase, if a noun phrase can begin after it."""
    j = i + words.grammar.starts(words.forms, i, "prepositions")
    while j <= stop and j - i < 9:
        if (
            j > i + 1
            and words.capital(j)
            and not words.capital(j - 1)
            and not words.grammar.has(words.forms[j - 1], "determiners", "prepositions")
        ):
            return j - 1
        if (
            j > i + 1
            and words.grammar.has(words.forms[j], "articles", "possessives")
            and not words.grammar.starts(words.forms, j - 1, "prepositions")
            and not words.grammar.has(words.forms[j - 1], "determiners")
        ):
            return j - 1
        if not words.is_word(j):
            return None
        j += 1
    return None


def _opens_phrase(words: Words, i: int) -> bool:
    form = words.forms[i]
    if words.grammar.has(form, "complementisers", "subject_pronouns", "relative_pronouns"):
        return words.grammar.has(form, "indefinite_pronouns", "demonstrative_pronouns")
    if i in words.marks or not words.is_word(i):
        return False
    return (
        words.grammar.has(form, "determiners", "demonstrative_pronouns", "indefinite_pronouns")
        or words.capital(i)
        or _bare_noun(words, i)
    )


def _bare_noun(words: Words, i: int) -> bool:
    """« raconte un témoin » needs no article in « , explique-t-on », but « , précise MM. »: only capitals count without one."""
    return words.grammar.has(words.forms[i], "strong_pronouns")


def _core_end(words: Words, first: int, stop: int) -> int:
    forms, grammar = words.forms, words.grammar
    named = words.capital(first) and not grammar.has(forms[first], "determiners")
    end = first
    for i in range(first + 1, stop + 1):
        form = forms[i]
        if form == "." and len(forms[i - 1]) <= 3 and words.capital(i - 1) and i < stop:
            continue
        if not words.is_word(i):
            if i in words.marks and _short_quote(words, i):
                continue
            break
        if grammar.has(
            form, "relative_pronouns", "complementisers", "subject_pronouns", "inverted_pronouns", "negations"
        ):
            break
        if grammar.has(form, "coordinators") and not _joins_names(words, i, stop):
            break
        if form in grammar.options["of"] or grammar.has(forms[i - 1], "determiners", "prepositions"):
            end = i if form not in grammar.options["of"] else end
            continue
        if grammar.starts(forms, i, "time_words") or (
            grammar.starts(forms, i, "prepositions") and not _inner_preposition(words, i, named)
        ):
            break
        if grammar.finite(form) and not _after_determiner(words, i, first) and not words.capital(i):
            break
        if named and not words.capital(i) and not grammar.has(form, "coordinators", "prepositions", "determiners"):
            if grammar.starts(forms, i, "group_adverbs") or _participle(words, i):
                break
            if words.capital(i - 1) and not grammar.has(forms[i - 1], "determiners"):
                break
        end = i
    return end


def _short_quote(words: Words, i: int) -> bool:
    """A mark around a nickname or a title inside the phrase: « le journal "Le Monde" »."""
    return any(
        quoted.opening is not None
        and quoted.closing is not None
        and i in (quoted.opening, quoted.closing)
        and quoted.last - quoted.first < 4
        for quoted in words.quoted
    )


def _joins_names(words: Words, i: int, stop: int) -> bool:
    if words.forms[i] not in words.grammar.options["joiners"] or i + 1 > stop:
        return False
    nxt = i + 1
    return (
        words.capital(nxt)
        or words.grammar.has(words.forms[nxt], "articles", "possessives")
        or (
            not words.grammar.finite(words.forms[nxt])
            and not words.grammar.has(words.forms[nxt], "subject_pronouns", "prepositions", "negations")
        )
    )


def _inner_preposition(words: Words, i: int, named: bool) -> bool:
    """« le délégué aux Transports », « l'ambassadeur en France »: kept inside a described phrase before a capital."""
    if named:
        return False
    length = words.grammar.starts(words.forms, i, "prepositions")
    j = i + length
    if j < len(words) and words.grammar.has(words.forms[j], "articles"):
        j += 1
    return j < len(words) and words.capital(j) and words.forms[i] in words.grammar.options["inner"]


def _apposition_end(words: Words, first: int, stop: int, *, named: bool, bracket: bool) -> int | None:
    forms, grammar = words.forms, words.grammar
    if bracket:
        for i in range(first, min(stop, first + 12) + 1):
            if forms[i] == ")":
                return i
        return None
    if first > stop or not words.is_word(first):
        return None
    form = forms[first]
    if grammar.has(form, "relative_pronouns", "complementisers", "subject_pronouns", "coordinators", "negations"):
        return None
    if (
        grammar.starts(forms, first, "time_words")
        or grammar.starts(forms, first, "opening_adverbials")
        or _participle(words, first)
    ):
        return None
    if (
        grammar.starts(forms, first, "prepositions")
        and form not in grammar.options["of"]
        and not grammar.has(form, "articles")
    ):
        return None
    if named and words.capital(first) and not grammar.has(form, "determiners"):
        return None
    if form in grammar.verbs and not named:
        return None
    end = _core_end(words, first, stop)
    if any(
        grammar.finite(forms[i]) and not _after_determiner(words, i, first)
        for i in range(first, min(end + 2, stop) + 1)
    ):
        return None
    return end
