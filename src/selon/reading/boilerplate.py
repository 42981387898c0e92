"""Lines that no article is made of, known by what they say: phrases of the packs, codes and addresses of the script."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from selon.languages.pack import languages, load_pack

# Words a line may have when it begins with a phrase: "Abonnez-vous à …" is an appeal of a line or two, "Ce site utilise
# des cookies …" may go on for a page.
_LONGEST_APPEAL = 45
_LONGEST_NOTICE = 150
_TELLING_PHRASE = 4
_LONGEST_LINE = 400
_LONGEST_PHRASE = 160
_BULLETS = "•·*|>»›→▶►▸■●◆–—-+#~ \t\u00a0\u202f\ufeff\u200b✓✔"
_ENDS = " \t\u00a0\u202f.:;,…!|<>»›→▶►▼▾+–—-*"
_FIRST_WORD = re.compile(r"\w+")
_COMBINING = re.compile(r"[\u0300-\u036f]+")
_OPENING = ("«", "“", '"', "‘", "'")

# What scripts, widgets and publishing tools leave in the text of a page, the same in every language.
_TAGS = r"<\s*/?(?:script|iframe|div|span|style|img|a|blockquote)\b|<!--"
_STATEMENTS = r"(?:var|let|const) \w+ ?=|window\.|document\.|\(?function ?\(|@media\b|\{\{"
_ADDRESS = r"(?:https?://|//|www\.)\S+"
_SHORTCODE = r"\[/?[a-z_-]{3,20}[\s=:][^\[\]]*(?:=|://)[^\[\]]*\]"
_CRUMB = r"\w[^.!?«“\"|>›/]{0,60}"
_CODES = (
    ("embedded address", re.compile(rf"{_ADDRESS}(?:\s+{_ADDRESS})*")),
    ("shortcode", re.compile(rf"(?:{_SHORTCODE}|\[/?[a-z_-]{{3,20}}\])(?:.{{0,300}}\[/[a-z_-]{{3,20}}\])?")),
    ("script", re.compile(rf"(?:{_TAGS}|{_STATEMENTS}).*")),
    ("script", re.compile(r"[{}();\[\]\s]+|[^{]{0,60}\{[^{}]*:[^{}]*\}")),
    ("mail address", re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")),
    ("account", re.compile(r"[@#]\w{2,30}(?:\s+[@#]\w{2,30})*")),
    ("copyright line", re.compile(r"(?:©|\(c\) ?\d{4}|copyright (?:©|\(c\)|\d{4}|by\b)).{0,160}", re.IGNORECASE)),
    ("copyright line", re.compile(r".{0,60}© ?\d{4}.{0,80}")),
    ("telephone", re.compile(r"(?:tel|tél|phone|fax)[ .:]{0,4}[+\d (][\d .()/-]{6,20}", re.IGNORECASE)),
    ("rule", re.compile(r"[\W_]+")),
    ("languages", re.compile(r"(?:[A-Z]{2}\b[\s|/·-]*){3,}")),
    ("counter", re.compile(r"[\W\d_]+")),
    ("breadcrumb", re.compile(rf"(?:[|>›/]\s)?{_CRUMB}(?:\s+[>›/|]\s+{_CRUMB}){{2,}}(?:\s[|>›/])?")),
)
_INSIDE = re.compile(rf"{_SHORTCODE}|https?://\S+\.js\b\S*|https?://\S*embed\S*")
_SENTENCE_ENDS = frozenset('.!?…»”"')


def known(line: str) -> str:
    """What kind of page furniture a line says it is, or "" when it says nothing of the sort.

    The phrases of every pack apply: English comment forms stand under French articles. Answers for lines are
    remembered, since the pages of a site repeat theirs.
    """
    if len(line) > _LONGEST_LINE:
        start = "" if line.startswith(_OPENING) else fold(line[:_LONGEST_PHRASE])
        return _phrases().begins(start, line.count(" ")) if start else ""
    return _judged(line)


def codes_inside(line: str) -> Iterator[tuple[int, int, str]]:
    """The shortcodes and widget addresses between the sentences of a line: start, end and reason of each.

    One inside a sentence stays where it is, since cutting it out would cut the sentence.
    """
    for match in _INSIDE.finditer(line) if "[" in line or "://" in line else ():
        before, after = line[: match.start()].rstrip(), line[match.end() :].lstrip()
        if not after or not before or before[-1] in _SENTENCE_ENDS:
            yield match.start(), match.end(), "shortcode" if match.group().startswith("[") else "embedded address"


@lru_cache(maxsize=16_384)
def _judged(line: str) -> str:
    if line.startswith(_OPENING):
        return ""
    folded = fold(line)
    if reason := _phrases().says(folded) or _phrases().begins(folded, folded.count(" ")):
        return reason
    return next((reason for reason, pattern in _CODES if pattern.fullmatch(line)), "")


def fold(line: str) -> str:
    """The line in lower case without accents, bullets and doubled blanks, with straight apostrophes.

    >>> fold("▶  À  l’étage")
    "a l'etage"
    """
    line = line.lstrip(_BULLETS).replace("’", "'").replace("ʼ", "'").lower()
    if not line.isascii():
        line = _COMBINING.sub("", unicodedata.normalize("NFD", line))
    return " ".join(line.split())


class _Phrases:
    """The boilerplate tables of all packs, ready to be asked."""

    def __init__(self) -> None:
        self._whole: dict[str, str] = {}
        self._starts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for row in (row for code in languages() for row in load_pack(code).rows("boilerplate")):
            phrase = fold(row["phrase"])
            if row["match"] == "regex":
                self._patterns.append((re.compile(row["phrase"]), row["reason"]))
            elif row["match"] == "line":
                self._whole.setdefault(_bare(phrase), row["reason"])
            else:
                self._starts[_first_word(phrase)].append((phrase, row["reason"]))
        self._any_pattern = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self._patterns))

    def begins(self, folded: str, blanks: int) -> str:
        """The reason of the phrase that the line begins with, if its ``blanks`` are too few for prose."""
        for phrase, reason in self._starts.get(_first_word(folded), ()):
            if folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum():
                telling = phrase.count(" ") + 1 >= _TELLING_PHRASE
                most = _LONGEST_NOTICE if telling else _LONGEST_APPEAL
                return reason if blanks < most else ""
        return ""

    def says(self, folded: str) -> str:
        """The reason of the phrase or pattern that is the whole line."""
        bare = _bare(folded)
        if reason := self._whole.get(bare, ""):
            return reason
        short = folded.rstrip(_ENDS)
        if not (self._any_pattern.fullmatch(short) or self._any_pattern.fullmatch(folded)):
            return ""
        found = (reason for pattern, reason in self._patterns if pattern.fullmatch(short) or pattern.fullmatch(folded))
        return next(found, "")


def _bare(folded: str) -> str:
    return folded.strip(_ENDS + "?")


def _first_word(folded: str) -> str:
    found = _FIRST_WORD.match(folded)
    return found.group() if found else ""


@cache
def _phrases() -> _Phrases:
    return _Phrases()
