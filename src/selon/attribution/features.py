"""What the model sees of a candidate quotation: named binary features of its cue, source, content and their neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from selon.attribution.draft import Draft, quoted_within
from selon.attribution.words import Words
from selon.records import PassageKind


def features(words: Words, draft: Draft) -> list[str]:
    """The feature names of a draft, in a fixed order."""
    rule = draft.rule
    source = source_kind(words, draft)
    found = [f"rule={rule}", f"source={source}", f"rule={rule}|source={source}"]
    found += _cue(words, draft)
    found += _content(words, draft)
    found += _edges(words, draft)
    return found


def source_kind(words: Words, draft: Draft) -> str:
    """A coarse class of the source: none, a pronoun, a relative, a name, a person's title, a possessive or another phrase."""
    if draft.pronoun is not None:
        return "inverted"
    if draft.source is None:
        return "none"
    first, last = draft.source
    form, grammar = words.forms[first], words.grammar
    if grammar.has(form, "subject_pronouns", "strong_pronouns") and first == last:
        return "on" if form in grammar.options["impersonal"] else "pronoun"
    if grammar.has(form, "subject_relatives"):
        return "relative"
    titled = any(words.forms[i] in grammar.titles for i in range(first, min(last, first + 5) + 1))
    named = any(
        words.capital(i)
        for i in range(first, last + 1)
        if i != words.sentence(first)[0] or not grammar.has(form, "determiners")
    )
    if grammar.has(form, "possessives"):
        return "possessive titled" if titled else "possessive"
    if titled:
        return "titled"
    if words.capital(first) and not grammar.has(form, "determiners"):
        return "name"
    if named:
        return "phrase with name"
    if grammar.has(form, "prepositions") and not grammar.has(form, "articles"):
        return "preposition"
    return (
        "phrase" if grammar.has(form, "determiners", "demonstrative_pronouns", "indefinite_pronouns") else "bare phrase"
    )


def _cue(words: Words, draft: Draft) -> Iterator[str]:
    group = draft.cue_group
    if group is None:
        form = words.span(*draft.cue[0]).of(words.text).lower().replace("’", "'") if draft.cue else ""
        yield f"cue={form}"
        yield f"cue={form}|rule={draft.rule}"
        return
    cue, rule = group.cue, draft.rule
    licensed = _LICENCE.get(rule, frozenset())
    yield f"lemma={cue.lemma}"
    yield f"lemma={cue.lemma}|rule={rule}"
    yield f"class={cue.kind}"
    yield f"class={cue.kind}|rule={rule}"
    yield f"licensed={bool(licensed & cue.frames)}|rule={rule}"
    yield f"tense={group.features.tense}|rule={rule}"
    yield f"person={group.features.person}"
    yield f"tense={group.features.tense}|source={source_kind(words, draft)}"
    if group.open:
        yield f"open|{group.features.tense}|rule={rule}"
    if group.passive:
        yield "passive"
    if group.negated:
        yield f"negated|{'neg_too' in cue.frames or 'neg' in cue.frames}"
        yield f"negated|class={cue.kind}"
    elif "neg" in cue.frames:
        yield "reports only when negated"
    start, _ = words.sentence(group.first)
    before = words.forms[group.first - 1] if group.first > start else "<start>"
    yield f"before={_shape(words, before, group.first - 1)}|tense={group.features.tense}"
    outer = words.quoted_of[group.head]
    yield f"cue in marks={outer is not None}|rule={rule}"
    if group.head > start and group.first == group.head:
        yield f"single|before={_shape(words, before, group.first - 1)}|source={source_kind(words, draft)}"


_LICENCE = {
    "que": frozenset({"que", "si", "que_y"}),
    "colon": frozenset({"direct", "colon"}),
    "object in marks": frozenset({"direct", "about_quote", "np", "np_risky"}),
    "infinitive": frozenset({"inf", "de_inf", "a_inf", "y_de_inf", "y_a_inf", "inf_cond"}),
    "about somebody": frozenset({"y_de", "y_comme", "y_a", "y_pour", "y_de_quoted"}),
    "object": frozenset(
        {"np", "a_np", "de_np", "a_np_bare", "contre_np", "sur_np", "pour_np", "y_adj", "dans_y", "y_quoted"}
    ),
    "adjective": frozenset({"adj"}),
    "colon and clause": frozenset({"colon"}),
    "clause without complementiser": frozenset({"que"}),
    "incise after a clause": frozenset({"direct"}),
}


def _content(words: Words, draft: Draft) -> Iterator[str]:
    length = sum(last - first + 1 for first, last in draft.content)
    yield f"length={_bucket(length)}|rule={draft.rule}"
    yield f"segments={min(len(draft.content), 3)}"
    inside = [
        words.quoted_of[i] is not None
        for first, last in draft.content
        for i in range(first, last + 1)
        if words.is_word(i)
    ]
    marked = "all" if all(inside) else "some" if any(inside) else "none"
    if marked == "none" and any(quoted_within(words, *part) for part in draft.content):
        marked = "some"
    yield f"marked={marked}|rule={draft.rule}"
    first = draft.first
    yield f"opens={_shape(words, words.forms[first], first)}|rule={draft.rule}"
    finite = any(words.grammar.finite(words.forms[i]) for part in draft.content for i in range(part[0], part[1] + 1))
    yield f"finite={finite}|rule={draft.rule}"
    if draft.cue:
        gap = min(abs(first - draft.cue[-1][1]), abs(draft.cue[0][0] - draft.last))
        yield f"gap={_bucket(gap)}|rule={draft.rule}"
    yield f"headline={words.kinds[words.passage_of[first]] is PassageKind.HEADLINE}|rule={draft.rule}"


def _edges(words: Words, draft: Draft) -> Iterator[str]:
    first, last = draft.content[-1]
    _, stop = words.sentence(last)
    if draft.rule.startswith("incise"):
        yield from _resumption(words, draft, stop)
    else:
        yield from _end(words, last, stop, draft)
    commas = sum(words.forms[i] == "," for i in range(first, last + 1))
    yield f"commas={min(commas, 4)}|rule={draft.rule}"
    start, _ = words.sentence(draft.first)
    before = words.forms[draft.first - 1] if draft.first > start else "<start>"
    yield f"left={_shape(words, before, draft.first - 1)}|rule={draft.rule}"
    if draft.first - 2 >= start and before == ",":
        yield f"left2={_shape(words, words.forms[draft.first - 2], draft.first - 2)}|rule={draft.rule}"


def _resumption(words: Words, draft: Draft, stop: int) -> Iterator[str]:
    """How an incise stands behind its content and what follows it."""
    after = draft.content[-1][1] + 1
    found = " ".join(_shape(words, words.forms[i], i) for i in range(after, min(stop, after + 1) + 1))
    yield f"incise opens={found}"
    behind = max(draft.cue[-1][1], draft.source[1] if draft.source else 0)
    following = [i for i in range(behind + 1, min(stop, behind + 2) + 1)]
    yield "incise ends=" + " ".join(_shape(words, words.forms[i], i) for i in following)
    order = (
        "inverted"
        if draft.pronoun is not None
        else "before"
        if draft.source and draft.source[0] < draft.cue[0][0]
        else "after"
    )
    yield f"incise order={order}|rule={draft.rule}"
    yield f"incise order={order}|source={source_kind(words, draft)}"
    near = draft.source is not None and abs(draft.source[0] - draft.cue[0][1]) <= 2
    yield f"incise near={near}|order={order}"
    verb = any(words.grammar.finite(words.forms[i]) for i in range(behind + 1, stop + 1))
    yield f"incise rest has verb={verb}|order={order}"


def _end(words: Words, last: int, stop: int, draft: Draft) -> Iterator[str]:
    after = [i for i in range(last + 1, min(stop, last + 4) + 1)]
    if not any(words.is_word(i) for i in range(last + 1, stop + 1)):
        yield f"ends=sentence|rule={draft.rule}"
        return
    shape = " ".join(_shape(words, words.forms[i], i) for i in after[:2])
    yield f"ends={shape}"
    yield f"ends={_shape(words, words.forms[after[0]], after[0])}|rule={draft.rule}"
    length = draft.content[-1][1] - draft.content[-1][0] + 1
    yield f"ends={_shape(words, words.forms[after[0]], after[0])}|length={_bucket(length)}"
    yield f"ends={shape}|rule={draft.rule}"
    if len(after) > 2:
        yield "ends3=" + " ".join(_shape(words, words.forms[i], i) for i in after[:3])
    group = words.grammar.verbs.get(words.forms[after[1]]) if len(after) > 1 else None
    if group is not None:
        yield f"ends before cue form|{words.forms[after[0]]}"
    rest = [i for i in range(last + 1, stop + 1) if words.is_word(i)]
    yield f"rest={_bucket(len(rest))}|rule={draft.rule}"
    verb = any(words.grammar.finite(words.forms[i]) for i in rest)
    yield f"rest has verb={verb}|{_shape(words, words.forms[after[0]], after[0])}"
    yield f"rest has cue={any(words.forms[i] in words.grammar.verbs for i in rest)}|rest has verb={verb}"
    marked = any(i in words.marks for i in range(last + 1, stop + 1))
    yield f"rest has marks={marked}|rule={draft.rule}"
    later = any(words.forms[i] == "," for i in range(last + 2, stop + 1))
    yield f"comma later={later}|{_shape(words, words.forms[after[0]], after[0])}"
    yield f"last={_shape(words, words.forms[last], last)}"


def _shape(words: Words, form: str, i: int) -> str:
    """A closed-class form as it is, an open-class one by its kind."""
    grammar = words.grammar
    if form == "<start>" or not words.is_word(i):
        return "dash" if i > 0 and words.dash(i) else form
    if form in grammar.closed:
        return form
    if form in grammar.auxiliaries:
        return "aux"
    if form in grammar.verbs:
        return "cue:" + grammar.verbs[form][0].features.tense
    if words.capital(i):
        return "Name"
    if form[0].isdigit():
        return "0"
    return "…" + form[-2:]


def _bucket(count: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 12, 20, 35, 60):
        if count <= limit:
            return str(limit)
    return "more"
