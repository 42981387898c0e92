"""Which language a text is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from selon.languages.pack import languages, load_pack

# Besides the languages we read, those that news pages are most often in: enough to say "neither".
_OTHERS = "ar ca cs da de el es fi he hu it ja ko nl no pl pt ro ru sv tr uk zh"
_ENOUGH = 1200
_SHORT = 60
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")


def detect(text: str, allowed: Sequence[str] = ("fr", "en")) -> str:
    """The code of the text's language, also one not among ``allowed`` (``"de"``: set aside); "" when nothing tells.

    The first 1,200 characters decide. Under 60 letters the model guesses wildly (``Macron`` is Romanian to it), so
    there only function words count, and a language they do not show is not named.
    """
    sample = _ADDRESS.sub(" ", text[:_ENOUGH])
    words = _WORD.findall(sample.lower())
    if sum(map(len, words)) < _SHORT:
        return _by_common_words(words, allowed)
    return str(_identifier(tuple(sorted(set(allowed)))).classify(sample)[0])


def common_words_in(words: Sequence[str], code: str) -> int:
    """How many of the lower-case words are function words of the language and of no other that has a pack."""
    return sum(1 for word in words if word in _telling(code))


@cache
def _telling(code: str) -> frozenset[str]:
    own = set(load_pack(code).words("common_words"))
    others = {word for other in languages() if other != code for word in load_pack(other).words("common_words")}
    return frozenset(own - others)


def _by_common_words(words: Sequence[str], allowed: Sequence[str]) -> str:
    """The language whose own function words are most; "" on a tie or where there are none."""
    known = [code for code in allowed if code in languages()]
    counts = sorted(((common_words_in(words, code), code) for code in known), reverse=True)
    if not counts or not counts[0][0] or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return ""
    return counts[0][1]


@cache
def _identifier(allowed: tuple[str, ...]) -> Any:  # noqa: ANN401 - py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(sorted({*allowed, *languages(), *_OTHERS.split()}))
    return identifier
