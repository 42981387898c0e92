"""Copies: what selon says of who took from whom among the written sets, and of real translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.gold import BUNDLED, SHARED, Article, GoldError, GoldSet, drawn_from, gold_sets
from evaluation.measures import Count, Tally
from selon.languages import load_pack
from selon.matching.copies import find_copies
from selon.pipeline import printed
from selon.reading import passages, read_document
from selon.records import CopyKind, Document, SetAside

MEASURES = ("copies", "copies, direction", "copies, kind")
"""copies: pairs of articles, whichever is said to be the origin · direction, kind: of the pairs found, those that have
it right; direction only where both days are known."""

_COPIED = (CopyKind.FULL, CopyKind.PARTIAL, CopyKind.TRANSLATED)
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reused:
    """Articles, of whom each was taken (``gold``: copy to origin and kind) and what selon says (``told``)."""

    gold: GoldSet
    true: Mapping[_Pair, str]
    told: Mapping[_Pair, str] = field(repr=False)
    undated: frozenset[str] = frozenset()

    @property
    def tallies(self) -> list[Tally]:
        """The counts of each article that took or is said to have, in order; of all together where none did."""
        names = sorted({derived for derived, _ in (*self.true, *self.told)})
        return [self._tally(name) for name in names] or [dict.fromkeys(MEASURES, Count())]

    def _tally(self, name: str) -> Tally:
        true = {pair: kind for pair, kind in self.true.items() if pair[0] == name}
        told = [pair for pair in self.told if pair[0] == name]
        turned = {pair[::-1] for pair in self.told}
        hits = [pair for pair in true if pair in self.told or pair in turned]
        wrong = [pair for pair in told if pair not in self.true and pair[::-1] not in self.true]
        dated = [pair for pair in hits if not self.undated & set(pair)]
        right = sum(pair in self.told for pair in dated)
        kinds = sum(self.told.get(pair, self.told.get(pair[::-1])) == true[pair] for pair in hits)
        return {
            "copies": Count(len(hits), len(hits) + len(wrong), len(true)),
            "copies, direction": Count(right, len(dated), len(dated)),
            "copies, kind": Count(kinds, len(hits), len(hits)),
        }


def reused(shared: Path = SHARED, bundled: Path = BUNDLED) -> list[Reused]:
    """What selon says of the copies among the bundled articles, and with ``shared`` of the written sets and of NTREX.

    NTREX are real English articles, each with a professional translation: nobody credits anybody, no day is known, and
    the translator is good. Raises GoldError when articles are missing or damaged.
    """
    own = [each for part in gold_sets(Path("/nowhere"), bundled) for each in part.articles]
    parts = [_measured("copies bundled", own)]
    if shared.is_dir():
        parts.append(_measured("copies S0-S4", drawn_from("S0-S4", shared)))
        parts.append(_measured("copies S5", [*drawn_from("S5 fr", shared), *drawn_from("S5 en", shared)]))
        parts.append(_measured("copies ntrex", translations(shared)))
    return parts


def translations(shared: Path) -> list[Article]:
    """The French articles of NTREX and their English originals, as articles that were copied."""
    folder = shared / "data" / "quotations" / "texts"
    articles: list[Article] = []
    for record in drawn_from("ntrex-train", shared):
        original = folder / f"{record['id']}-en.txt"
        try:
            text = original.read_text(encoding="utf-8")
        except OSError as error:
            raise GoldError(f"the original of a translated article cannot be read: {original}: {error}") from error
        key = f"{record['id']}-en"
        articles.append({"id": key, "lang": "en", "text": text})
        articles.append(
            {"id": record["id"], "lang": "fr", "text": record["text"], "copy_of": key, "copy": "translated"}
        )
    return articles


def _measured(name: str, articles: Sequence[Article]) -> Reused:
    pile, names = [], {}
    for each in articles:
        told = {"language": each.get("lang", "fr"), "outlet": each.get("outlet", ""), "published": each.get("date", "")}
        article = read_document(Document(str(each["id"]), each["text"], "text/plain", **told))
        if isinstance(article, SetAside):
            continue
        names[article.id] = str(each["id"])
        pile.append(printed(article, passages(article, load_pack(article.language))))
    found = {
        (names[copy.derived], names[copy.origin]): copy.kind.value for copy in find_copies(pile) if copy.kind in _COPIED
    }
    true = {(str(each["id"]), each["copy_of"]): each["copy"] for each in articles if each.get("copy_of")}
    present = set(names.values())
    kept = {pair: true[pair] for pair in true if set(pair) <= present}
    undated = frozenset(str(each["id"]) for each in articles if not each.get("date"))
    return Reused(GoldSet(name, tuple(articles)), kept, found, undated)
