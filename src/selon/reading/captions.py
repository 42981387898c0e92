"""The line under a picture."""

from __future__ import annotations

import re
from functools import cache

from selon.languages.pack import languages, load_pack

_MOST_WORDS = 60


def caption(line: str) -> bool:
    """Whether a line is what stands under a picture: ``Photo : le pont``, ``Le pont, mardi. (Photo DR)``, ``© DR``.

    The words of every pack count, since agencies caption in English.
    """
    return line.count(" ") < _MOST_WORDS and _captions().search(line) is not None


@cache
def _captions() -> re.Pattern[str]:
    words = {word for code in languages() for word in load_pack(code).words("captions")}
    either = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\A(?:{either})s?\s*[:|/©(.]|(?:©|[(/]\s*(?:{either})\b)[^.!?]{{0,60}}\Z|\A\(?©",
        re.IGNORECASE,
    )
