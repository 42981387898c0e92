"""Which tokens are finite verbs: a small linear model over a word and its neighbours, trained on treebanks.

Attribution asks it where clauses begin and end, and whether ``demande`` or ``note`` is a verb here or a noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import repeat

from selon.languages import LanguagePack
from selon.models.linear import LinearModel, read_linear
from selon.tokens import Token

MODEL = "finite.json"
_EDGE = "<>"
_REMEMBERED = 1 << 16


class FiniteVerbs:
    """A pack's model with what it said of words and pairs of neighbours before, since news repeats itself."""

    def __init__(self, model: LinearModel) -> None:
        self._bias = model.bias
        self._weights = model.weights
        self._alone = lru_cache(_REMEMBERED)(lambda form, capital: self._sum(_alone(form, capital)))
        self._behind = lru_cache(_REMEMBERED)(lambda before, form, capital: self._sum(_behind(before, form, capital)))
        self._ahead = lru_cache(_REMEMBERED)(lambda form, after: self._sum(_ahead(form, after)))

    def __call__(self, tokens: Sequence[Token]) -> list[bool]:
        """For each token of a sentence whether it is a finite verb (an auxiliary counts)."""
        forms = [_EDGE, _EDGE, *(token.form for token in tokens), _EDGE, _EDGE]
        return [token.text[0].isalpha() and self._score(forms, i, token.text) > 0 for i, token in enumerate(tokens, 2)]

    def _score(self, forms: Sequence[str], i: int, text: str) -> float:
        form, capital = forms[i], text[0].isupper()
        near = self._alone(form, capital) + self._behind(forms[i - 1], form, capital) + self._ahead(form, forms[i + 1])
        return self._bias + near + self._sum(_wide(forms, i))

    def _sum(self, features: Sequence[str]) -> float:
        return sum(map(self._weights.get, features, repeat(0.0)))


@cache
def finite_verbs(pack: LanguagePack) -> FiniteVerbs | None:
    """The pack's judge of finite verbs, or None when it has no model. Raises PackError when that is damaged."""
    data = pack.model(MODEL)
    return FiniteVerbs(read_linear(data, f"language pack {pack.code}, {MODEL}")) if data is not None else None


def finite_features(forms: Sequence[str], i: int, text: str) -> tuple[str, ...]:
    """The feature names of token ``i`` of a sentence's lower-case forms, two edge marks on each side.

    ``text`` is the token's own spelling.
    """
    form, capital = forms[i], text[0].isupper()
    return (
        *_alone(form, capital),
        *_behind(forms[i - 1], form, capital),
        *_ahead(form, forms[i + 1]),
        *_wide(forms, i),
    )


def _alone(form: str, capital: bool) -> tuple[str, ...]:
    return (f"w={form}", f"s4={form[-4:]}", f"s3={form[-3:]}{'C' if capital else 'c'}", f"s2={form[-2:]}")


def _behind(before: str, form: str, capital: bool) -> tuple[str, ...]:
    return (
        f"p={before}",
        f"p={before}|s3={form[-3:]}",
        f"ps={before[-3:]}|s2={form[-2:]}",
        f"p={before}|w={form}",
        f"{'C' if capital else 'c'}|p={before}",
    )


def _ahead(form: str, after: str) -> tuple[str, ...]:
    return (f"n={after}", f"n={after}|s3={form[-3:]}", f"ns={after[-3:]}|s2={form[-2:]}", f"n={after}|w={form}")


def _wide(forms: Sequence[str], i: int) -> tuple[str, ...]:
    return (f"p2={forms[i - 2]}|{forms[i - 1]}", f"n2={forms[i + 1]}|{forms[i + 2]}")
