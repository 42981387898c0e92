"""What the model sees of a candidate quotation: named binary features of its cue, source, content and neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from selon.attribution.draft import Draft, quoted_within, unclosed
from selon.attribution.groups import Group
from selon.attribution.network import Readings
from selon.attribution.words import Words
from selon.records import PassageKind

_LICENCE = {
    "que": frozenset({"que", "si", "que_y"}),
    "colon": frozenset({"direct", "colon"}),
    "object in marks": frozenset({"direct", "about_quote", "np", "np_risky"}),
    "infinitive": frozenset({"inf", "de_inf", "a_inf", "y_de_inf", "y_a_inf", "inf_cond"}),
    "about somebody": frozenset({"y_de", "y_comme", "y_a", "y_pour", "y_de_quoted"}),
    "object": frozenset(
        {"np", "a_np", "de_np", "a_np_bare", "contre_np", "sur_np", "pour_np", "y_adj", "dans_y", "y_quoted"}
    ),
    "object with preposition": frozenset({"a_np"}),
    "noun and clause": frozenset({"noun_que", "selon_lequel"}),
    "noun and infinitive": frozenset({"noun_de", "noun_a"}),
    "noun and colon": frozenset({"noun_colon"}),
    "adjective": frozenset({"adj"}),
    "colon and clause": frozenset({"colon"}),
    "clause without complementiser": frozenset({"que"}),
    "incise after a clause": frozenset({"direct"}),
}
"""The frames of a cue that allow each rule."""
_BREAKS = frozenset(",;:()")
_MOST_SHAPES = 200_000
"""Word forms whose shape is remembered from article to article."""
_LIMITS = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60)
_BUCKETS = (*map(str, _LIMITS), "more")


class View:
    """The candidates of one article as named features; what the candidates of a cue share is worked out once."""

    def __init__(self, words: Words, readings: Readings) -> None:
        self._words = words
        self._readings = readings
        self._heads: dict[tuple[object, ...], list[str]] = {}

    def features(self, draft: Draft) -> list[str]:
        """The feature names of a draft, in a fixed order."""
        key = (draft.rule, draft.cue, draft.source, draft.pronoun)
        head = self._heads.get(key)
        if head is None:
            head = self._heads[key] = list(self._head(draft))
        return [*head, *self._content(draft), *self._edges(draft), *self._readings.features(draft)]

    def _head(self, draft: Draft) -> Iterator[str]:
        """What rule, source and cue show."""
        rule, source = draft.rule, source_kind(self._words, draft)
        yield f"rule={rule}"
        yield f"source={source}"
        yield f"rule={rule}|source={source}"
        if draft.cue_group is not None:
            yield from self._verb(draft.cue_group, rule, source)
            return
        form = self._words.span(*draft.cue[0]).of(self._words.text).lower().replace("’", "'") if draft.cue else ""
        yield f"cue={form}"
        yield f"cue={form}|rule={rule}"
        noun = self._words.grammar.nouns.get(self._words.forms[draft.cue[-1][1]]) if draft.cue else None
        if noun is not None:
            yield f"licensed={not noun.frames.isdisjoint(_LICENCE.get(rule, ()))}|rule={rule}"
            yield f"class={noun.kind}|rule={rule}"
            yield f"before={self._before(draft.cue[0][0])}|rule={rule}"
            yield f"determiner={self._words.forms[draft.cue[0][0]]}|rule={rule}"

    def _verb(self, group: Group, rule: str, source: str) -> Iterator[str]:
        cue, tense = group.cue, group.features.tense
        yield f"lemma={cue.lemma}"
        yield f"lemma={cue.lemma}|rule={rule}"
        yield f"class={cue.kind}"
        yield f"class={cue.kind}|rule={rule}"
        yield f"licensed={not cue.frames.isdisjoint(_LICENCE.get(rule, ()))}|rule={rule}"
        yield f"tense={tense}|rule={rule}"
        yield f"person={group.features.person}"
        yield f"tense={tense}|source={source}"
        if group.open:
            yield f"open|{tense}|rule={rule}"
        if group.passive:
            yield "passive"
        if group.negated:
            yield f"negated|{'neg_too' in cue.frames or 'neg' in cue.frames}"
            yield f"negated|class={cue.kind}"
        elif "neg" in cue.frames:
            yield "reports only when negated"
        before = self._before(group.first)
        yield f"before={before}|tense={tense}"
        sure = _within(self._verbs, group.first, group.head) > 0
        yield f"cue finite={sure}|tense={tense}|open={group.open}"
        yield f"cue finite={sure}|tense={tense}|rule={rule}"
        yield f"cue in marks={self._words.quoted_of[group.head] is not None}|rule={rule}"
        start, _ = self._words.sentence(group.first)
        if group.head > start and group.first == group.head:
            yield f"single|before={before}|source={source}"

    def _content(self, draft: Draft) -> list[str]:
        rule, parts, first = draft.rule, draft.content, draft.first
        headline = self._words.kinds[self._words.passage_of[first]] is PassageKind.HEADLINE
        found = [
            f"length={_bucket(sum([end - start + 1 for start, end in parts]))}|rule={rule}",
            f"segments={min(len(parts), 3)}",
            f"marked={self._marked(draft)}|rule={rule}",
            f"opens={self._shapes[first]}|rule={rule}",
            *self._verbs_inside(draft),
            f"headline={headline}|rule={rule}",
        ]
        outer = unclosed(self._words, draft.last)
        if outer is not None:
            whole = outer.last - draft.last <= 1
            found += [f"unclosed, whole={whole}", f"unclosed, whole={whole}|rule={rule}"]
        if draft.cue:
            gap = min(abs(first - draft.cue[-1][1]), abs(draft.cue[0][0] - draft.last))
            found.append(f"gap={_bucket(gap)}|rule={rule}")
        return found

    def _verbs_inside(self, draft: Draft) -> list[str]:
        """How many finite verbs the content has, how soon the first comes, whether a relative opens before it."""
        rule, opening = draft.rule, draft.first
        count = sum([_within(self._verbs, first, last) for first, last in draft.content])
        place = bisect_left(self._verbs, opening)
        if not count or place == len(self._verbs):
            return [f"finite={min(count, 3)}|rule={rule}", f"finite after=never|rule={rule}"]
        verb = self._verbs[place]
        relatives = self._words.grammar.classes["relative_pronouns"]
        return [
            f"finite={min(count, 3)}|rule={rule}",
            f"finite after={_bucket(verb - opening)}|rule={rule}",
            f"relative first={not relatives.isdisjoint(self._words.forms[opening:verb])}|rule={rule}",
        ]

    def _marked(self, draft: Draft) -> str:
        """Whether all, some or none of the content's words stand in marks."""
        inside = sum([_within(self._quoted_words, first, last) for first, last in draft.content])
        if inside == sum([_within(self._plain, first, last) for first, last in draft.content]):
            return "all"
        return "some" if inside or any(quoted_within(self._words, *part) for part in draft.content) else "none"

    def _edges(self, draft: Draft) -> list[str]:
        words, rule = self._words, draft.rule
        first, last = draft.content[-1]
        found = [
            *(self._around_incise(draft) if rule.startswith("incise") else self._end(draft)),
            f"commas={min(_within(self._commas, first, last), 4)}|rule={rule}",
            f"left={self._before(draft.first)}|rule={rule}",
        ]
        start, _ = words.sentence(draft.first)
        if draft.first - 2 >= start and words.forms[draft.first - 1] == ",":
            found.append(f"left2={self._shapes[draft.first - 2]}|rule={rule}")
        return found

    def _around_incise(self, draft: Draft) -> list[str]:
        """How an incise stands behind its content and what follows it."""
        _, stop = self._words.sentence(draft.last)
        after = draft.last + 1
        behind = max(draft.cue[-1][1], draft.source[1] if draft.source else 0)
        source, cue = draft.source, draft.cue[0]
        order = "inverted" if draft.pronoun is not None else "before" if source and source[0] < cue[0] else "after"
        return [
            f"incise opens={self._run(after, min(stop, after + 1))}",
            f"incise ends={self._run(behind + 1, min(stop, behind + 2))}",
            f"incise order={order}|rule={draft.rule}",
            f"incise order={order}|source={source_kind(self._words, draft)}",
            f"incise near={source is not None and abs(source[0] - cue[1]) <= 2}|order={order}",
            f"incise rest has verb={_within(self._verbs, behind + 1, stop) > 0}|order={order}",
        ]

    def _end(self, draft: Draft) -> list[str]:
        """What follows the content, and what is left of its sentence behind it."""
        words, rule = self._words, draft.rule
        first, last = draft.content[-1]
        _, stop = words.sentence(last)
        rest = _within(self._plain, last + 1, stop)
        if not rest:
            return [f"ends=sentence|rule={rule}"]
        nearest = self._shapes[last + 1]
        shape = self._run(last + 1, min(stop, last + 2))
        verb = _within(self._verbs, last + 1, stop) > 0
        found = [
            f"ends={shape}",
            f"ends={nearest}|rule={rule}",
            f"ends={nearest}|length={_bucket(last - first + 1)}",
            f"ends={shape}|rule={rule}",
            f"rest={_bucket(rest)}|rule={rule}",
            f"rest has verb={verb}|{nearest}",
            f"rest has cue={_within(self._cue_forms, last + 1, stop) > 0}|rest has verb={verb}",
            f"rest has marks={_within(self._marks, last + 1, stop) > 0}|rule={rule}",
            f"comma later={_within(self._commas, last + 2, stop) > 0}|{nearest}",
            f"last={self._shapes[last]}",
            *self._neighbours(draft, stop),
        ]
        if last + 3 <= stop:
            found.append(f"ends3={self._run(last + 1, last + 3)}")
        if last + 2 <= stop and words.forms[last + 2] in words.grammar.verbs:
            found.append(f"ends before cue form|{words.forms[last + 1]}")
        return found

    def _neighbours(self, draft: Draft, stop: int) -> list[str]:
        """What the stretch right behind the content is, and the last one inside it: each up to the next break."""
        first, last = draft.content[-1]
        rule = draft.rule
        until = bisect_right(self._breaks, last + 1)
        end = self._breaks[until] - 1 if until < len(self._breaks) else stop
        out = self._stretch(last + 1, min(end, stop))
        at = bisect_right(self._breaks, last)
        begin = self._breaks[at - 1] if at else first
        within = self._stretch(begin, last) if begin > first else "whole"
        return [f"out={out}", f"out={out}|rule={rule}", f"within={within}|rule={rule}", f"within={within}|out={out}"]

    def _stretch(self, first: int, last: int) -> str:
        """How a stretch opens and whether it holds a finite verb, a reporting one or none."""
        if first > last:
            return "nothing"
        second = self._shapes[first + 1] if first < last else ""
        second = "…" if second.startswith("…") else second
        verbs = self._verbs[bisect_left(self._verbs, first) : bisect_right(self._verbs, last)]
        forms, cues = self._words.forms, self._words.grammar.verbs
        held = "none" if not verbs else "cue" if any(forms[i] in cues for i in verbs) else "verb"
        return f"{self._shapes[first]} {second} {held}"

    def _before(self, at: int) -> str:
        """The shape of the token left of ``at`` in its sentence; at its head a dash before the sentence counts too."""
        start, _ = self._words.sentence(at)
        if at > start:
            return self._shapes[at - 1]
        return "dash" if at > 1 and self._words.dash(at - 1) else "<start>"

    def _run(self, first: int, last: int) -> str:
        return " ".join(self._shapes[first : last + 1])

    @cached_property
    def _shapes(self) -> list[str]:
        words, known, shapes = self._words, self._words.grammar.shapes, list[str]()
        for i, token in enumerate(words.tokens):
            shape = known.get(token.text)
            if shape is None:
                shape = _shape(words, i)
                if words.is_word(i) and len(known) < _MOST_SHAPES:  # the shape of a dash depends on its neighbours
                    known[token.text] = shape
            shapes.append(shape)
        return shapes

    @property
    def _plain(self) -> list[int]:
        return self._words.plain

    @cached_property
    def _quoted_words(self) -> list[int]:
        return [i for i in self._plain if self._words.quoted_of[i] is not None]

    @cached_property
    def _verbs(self) -> list[int]:
        return [i for i in self._words.finites if self._words.is_word(i)]

    @cached_property
    def _cue_forms(self) -> list[int]:
        return [i for i in self._plain if self._words.forms[i] in self._words.grammar.verbs]

    @cached_property
    def _commas(self) -> list[int]:
        return [i for i, form in enumerate(self._words.forms) if form == ","]

    @cached_property
    def _breaks(self) -> list[int]:
        words = self._words
        return [
            i for i, form in enumerate(words.forms) if form in _BREAKS or words.dash(i) or words.has(i, "coordinators")
        ]

    @cached_property
    def _marks(self) -> list[int]:
        return sorted(self._words.marks)


def source_kind(words: Words, draft: Draft) -> str:
    """A coarse class of the source: none, a pronoun, a relative, a name, a titled person, a possessive, a phrase."""
    if draft.pronoun is not None:
        return "inverted"
    if draft.source is None:
        return "none"
    first, last = draft.source
    if words.has(first, "subject_pronouns", "strong_pronouns") and first == last:
        return "on" if words.among(first, "impersonal") else "pronoun"
    if words.has(first, "subject_relatives"):
        return "relative"
    titled = any(words.forms[i] in words.grammar.titles for i in range(first, min(last, first + 5) + 1))
    if words.has(first, "possessives"):
        return "possessive titled" if titled else "possessive"
    return "titled" if titled else _phrase_kind(words, first, last)


def _phrase_kind(words: Words, first: int, last: int) -> str:
    determined = words.has(first, "determiners")
    if words.capital(first) and not determined:
        return "name"
    opening = words.sentence(first)[0] if determined else None
    if any(words.capital(i) for i in range(first, last + 1) if i != opening):
        return "phrase with name"
    if words.has(first, "prepositions") and not words.has(first, "articles"):
        return "preposition"
    pronoun = words.has(first, "demonstrative_pronouns", "indefinite_pronouns")
    return "phrase" if determined or pronoun else "bare phrase"


def _shape(words: Words, i: int) -> str:
    """A closed-class form as it is, an open-class one by its kind."""
    form, grammar = words.forms[i], words.grammar
    if not words.is_word(i):
        return "dash" if i > 0 and words.dash(i) else form
    if form in grammar.closed:
        return form
    if form in grammar.auxiliaries:
        return "aux"
    if form in grammar.verbs:
        return "cue:" + grammar.verbs[form][0].features.tense
    if words.capital(i):
        return "Name"
    return "0" if form[0].isdigit() else "…" + form[-2:]


def _within(places: Sequence[int], first: int, last: int) -> int:
    """How many of the tokens, given in order, stand in ``first..last``."""
    return bisect_right(places, last) - bisect_left(places, first) if first <= last else 0


def _bucket(count: int) -> str:
    return _BUCKETS[bisect_left(_LIMITS, count)]
