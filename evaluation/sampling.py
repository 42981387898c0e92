"""The statements of ``data/said_on.jsonl``, drawn anew: which ones were to be annotated, without what was annotated.

    python -m evaluation.sampling

A quotation is *timely* where its sentences or the two before name a day, a month, a year or the like outside of what is
said; *placed* where they name an occasion, a medium or a listener; else *plain*; *near* and *close*, whichever it is
else, where a word of time stands within 60 or 20 characters of cue or source; *spoken* where a word of the other kind
does within 25. From each set a fixed number of each is drawn, seed 4, no more than three an article (five, seven, nine
with the last ones); every second article in the order drawn is held back for the report.
These words only choose what a person reads; they are no part of selon.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.gold import SHARED, Article, drawn_from

WANTED: dict[str, tuple[int, ...]] = {
    "wikinews-dev": (18, 9, 8, 10, 14, 16),
    "seeds": (8, 4, 4, 4, 0, 0),
    "S5 fr": (10, 6, 5, 8, 12, 14),
    "S5 en": (6, 4, 3, 4, 7, 8),
    "S0-S4": (8, 5, 3, 12, 22, 16),
    "ntrex-train": (3, 2, 2, 2, 0, 10),
}
"""How many timely, placed, plain, near, close and spoken ones of each set."""

SEED = 4
_AN_ARTICLE = (3, 3, 3, 5, 7, 9)


class Drawn(NamedTuple):
    """A quotation to annotate: where it comes from, and whether it is for developing or for the report."""

    set: str
    article: Article
    quotation: dict[str, Any]
    half: str


def drawn(shared: Path = SHARED) -> list[Drawn]:
    """The sample in the order drawn; the same on every machine."""
    found: list[Drawn] = []
    halves: dict[str, str] = {}
    pools = {name: _pool(name, shared) for name in WANTED}
    # The last stratum was added later, and must not move what was drawn before.
    for strata in (range(_SPOKEN), range(_SPOKEN, _SPOKEN + 1)):
        for name, pool in pools.items():
            for stratum in strata:
                left = WANTED[name][stratum]
                for article, quotation in pool:
                    key = str(article["id"])
                    taken = sum(each.article is article for each in found)
                    fresh = all(each.quotation is not quotation for each in found)
                    if left and fresh and taken < _AN_ARTICLE[stratum] and _is(stratum, article["text"], quotation):
                        half = halves.setdefault(key, ("dev", "held")[len(halves) % 2])
                        found.append(Drawn(name, article, quotation, half))
                        left -= 1
    return found


def _pool(name: str, shared: Path) -> list[tuple[Article, dict[str, Any]]]:
    pool = [(article, each) for article in drawn_from(name, shared) for each in article["quotations"]]
    pool = [(article, each) for article, each in pool if not each.get("optional")]
    random.Random(f"{SEED} {name}").shuffle(pool)  # noqa: S311  a sample, no secret
    return pool


def _is(stratum: int, text: str, quotation: dict[str, Any]) -> bool:
    return _near(text, quotation, _NEAR[stratum]) if stratum in _NEAR else _stratum(text, quotation) == stratum


def _near(text: str, quotation: dict[str, Any], near: tuple[int, re.Pattern[str]]) -> bool:
    """Whether such a word stands by the cue or the source, in their paragraph and outside of what is said."""
    reach, words = near
    for start, end in (*(quotation.get("cue") or ()), *(quotation.get("source") or ())):
        low = max(text.rfind("\n", 0, start) + 1, start - reach)
        high = min(text.find("\n", end) % (len(text) + 1), end + reach)
        around = list(text[low:high])
        for begin, stop in quotation["content"]:
            if begin < high and stop > low:
                around[max(0, begin - low) : stop - low] = " " * (min(stop, high) - max(begin, low))
        if words.search("".join(around)):
            return True
    return False


def _stratum(text: str, quotation: dict[str, Any]) -> int:
    parts = [*quotation["content"], *(quotation.get("cue") or ()), *(quotation.get("source") or ())]
    first, last = min(start for start, _ in parts), max(end for _, end in parts)
    start = max([0, *(each.end() for each in _END.finditer(text, max(0, first - 400), first))][-3:][0], 0)
    stop = _END.search(text, last)
    around = list(text[start : stop.end() if stop else len(text)])
    for begin, end in quotation["content"]:
        around[max(0, begin - start) : end - start] = " " * (end - max(begin, start))
    words = "".join(around)
    return 0 if _TIMELY.search(words) else 1 if _PLACED.search(words) else 2


_SPOKEN = 5
_END = re.compile(r"[.!?…]\s|\n")
_TIMELY = re.compile(
    r"\b(?:lun|mar|mercre|jeu|vendre|same)di\b|\bdimanche\b|\w+day\b|\b(?:hier|veille|lendemain|matin|soir|semaine|mois"
    r"|an dernier|année|jours?|week|month|morning|evening|ago|janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|\b(?:19|20)\d\d\b"
)
_PLACED = re.compile(
    r"\b(?:presse|press|journalistes?|reporters?|conférence|conference|communiqué|statement|entretien|interview|micro"
    r"|Twitter|Facebook|X|AFP|Reuters|BBC|Parlement|Parliament|lettre|letter|réunion|meeting|devant|told|lors|auprès"
    r"|télévision|radio|discours|speech|blog|site)\b"
)
_NEAR = {3: (60, _TIMELY), 4: (20, _TIMELY), 5: (25, _PLACED)}


def main() -> None:
    """Print the sample, a JSON record a line."""
    for name, article, quotation, half in drawn():
        print(json.dumps({"set": name, "article": article["id"], "half": half, "content": quotation["content"]}))


if __name__ == "__main__":
    main()
