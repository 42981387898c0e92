"""Whether a description (``l'ancien boxeur``, ``la magistrate``) takes up a figure: what speaks for it."""

from __future__ import annotations

from selon.records import ActorKind
from selon.resolution.cast import Figure, clashes
from selon.resolution.lexicon import Lexicon, plain
from selon.resolution.mentions import Mention, Scene
from selon.resolution.phrases import Phrase

Features = dict[str, float]

EXACT = frozenset({"same rank", "same head, no new words"})
"""What says that a figure is called just so."""


def may_take_up(mention: Mention) -> bool:
    """Whether a description may refer to somebody named elsewhere: one person or body, and not ``un`` or ``son``."""
    phrase = mention.phrase
    if mention.name is not None or phrase is None or mention.number == "p" or mention.kind is ActorKind.DOCUMENT:
        return False
    if mention.kind is ActorKind.UNKNOWN and phrase.promise != "demonstrative":
        return False
    return phrase.promise in ("definite", "demonstrative") or (not phrase.promise and mention.kind is ActorKind.PERSON)


def may_be(mention: Mention, figure: Figure) -> bool:
    """Whether a figure may be what the description takes up."""
    inside = mention.phrase is not None and bool(figure.key) and figure.key[-1] in mention.phrase.words
    return bool(figure.key) and figure.kind is not ActorKind.UNKNOWN and not inside and not clashes(mention, figure)


def fit(mention: Mention, figure: Figure, stage: Scene) -> Features:
    """How the description and what is known of the figure go together."""
    phrase = mention.phrase
    assert phrase is not None
    lexicon = stage.lexicon
    found: Features = {f"{phrase.promise or 'bare'}": 1.0, f"a {mention.kind.value}": 1.0}
    known = [role for role in figure.roles if role.listed]
    best = max((_role(phrase, role, lexicon) for role in figure.roles), default=("", 0.0), key=lambda pair: pair[1])
    ranked = _rank(phrase, figure, lexicon)
    if ranked and best[1] < 2.0:
        found[ranked] = 1.0
    elif best[1]:
        found[best[0]] = 1.0
    elif known:
        found["has another role"] = 1.0
    else:
        found["no role known"] = 1.0
    if "*" in lexicon.covers.get(phrase.lemma, ()):
        found["covers anybody"] = 1.0
    if not phrase.listed and lexicon.nationality(mention.span.of(stage.text).split()[-1].lower()):
        found["of a country or town"] = 1.0
    if not phrase.listed:
        found["head unknown"] = 1.0
    seen = {plain(word) for wording in figure.wordings for word in wording.split()}
    if phrase.words & seen:
        found["words in common"] = 1.0
    elif phrase.words:
        found["words of its own"] = 1.0
    if figure.gender and mention.gender:
        found["gender agrees"] = 1.0
    return found


def _rank(phrase: Phrase, figure: Figure, lexicon: Lexicon) -> str:
    if phrase.lemma in figure.ranks:
        return "same rank"
    return "epithet covers rank" if lexicon.covers.get(phrase.lemma, frozenset()) & figure.ranks else ""


def _role(phrase: Phrase, role: Phrase, lexicon: Lexicon) -> tuple[str, float]:
    former = ", former" if phrase.former != role.former else ""
    if phrase.lemma == role.lemma:
        if phrase.words <= role.words:
            return f"same head, no new words{former}", 4.0
        if role.words <= phrase.words or phrase.words & role.words:
            return f"same head, some words in common{former}", 3.0
        return "same head, other words", 1.0
    if role.lemma in lexicon.covers.get(phrase.lemma, ()):
        return f"epithet covers{former}", 2.0
    if phrase.lemma in lexicon.covers.get(role.lemma, ()):
        return "covered by epithet", 1.5
    return "", 0.0
