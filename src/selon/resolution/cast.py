"""The cast of an article: every possible speaker, with all mentions that refer to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from selon.offsets import Span
from selon.records import ActorKind
from selon.resolution.lexicon import plain
from selon.resolution.mentions import Mention, Scene
from selon.resolution.names import ProperName
from selon.resolution.phrases import Phrase


@dataclass(slots=True, eq=False)
class Figure:
    """Somebody or something in the article that may speak; filled while the article is read.

    ``looks`` is the gender that the ending of a name suggests, ``genders`` those that its mentions show, ``ranks`` the
    trades that honorifics tell; its kind is ``supposed`` when nothing but a bare name as subject speaks for a person.
    """

    number: int
    key: tuple[str, ...] = ()
    name: str = ""
    kind: ActorKind = ActorKind.UNKNOWN
    gender: str = ""
    genders: set[str] = field(default_factory=set)
    looks: str = ""
    many: bool = False
    supposed: bool = False
    roles: list[Phrase] = field(default_factory=list)
    ranks: set[str] = field(default_factory=set)
    role: str = ""
    wordings: dict[str, None] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """How a mention was tied to a figure: the rule, the words it rests on and how sure it is (0 to 1)."""

    figure: Figure
    rule: str
    score: float


class Cast:
    """All figures of one article.

    Names are seated before any mention is tied, so that a full name may come late; mentions are tied in text order.
    """

    def __init__(self, stage: Scene, sources: Iterable[Mention]) -> None:
        self.stage = stage
        self.figures: list[Figure] = []
        self.links: dict[Span, Link] = {}
        self._by_key: dict[tuple[str, ...], list[Figure]] = {}
        self._by_word: dict[str, list[Figure]] = {}
        self._described: dict[str, list[Figure]] = {}
        self._brought_in: list[Figure] = []
        given = [_fuller(source, stage) for source in sources]
        heads = {mention.head for mention in given}
        scanned = [mention for mention in stage.mentions if mention.head not in heads]
        self._sources = {mention.span for mention in given}
        self.mentions = sorted({mention.span: mention for mention in [*scanned, *given]}.values(), key=lambda m: m.span)
        self._starts = [mention.span.start for mention in self.mentions]
        self._seat_names(self.mentions)
        for mention in self.mentions:
            self._tie(mention)
        for figure in self.figures:
            if figure.kind is ActorKind.UNKNOWN and figure.key and _like_a_person(figure):
                figure.kind, figure.supposed = ActorKind.PERSON, True
            if figure.key:
                figure.looks = "f" if figure.key[0].endswith(stage.lexicon.given_feminine) else "m"
            figure.name = _name(figure, stage.text, self._sources)
            figure.role = _role(figure, stage)

    def mentions_from(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions that begin between two characters, in text order."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def link(self, mention: Mention) -> Link:
        """The tie of a mention that was given as a source or found by the scan."""
        return self.links[mention.span]

    def _seat_names(self, mentions: Sequence[Mention]) -> None:
        keys = {mention.name.key for mention in mentions if mention.name is not None}
        bodies = {m.name.key for m in mentions if m.name is not None and m.name.kind is ActorKind.ORGANIZATION}
        for key in sorted(keys, key=lambda key: (-len(key), len(key[0]) == 1, key)):
            hosts = self._hosts(key, bodies)
            if not hosts:
                hosts = [self._new(key)]
                for word in {key[0], key[-1], _letters(key)}:
                    self._by_word.setdefault(word, []).append(hosts[0])
            self._by_key[key] = hosts
        self._join_acronyms(mentions)

    def _hosts(self, key: tuple[str, ...], bodies: Collection[tuple[str, ...]]) -> list[Figure]:
        """The figures that a shorter name may mean: by surname, else by given name (people only)."""
        near = {f.number: f for word in (key[0], key[-1]) for f in self._by_word.get(word, ())}
        whole = [near[number] for number in sorted(near) if _within(key, near[number].key)]
        surnames = [figure for figure in whole if figure.key[-len(key) :] == key]
        return surnames or [f for f in whole if f.key not in bodies or key[0] not in f.key]

    def _join_acronyms(self, mentions: Sequence[Mention]) -> None:
        """``Human Rights Watch (HRW)``, ``le Parti socialiste (PS)``: the letters in brackets are another name."""
        for before, after in pairwise(mentions):
            between = self.stage.text[before.span.end : after.span.start]
            if after.name is None or before.name is None or between.strip() != "(":
                continue
            if len(after.name.key) == 1 and after.named and after.named.of(self.stage.text).isupper():
                self._by_key[after.name.key] = self._by_key[before.name.key]

    def _new(self, key: tuple[str, ...] = ()) -> Figure:
        figure = Figure(len(self.figures), key)
        self.figures.append(figure)
        return figure

    def _tie(self, mention: Mention) -> None:
        if mention.name is not None and mention.phrase is not None and self._of_somebody(mention.name, mention.phrase):
            link = self._by_description(replace(mention, name=None, named=None))
        elif mention.name is not None:
            link = self._by_name(mention)
        else:
            link = self._by_description(mention)
        self.links[mention.span] = link
        _add(link.figure, mention, self.stage.text)
        rank = self.stage.lexicon.ranks.get(mention.rank)
        if rank is not None:
            link.figure.ranks.add(rank)
        if mention.phrase is not None:
            for at in {mention.phrase.lemma, plain(mention.span.of(self.stage.text))}:
                figures = self._described.setdefault(at, [])
                if link.figure not in figures[-_RECENT:]:
                    figures.append(link.figure)

    def _of_somebody(self, name: ProperName, phrase: Phrase) -> bool:
        """``l'administration Trump``: a body called after somebody who has a fuller name here."""
        body = phrase.kind in (ActorKind.ORGANIZATION, ActorKind.GROUP)
        return body and all(len(host.key) > len(name.key) for host in self._by_key[name.key])

    def _by_name(self, mention: Mention) -> Link:
        assert mention.name is not None
        hosts = self._by_key[mention.name.key]
        if len(hosts) > 1:
            fitting = [f for f in hosts if not (f.gender and mention.gender and f.gender != mention.gender)] or hosts
            recent = max(fitting, key=lambda f: (f.mentions[-1].span if f.mentions else (-1, -1), -f.number))
            return Link(recent, "shared surname", 0.9 if len(fitting) == 1 else 0.6)
        rule = "name" if hosts[0].key == mention.name.key else "part of a name"
        return Link(hosts[0], rule, 0.97 if rule == "name" else 0.94)

    def _by_description(self, mention: Mention) -> Link:
        phrase = mention.phrase
        if phrase is None:
            return Link(self._new(), "words of the source", 0.6)
        wording = plain(mention.span.of(self.stage.text))
        known = {f.number: f for at in (phrase.lemma, wording) for f in self._described.get(at, ())[-_RECENT:]}
        if phrase.lemma in self.stage.lexicon.covers:
            known |= {figure.number: figure for figure in self._brought_in[-_LATELY:]}
        scored = []
        for figure in known.values():
            if figure.key and mention.span in self._sources:
                continue
            score = affinity(mention, phrase, figure, self.stage)
            if score > 0:
                scored.append((score, figure))
        scored.sort(key=lambda pair: (-pair[0], pair[1].number))
        if scored and (len(scored) == 1 or scored[0][0] > scored[1][0] + _MARGIN) and scored[0][0] >= _ENOUGH:
            return Link(scored[0][1], "description", min(0.95, 0.5 + scored[0][0] / 8))
        made = self._new()
        if phrase.promise == "indefinite" and mention.kind is ActorKind.PERSON:
            self._brought_in.append(made)
        return Link(made, "own description", 0.85)


def _fuller(source: Mention, stage: Scene) -> Mention:
    """A source that is only the title of somebody named beside it, with the name.

    In front (``Anne Roy, a neighbour``), or behind a word that gives names (``the gang, which calls itself Carcajou``).
    """
    if source.name is not None or source.phrase is None or source.kind is ActorKind.DOCUMENT:
        return source
    for mention in stage.of_sentence(source.sentence):
        role, named = mention.role, mention.named
        if role is None or named is None or not role.start <= source.head < role.end:
            continue
        between = stage.text[source.span.end : named.start].lower().replace(",", " ").split()
        if named.end <= source.span.start or any(word in stage.lexicon.naming for word in between):
            return replace(source, name=mention.name, named=named, gender=source.gender or mention.gender)
    return source


_RECENT = 40
_MARGIN = 0.2
_ENOUGH = 1.0
_NEAR = 2
_LATELY = 3


def affinity(mention: Mention, phrase: Phrase, figure: Figure, stage: Scene) -> float:
    """How well a description fits a figure met before: 0 when it cannot be, above 1 when it is likely."""
    if not figure.mentions or clashes(mention, figure):
        return 0.0
    if phrase.promise != "indefinite" and plain(mention.span.of(stage.text)) in map(plain, figure.wordings):
        return 4.0
    if phrase.promise in ("indefinite", "possessive") or (not phrase.promise and not phrase.words):
        return 0.0
    distance = mention.sentence - figure.mentions[-1].sentence
    best = max((_role_fit(phrase, role) for role in figure.roles), default=0.0)
    if not best and _covers(phrase, figure, stage) and distance <= _NEAR:
        best = _ENOUGH + 1
    return best - min(distance, 20) * 0.03 if best > 0 else 0.0


def _covers(phrase: Phrase, figure: Figure, stage: Scene) -> bool:
    """Whether ``the man`` takes up somebody who has no name and was just brought in: ``a civil servant``."""
    if figure.key or phrase.words or len(figure.roles) != 1 or figure.roles[0].promise != "indefinite":
        return False
    covered = stage.lexicon.covers.get(phrase.lemma, ())
    return figure.kind is ActorKind.PERSON and ("*" in covered or figure.roles[0].lemma in covered)


def clashes(mention: Mention, figure: Figure) -> bool:
    """Whether gender, number or kind forbid that the mention refers to the figure."""
    person = mention.kind is ActorKind.PERSON
    if person and mention.gender and figure.gender and mention.gender != figure.gender:
        return True
    if (mention.number == "p") != figure.many:
        return True
    return not figure.supposed and len({mention.kind, figure.kind} - {ActorKind.UNKNOWN}) > 1


def _role_fit(phrase: Phrase, role: Phrase) -> float:
    if phrase.lemma != role.lemma:
        return 0.0
    if phrase.words <= role.words:
        return 2.5 + 0.3 * len(phrase.words) - (0.5 if phrase.former != role.former else 0.0)
    if role.words <= phrase.words:
        return 1.5
    return 1.2 if phrase.words & role.words else 0.0


def _letters(key: tuple[str, ...]) -> str:
    return "".join(word[0] for word in key)


def _within(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a name is part of a fuller one: surname, given name, ``V. Sapounov``, the letters of an organisation."""
    if len(short) >= len(whole):
        initial = len(short) == len(whole) and len(short[0]) == 1 and whole[0].startswith(short[0])
        return short == whole or (initial and short[1:] == whole[1:])
    if short == whole[-len(short) :] or short == whole[: len(short)]:
        return True
    if len(short) == 1 and len(whole) > 2 and short[0] == _letters(whole):
        return True
    return len(short) > 1 and short[0] == whole[0] and short[-1] == whole[-1]


def _like_a_person(figure: Figure) -> bool:
    """A bare name that stands as a subject and never behind an article or ``à``."""
    names = [mention for mention in figure.mentions if mention.name is not None]
    bare = all(mention.kind is ActorKind.UNKNOWN for mention in names)
    return bare and any(mention.subject for mention in names)


def _add(figure: Figure, mention: Mention, text: str) -> None:
    figure.mentions.append(mention)
    figure.wordings.setdefault(mention.span.of(text))
    if mention.named is not None:
        figure.wordings.setdefault(mention.named.of(text))
    if mention.phrase is not None:
        figure.roles.append(mention.phrase)
        assert mention.role is not None
        described = mention.role.of(text)
        if mention.name is not None or figure.key:
            figure.wordings.setdefault(described)
    if figure.kind is ActorKind.UNKNOWN or (mention.kind is ActorKind.PERSON and mention.name is not None):
        figure.kind = mention.kind
    if mention.gender:
        figure.genders.add(mention.gender)
        if mention.kind is ActorKind.PERSON:
            figure.gender = figure.gender or mention.gender
    figure.many = figure.many or mention.number == "p"


def _name(figure: Figure, text: str, sources: Collection[Span]) -> str:
    """The fullest proper name; else the fullest description, sources before what the scan cut out."""
    named = [mention for mention in figure.mentions if mention.named is not None]
    if not named:
        told = [mention.span.of(text) for mention in figure.mentions if mention.span in sources]
        return max(told or list(figure.wordings), key=len, default="")
    forms = [mention.named.of(text) for mention in named if mention.named is not None]
    name = max(forms, key=lambda form: (len(form.split()), not form.isupper(), len(form)))
    bodies = (ActorKind.ORGANIZATION, ActorKind.GROUP)
    if figure.kind in bodies:
        lettered = [span for m in named if m.named is not None and (span := _lettered(m.named, text))]
        name = max([name, *lettered], key=len) if lettered else name
    if figure.kind in bodies and all(mention.phrase is not None for mention in named):
        return max((mention.span.of(text) for mention in named), key=len)
    if len(name.split()) == 1 and figure.kind is ActorKind.PERSON:
        return _with_honorific(figure, name, text)
    return name


def _role(figure: Figure, stage: Scene) -> str:
    """The fullest description of somebody named, without its article; what he is rather than what he was."""
    told = [
        (not m.phrase.former, len(m.role.of(stage.text)), -m.span.start, m.role.of(stage.text))
        for m in figure.mentions
        if figure.key and m.name is not None and m.role is not None and m.phrase is not None
    ]
    if not told:
        return ""
    words = max(told)[-1]
    article = _ARTICLE.match(words)
    bare = article is not None and article.group().strip().lower().replace("’", "'") in stage.lexicon.determiners
    return words[article.end() :] if bare and article is not None else words


_ARTICLE = re.compile(r"\w+(?:['’]|\s+)")


def _lettered(named: Span, text: str) -> str:
    """``Agence indépendante des contrôles (AIC)``: the name with the letters that stand behind it."""
    behind = _LETTERS.match(text, named.end)
    return text[named.start : behind.end()] if behind else ""


_LETTERS = re.compile(r"\s\([A-Z][A-Za-z]{1,7}\)")


def _with_honorific(figure: Figure, name: str, text: str) -> str:
    """``Mme Tshibangu`` where no given name is ever told."""
    for mention in figure.mentions:
        if mention.name is not None and mention.name.honorific < 0:
            return name
    first = next(mention for mention in figure.mentions if mention.named is not None)
    assert first.named is not None
    before = text[first.span.start : first.named.start].split()
    return f"{before[-1]} {name}" if before else name
