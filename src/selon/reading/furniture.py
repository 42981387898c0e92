"""How much a short line at the edge of a page looks like page furniture: features weighed by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from selon.languages.pack import languages, load_pack
from selon.offsets import Span
from selon.reading.language import common_words_in

THRESHOLD = 3.0
_WORD = re.compile(r"[^\W\d_]+")
_STOPPED = re.compile(r"[.!?…][»”’\"')\]\s]*$|[»”\"]\s*$")
_QUOTED = re.compile(r"[«»“”\"„‘]")
_LONG_ENOUGH = 80

# What a feature adds. Each alone stays under the threshold, three together pass it: "Vie locale" in a row of such lines
# does, "Le procès reprend lundi" at the end of an article that lost its full stop does not.
_WEIGHTS = {
    "no mark at its end": 1.0,  # menus, buttons and names have none; prose without one is rare
    "three words at most": 1.5,
    "six words at most": 0.5,
    "more than twelve words": -2.0,  # titles of other articles may be longer; prose surely is
    "quotation marks": -3.0,  # somebody's words must never be lost
    "function words": -1.0,  # a clause needs them
    "speaks to the reader": 2.0,  # "Découvrez nos offres", "Got a news tip? Write to our desk"
    "all words capitalised": 0.5,
    "beside furniture": 1.0,  # known lines come in rows
    "in a row of short lines": 1.0,
    "below furniture": 2.5,  # under the article, with a known line between: titles of other articles, menus of the foot
    "another language": 2.0,  # an English form under a French article
}


@dataclass(slots=True)
class Line:
    """A line or wrapped paragraph of a page; ``stopped``: it ends like a sentence; ``reason``: why it was set aside."""

    span: Span
    text: str
    words: list[str]
    stopped: bool
    reason: str = ""

    @property
    def quoted(self) -> bool:
        """Whether a quotation mark stands in it."""
        return _QUOTED.search(self.text) is not None

    def short(self) -> bool:
        """Whether it is a few words without a mark at the end."""
        return len(self.words) <= 6 and not self.stopped


def line(text: str, span: Span) -> Line:
    """The line at ``span``, with its lower-case words."""
    words = span.of(text)
    return Line(span, words, _WORD.findall(words.lower()), _STOPPED.search(words[-12:]) is not None)


def prose(line: Line, language: str) -> bool:
    """Whether the line is surely text of an article in the language: a sentence with its mark, or a long paragraph."""
    count = len(line.words)
    if count < 6 or foreign(line, language):
        return False
    if line.stopped:
        return count >= 12 or common_words_in(line.words, language) > 0
    return count >= 30 and common_words_in(line.words, language) >= count * 0.15


def foreign(line: Line, language: str) -> bool:
    """Whether the line is in another language than the article's, as far as function words show."""
    words = line.words[:_LONG_ENOUGH]
    own = common_words_in(words, language)
    return any(common_words_in(words, code) >= 2 + 3 * own for code in languages() if code != language)


def menu(line: Line, language: str) -> bool:
    """Whether the line is a whole menu run together: many capitalised words, hardly a function word, no mark."""
    count = len(line.words)
    if count < 8 or re.search(r"[.!?…:«“\"]", line.text):
        return False
    capitals = sum(1 for word in re.findall(r"\b[^\W\d_]+", line.text) if word[0].isupper())
    return capitals >= 0.6 * count and common_words_in(line.words, language) <= 0.1 * count


def score(lines: Sequence[Line], place: int, language: str, *, below: bool) -> float:
    """The weight of the features of ``lines[place]``; from THRESHOLD on a line at an edge of the page is furniture.

    ``below``: a line set aside stands between it and the end of the article.
    """
    features = _features(lines, place, language) | {"below furniture": below and not lines[place].stopped}
    return sum(_WEIGHTS[name] for name, present in features.items() if present)


def _features(lines: Sequence[Line], place: int, language: str) -> dict[str, bool]:
    line, count = lines[place], len(lines[place].words)
    beside = [*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2]]
    around = lines[max(0, place - 2) : place + 3]
    names = [word for word in re.findall(r"\b[^\W\d_]+", line.text) if len(word) > 3]
    return {
        "no mark at its end": not line.stopped,
        "three words at most": count <= 3,
        "six words at most": count <= 6,
        "more than twelve words": count > 12,
        "quotation marks": line.quoted,
        "function words": common_words_in(line.words, language) > 0,
        "speaks to the reader": any(word in _appeals() for word in line.words),
        "all words capitalised": bool(names) and all(word[0].isupper() for word in names),
        "beside furniture": any(other.reason for other in beside),
        "in a row of short lines": sum(1 for other in around if other.short()) >= 3,
        "another language": foreign(line, language),
    }


@cache
def _appeals() -> frozenset[str]:
    return frozenset(word for code in languages() for word in load_pack(code).words("appeal_words"))
