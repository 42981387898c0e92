"""Which tokens are finite verbs: a small linear model over a word and its neighbours, trained on treebanks.

Attribution asks it where clauses begin and end, and whether ``demande`` or ``note`` is a verb here or a noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from selon.languages import LanguagePack
from selon.models.linear import LinearModel, read_linear
from selon.tokens import Token

MODEL = "finite.json"
_EDGE = "<>"


@cache
def finite_model(pack: LanguagePack) -> LinearModel | None:
    """The pack's model of finite verbs, or None when it has none."""
    data = pack.model(MODEL)
    return read_linear(data, f"language pack {pack.code}, {MODEL}") if data is not None else None


def finite_verbs(tokens: Sequence[Token], model: LinearModel) -> list[bool]:
    """For each token of a sentence whether it is a finite verb (an auxiliary counts)."""
    forms = [_EDGE, _EDGE, *(token.form for token in tokens), _EDGE, _EDGE]
    score = model.score
    return [
        token.text[0].isalpha() and score(finite_features(forms, i, token.text)) > 0
        for i, token in enumerate(tokens, start=2)
    ]


def finite_features(forms: Sequence[str], i: int, text: str) -> tuple[str, ...]:
    """The feature names of token ``i`` of a sentence's lower-case forms, two edge marks on each side.

    ``text`` is the token's own spelling.
    """
    form, before, after = forms[i], forms[i - 1], forms[i + 1]
    tail = form[-3:]
    capital = "C" if text[0].isupper() else "c"
    return (
        f"w={form}",
        f"s4={form[-4:]}",
        f"s3={tail}{capital}",
        f"s2={form[-2:]}",
        f"p={before}",
        f"n={after}",
        f"p2={forms[i - 2]}|{before}",
        f"n2={after}|{forms[i + 2]}",
        f"p={before}|s3={tail}",
        f"n={after}|s3={tail}",
        f"ps={before[-3:]}|s2={form[-2:]}",
        f"ns={after[-3:]}|s2={form[-2:]}",
        f"p={before}|w={form}",
        f"n={after}|w={form}",
        f"{capital}|p={before}",
    )
