"""Speech governed by its verb: ``dit que``, ``promet de``, ``affirme vouloir``, ``exige sa démission``, ``accuse Y de``."""

from __future__ import annotations

from collections.abc import Iterator

from selon.attribution.clauses import Clauses
from selon.attribution.draft import Draft, Range, quoted_within, trim
from selon.attribution.groups import Group
from selon.attribution.sources import Sources
from selon.attribution.phrases import phrase_end
from selon.attribution.words import Words

_GAP = 16
"""How many tokens may stand between cue and complementiser: « a déclaré mardi aux journalistes que »."""


def governed(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Iterator[Draft]:
    """Every draft in which the group governs its content; which of them holds is decided later."""
    for frame in (
        _that_clause,
        _after_colon,
        _colon_clause,
        _plain_quote,
        _infinitive,
        _about_person,
        _adjective,
        _nominal,
        _bare_clause,
    ):
        draft = frame(words, group, sources, clauses)
        if draft is not None:
            yield draft


def _made(
    words: Words,
    group: Group,
    sources: Sources,
    content: Range | None,
    rule: str,
    confidence: float,
    *,
    nominal: bool = False,
) -> Draft | None:
    if content is None:
        return None
    source = sources.before(group) if group.subject is None else None
    if group.passive:
        agent = _agent(words, group, content)
        if agent is None and rule not in {"infinitive", "about somebody", "que"}:
            return None
        source = agent
    if source is None and group.subject is None:
        confidence -= 0.15
    return Draft((content,), ((group.first, group.last),), source, rule, confidence, group, group.subject, nominal)


def _agent(words: Words, group: Group, content: Range) -> Range | None:
    """Who does it in a passive: the phrase after « par », behind the group or behind the content."""
    _, stop = words.sentence(group.last)
    for i in range(group.last + 1, min(stop - 1, group.last + 14) + 1):
        if words.forms[i] in words.grammar.options["by"]:
            return (i + 1, phrase_end(words, i + 1, stop))
    return None


def _limit(words: Words, group: Group) -> int:
    _, stop = words.sentence(group.last)
    outer = words.quoted_of[group.head]
    return min(stop, outer.last) if outer is not None else stop


def _that_clause(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    stop = _limit(words, group)
    at = _complementiser(words, group, stop)
    if at is None:
        return None
    return _made(words, group, sources, trim(words, at, clauses.end(at)), "que", 0.85)


def _complementiser(words: Words, group: Group, stop: int) -> int | None:
    """The first token of the content after ``que`` (``si``), looking past dates, addressees and adverbs."""
    forms, grammar = words.forms, words.grammar
    question = group.has("si")
    for i in range(group.last + 1, min(stop, group.last + _GAP) + 1):
        form = forms[i]
        if grammar.has(form, "complementisers"):
            if i + 1 <= stop and forms[i - 1] not in grammar.classes.get("comparatives", ()):
                return i + 1
            return None
        if (
            question
            and grammar.has(form, "question_words")
            and not grammar.has(form, "complementisers")
            and (i == group.last + 1 or form in grammar.options["whether"])
        ):
            return i
        if i in words.marks or (form in {";", ":", ","} and not _parenthesis(words, i, stop)):
            return None
        if grammar.has(form, "relative_pronouns", "subordinators") and not grammar.has(form, "prepositions"):
            return None
        if (
            grammar.finite(form)
            and not grammar.has(forms[i - 1], "determiners", "prepositions")
            and not words.capital(i)
        ):
            return None
    return None


def _parenthesis(words: Words, i: int, stop: int) -> bool:
    """A comma that opens or closes a short parenthesis before ``que``: « a affirmé, mardi, que »."""
    forms, grammar = words.forms, words.grammar
    if words.forms[i] != ",":
        return False
    if i + 1 <= stop and grammar.has(forms[i + 1], "complementisers"):
        return True
    return any(
        forms[k] == "," and k + 1 <= stop and grammar.has(forms[k + 1], "complementisers")
        for k in range(i + 1, min(i + 9, stop) + 1)
    )


def _after_colon(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    stop = _limit(words, group)
    reach = 3 if group.open and group.features.tense == "inf" else 40
    for i in range(group.last + 1, min(len(words) - 1, stop + 1, group.last + reach) + 1):
        if words.forms[i] == ":":
            following = next((q for q in words.quoted if q.opening == i + 1), None)
            if following is None:
                return None
            blocked = any(
                clauses.groups.get(k) is not None
                and clauses.groups[k].has("direct", "que")
                and not clauses.groups[k].features.tense == "inf"
                for k in range(group.last + 1, i)
            )
            if blocked:
                return None
            draft = _made(words, group, sources, trim(words, following.first, following.last), "colon", 0.9)
            if draft is not None and draft.source is None and group.subject is None:
                after = sources.after(group)
                return draft if after is None else Draft(draft.content, draft.cue, after, "colon", 0.9, group)
            return draft
        if i in words.marks:
            return None
    return None


def _colon_clause(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    """Reported words after a colon, without marks: « n'en démord pas : la balise était muette »."""
    _, stop = words.sentence(group.last)
    for i in range(group.last + 1, min(stop - 1, group.last + 25) + 1):
        if i in words.marks or (clauses.groups.get(i) is not None and clauses.groups[i].features.finite):
            return None
        if words.forms[i] == ":":
            if i + 1 in words.marks:
                return None
            content = trim(words, i + 1, _limit(words, group))
            return _made(words, group, sources, content, "colon and clause", 0.5)
    return None


def _plain_quote(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    """A quoted phrase in the place of the object: « dénonce « une mascarade » », « parle de « … » »."""
    stop = _limit(words, group)
    i = group.last + 1
    for _ in range(8):
        if i > stop:
            return None
        if i in words.marks:
            quoted = next((q for q in words.quoted if q.opening == i), None)
            if quoted is None:
                return None
            end = max(quoted.last, clauses.end(group.last + 1, nominal=True)) if quoted.last <= stop else quoted.last
            start = group.last + 1
            inside = (
                words.grammar.has(words.forms[start], "determiners")
                and words.forms[start] not in words.grammar.options["of"]
            )
            first = start if inside else i
            return _made(words, group, sources, trim(words, first, end), "object in marks", 0.8)
        if not words.is_word(i) or words.grammar.has(
            words.forms[i], "complementisers", "relative_pronouns", "subject_pronouns", "coordinators"
        ):
            return None
        i += 1
    return None


def _infinitive(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    forms, grammar = words.forms, words.grammar
    stop = _limit(words, group)
    i = group.last + 1
    if group.has("inf"):
        at = _skip_adverbs(words, i, stop)
        k = _skip_clitics(words, at, stop)
        if k <= stop and infinitive(words, k):
            return _made(words, group, sources, trim(words, at, clauses.end(at)), "infinitive", 0.75)
    links = set()
    if group.has("de_inf", "y_de_inf"):
        links |= {"de", "d'", "to"}
    if group.has("a_inf", "y_a_inf", "y_a"):
        links |= {"à", "to"}
    if not links:
        return None
    for j in range(i, min(stop, i + 18) + 1):
        form = forms[j]
        if form in links and j + 1 <= stop:
            k = _skip_clitics(words, _skip_adverbs(words, j + 1, stop), stop)
            if (
                k <= stop
                and infinitive(words, k)
                and (j == i or group.has("y_de_inf", "y_a_inf", "y_a", "a_inf", "de_inf"))
            ):
                return _made(words, group, sources, trim(words, j + 1, clauses.end(j + 1)), "infinitive", 0.75)
        if (
            form in {":", ";"}
            or j in words.marks
            or grammar.has(form, "complementisers", "relative_pronouns", "subject_pronouns")
        ):
            return None
        if (
            form == ","
            and j + 1 <= stop
            and not grammar.has(forms[j + 1], "time_words")
            and not _closed_soon(words, j, stop, links)
        ):
            return None
        if (
            grammar.finite(form)
            and not grammar.has(forms[j - 1], "determiners", "prepositions")
            and not words.capital(j)
        ):
            return None
    return None


def _closed_soon(words: Words, comma: int, stop: int, links: set[str]) -> bool:
    """A comma that opens or closes a short parenthesis before the link: « recommande, lui, de »."""
    if words.forms[comma + 1] in links:
        return True
    return any(
        words.forms[k] == "," and k < stop and words.forms[k + 1] in links
        for k in range(comma + 1, min(comma + 9, stop) + 1)
    )


def infinitive(words: Words, i: int) -> bool:
    """Whether a token looks like an infinitive: a known one, or a lower-case word with its ending."""
    form = words.forms[i]
    readings = words.grammar.verbs.get(form, ())
    if any(analysis.features.tense == "inf" for analysis in readings):
        return True
    if any(features.tense == "inf" for _, features in words.grammar.auxiliaries.get(form, ())):
        return True
    endings = tuple(words.grammar.options["infinitive_endings"]) or ("\0",)
    if form.endswith(endings) and len(form) > 3:
        return not words.capital(i) and not words.grammar.has(words.forms[i - 1], "articles", "possessives")
    marked = words.forms[i - 1] in words.grammar.options["infinitive_marks"]
    return marked and words.is_word(i) and form not in words.grammar.closed and not words.capital(i)


def _skip_adverbs(words: Words, i: int, stop: int) -> int:
    while i <= stop:
        length = max(
            words.grammar.starts(words.forms, i, name) for name in ("group_adverbs", "time_words", "opening_adverbials")
        )
        if (length and not words.grammar.has(words.forms[i], "determiners", "prepositions")) or length > 1:
            i += length
        elif words.grammar.has(words.forms[i], "negative_words"):
            i += 1
        else:
            break
    return i


def _skip_clitics(words: Words, i: int, stop: int) -> int:
    while i <= stop and (
        words.grammar.has(words.forms[i], "object_clitics", "reflexives", "negations", "negative_words")
        or i in words.marks
    ):
        i += 1
    return i


def _about_person(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    """« accuse Y de Z », « qualifie Y de Z », « décrit Y comme Z »: the content is ``Y de Z``, or Z when Y stands before the verb."""
    if not group.has("y_de", "y_comme", "y_de_quoted"):
        return None
    links = {"de", "d'", "du", "des"} if group.has("y_de", "y_de_quoted") else set()
    links |= {"comme", "as", "of"} if group.has("y_comme") else set()
    stop = _limit(words, group)
    first = group.last + 1
    for i in range(first, min(stop, first + 24) + 1):
        form = words.forms[i]
        if form in links and (
            i > first or group.passive or words.grammar.has(words.forms[group.first], "object_clitics")
        ):
            if group.has("y_de_quoted") and (i + 1 > stop or i + 1 not in words.marks):
                continue
            if i - first == 1 and words.grammar.has(words.forms[first], "determiners"):
                continue
            return _made(words, group, sources, trim(words, first, clauses.end(i + 1)), "about somebody", 0.75)
        if form in links and i == first and i + 1 <= stop:
            return _made(words, group, sources, trim(words, i + 1, clauses.end(i + 1)), "about somebody", 0.7)
        if form in {";", ":"} or words.grammar.has(form, "complementisers", "relative_pronouns"):
            return None
    return None


def _adjective(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    """« se dit satisfait », « juge la mesure absurde »: only the reflexive form is sure."""
    stop = _limit(words, group)
    i = group.last + 1
    if (
        not (group.has("adj") and group.cue.reflexive)
        or i > stop
        or not words.is_word(i)
        or words.grammar.has(words.forms[i], "prepositions", "coordinators")
    ):
        return None
    return _made(words, group, sources, trim(words, i, clauses.end(i)), "adjective", 0.75)


def _nominal(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    """A noun phrase that carries the position: « exige sa démission », « a nié, avec émotion, les allégations »."""
    stop = _limit(words, group)
    i = _skip_parenthesis(words, _skip_adverbs(words, group.last + 1, stop), stop)
    if i <= stop and words.forms[i] in words.grammar.options["object_links"]:
        i += 1
    opens = i <= stop and (
        words.grammar.has(words.forms[i], "determiners")
        or words.capital(i)
        or words.forms[i][0].isdigit()
        or "-" in words.forms[i]
    )
    if not opens:
        return None
    source = sources.before(group)
    if source is None and group.subject is None and not group.passive:
        return None
    content = trim(words, i, clauses.end(i, nominal=True))
    marked = content is not None and bool(quoted_within(words, *content))
    return _made(words, group, sources, content, "object", 0.7 if marked else 0.55, nominal=not marked)


def _skip_parenthesis(words: Words, i: int, stop: int) -> int:
    """Past a short stretch between commas right after the verb, or a prepositional phrase: « , avec émotion, », « à l'État »."""
    if i <= stop and words.forms[i] == ",":
        for k in range(i + 1, min(i + 8, stop) + 1):
            if words.forms[k] == ",":
                return k + 1
    if (
        i <= stop
        and words.grammar.starts(words.forms, i, "prepositions")
        and words.forms[i] not in words.grammar.options["of"]
    ):
        for k in range(i + 2, min(i + 8, stop) + 1):
            if words.grammar.has(words.forms[k], "articles", "possessives") and not words.grammar.has(
                words.forms[k - 1], "prepositions"
            ):
                return k
    return i


def _bare_clause(words: Words, group: Group, sources: Sources, clauses: Clauses) -> Draft | None:
    """A clause without its complementiser, as machine translation leaves it: « a dit aucune irrégularité n'avait été rapportée »."""
    stop = _limit(words, group)
    i = _skip_adverbs(words, group.last + 1, stop)
    forms, grammar = words.forms, words.grammar
    if i >= stop or not words.is_word(i) or grammar.has(forms[i], "complementisers", "relative_pronouns"):
        return None
    if grammar.has(forms[i], "prepositions") and not grammar.has(forms[i], "determiners"):
        return None
    for k in range(i + 1, min(stop, i + 14) + 1):
        if grammar.has(forms[k], "relative_pronouns", "complementisers", "subordinators") or not words.is_word(k):
            return None
        if (
            grammar.finite(forms[k])
            and not grammar.has(forms[k - 1], "determiners", "prepositions")
            and not words.capital(k)
        ):
            content = trim(words, i, clauses.end(i))
            return _made(words, group, sources, content, "clause without complementiser", 0.3)
    return None
