"""Puts another verb of the same class, frames and form in a cue's place: « a affirmé que » → « a certifié que »."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache

from selon.languages import load_pack
from selon.languages.inflection import Analysis, Cue, Features, forms

_FRAMES_THAT_MATTER = frozenset(
    {"que", "inf", "de_inf", "a_inf", "direct", "np", "de_np", "a_np", "y_de_inf", "y_a_inf", "y_de", "y_comme"}
)
_VOWELS = "aeiouyéèêâîôhœ"


def change_verbs(words: list[str], cues: Iterable[tuple[int, ...]], chance: float, rng: random.Random) -> None:
    """Changes some of the verbs at ``cues`` (places of each cue's words) in ``words``, in place."""
    for places in cues:
        for place in places:
            if rng.random() < chance:
                other = _another(words[place], rng)
                if other is not None:
                    words[place] = other
                    break


def _another(word: str, rng: random.Random) -> str | None:
    analyses = [analysis for analysis in forms(load_pack("fr")).get(word.lower(), ()) if _plain(analysis.cue)]
    if not analyses:
        return None
    analysis = max(
        analyses,
        key=lambda one: (one.features.person == 3, one.features.tense == "pres", one.features.tense == "ppart"),
    )
    choices = [
        form
        for form in _alike(analysis.cue.kind, _demanded(analysis)).get(analysis.features, ())
        if (form[0] in _VOWELS) == (word[0].lower() in _VOWELS)
    ]
    if not choices:
        return None
    chosen = rng.choice(choices)
    return chosen.capitalize() if word[0].isupper() else chosen


def _plain(cue: Cue) -> bool:
    return not cue.reflexive and not cue.clitics and not cue.tail


def _demanded(analysis: Analysis) -> frozenset[str]:
    return analysis.cue.frames & _FRAMES_THAT_MATTER


@cache
def _alike(kind: str, frames: frozenset[str]) -> dict[Features, list[str]]:
    """The forms of every plain cue of a class that takes all of ``frames``, by what form it is."""
    found: dict[Features, list[str]] = {}
    for form, analyses in forms(load_pack("fr")).items():
        for analysis in analyses:
            if analysis.cue.kind == kind and _plain(analysis.cue) and frames <= analysis.cue.frames:
                found.setdefault(analysis.features, []).append(form)
    return found
