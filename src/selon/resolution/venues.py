"""Where something was said, in what or on what occasion: ``à Bruxelles``, ``dans un communiqué``, ``sur BFM TV``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from selon.languages.pack import LanguagePack
from selon.offsets import Span
from selon.records import ActorKind, Quotation
from selon.resolution.lexicon import plain
from selon.resolution.surroundings import Surroundings


@dataclass(frozen=True)
class Places:
    """The words of one language that lead to a venue, compiled.

    ``leads`` are the prepositions, ``kinds`` says of each what may follow it, ``follows`` has a pattern for each kind.
    """

    leads: re.Pattern[str]
    kinds: Mapping[str, tuple[str, ...]]
    follows: Mapping[str, re.Pattern[str]]
    not_opening: frozenset[str]
    speaking_to: frozenset[str]
    not_places: frozenset[str]
    speaking: re.Pattern[str]
    ends: re.Pattern[str]
    trailing: re.Pattern[str]


@cache
def places(pack: LanguagePack) -> Places:
    """The venue grammar of a pack, made once."""
    table: Mapping[str, Any] = pack.table("dates")["venue"]
    kinds: dict[str, tuple[str, ...]] = {}
    for kind in _KINDS:
        for lead in table[kind]:
            kinds[lead] = (*kinds.get(lead, ()), kind)
    determiners = rf"(?:(?:{_any(table['determiners'])})[ \u00a0]?)?"
    nouns, grounds = _any(_plural(table["nouns"])), _any(_plural(table["grounds"]))
    word = r"(?:[\w’'-]+\s)??"
    ends = _any(table["ends"])
    follows = {
        "occasion": rf"(?!(?:{ends})){determiners}\w",
        "whole": rf"{determiners}\w",
        "in": rf"{determiners}{word}(?:{nouns}|{grounds})",
        "bare": rf"(?:{nouns})",
        "before": rf"{determiners}{word}(?:{grounds})",
    }
    return Places(
        leads=re.compile(_any(kinds)),
        kinds=kinds,
        follows={kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in follows.items()},
        not_opening=frozenset(table["not_opening"]),
        speaking_to=frozenset(pack.table("dates")["addressee"]["prepositions"]),
        not_places=frozenset([*pack.words("outlet_words"), *table["not_places"]]),
        speaking=re.compile(rf"(?:{_any(table['speaking'])})\s*$", re.IGNORECASE),
        ends=re.compile(rf"[,;:.!?()«»“”\"\n—–]|\s(?:{ends})", re.IGNORECASE),
        trailing=re.compile(rf"(?:\s(?:{_any(_leading(table))}))+\Z", re.IGNORECASE),
    )


class Candidate(NamedTuple):
    """Where words lead to a venue: ``lead`` begins with the preposition, ``first`` are the venue's first words.

    A ``bare`` name has to stand closer than an occasion; ``free`` says that it need not, for the words before it speak
    of speaking (``S'exprimant à Bucarest``).
    """

    lead: Span
    first: Span
    bare: bool
    free: bool


class Venues:
    """Finds the venues of the quotations of one article."""

    def __init__(self, around: Surroundings, pack: LanguagePack) -> None:
        self.around = around
        self.stage = around.stage
        self.places = places(pack)
        self._seen: dict[tuple[int, frozenset[int]], list[Candidate]] = {}

    def venue(self, quotation: Quotation, number: int, dates: Sequence[Span]) -> Span | None:
        """The words for where it was said, the preposition left out; None where none stands by cue or source.

        ``dates`` are the temporal expressions of the sentence, which part nothing and end a venue.
        """
        if not quotation.cue:
            return None
        sentence, voice = self.around.sentence(quotation), self.around.voice(quotation, number)
        scored = []
        for candidate in self._candidates(sentence, voice):
            if any(span.overlaps(candidate.first) for span in quotation.cue + quotation.source):
                continue
            whole = candidate.first if candidate.bare else self._ended(quotation, candidate.first, dates)
            if any(date.overlaps(whole) and date.start <= whole.start for date in dates):
                continue
            place = Span(candidate.lead.start, whole.end)
            if self.around.of_another(quotation, place) and not self._opens(candidate, sentence, voice):
                continue
            distance = self._distance(quotation, candidate, whole, (voice, dates))
            if distance <= (_NEAR if candidate.bare else _FAR):
                scored.append((distance, whole.start, whole))
        return min(scored)[2] if scored else None

    def _candidates(self, sentence: int, voice: frozenset[int]) -> list[Candidate]:
        key = (sentence, voice)
        if key not in self._seen:
            self._seen[key] = list(self._scanned(sentence, voice))
        return self._seen[key]

    def _scanned(self, sentence: int, voice: frozenset[int]) -> Iterator[Candidate]:
        span = self.stage.sentences[sentence].span
        words = self.around.told(span, voice)
        low = words.lower()
        for lead in self.places.leads.finditer(low if len(low) == len(words) else words):
            start = lead.start()
            if start and (words[start - 1].isalnum() or words[start - 1] in _JOINTS):
                continue
            first = lead.end() + words.startswith((" ", "\u00a0"), lead.end())
            for kind in self.places.kinds[lead.group().replace("’", _APOSTROPHE)]:
                found = (_NAME if kind in _NAMED else self.places.follows[kind]).match(words, first)
                if found is None:
                    continue
                venue = Span(span.start + (start if kind in _KEPT else first), span.start + found.end())
                if kind not in _NAMED or self._somewhere(venue, sentence, kind, lead.group()):
                    free = self.places.speaking.search(words, max(0, start - _REACH), start) if kind == "at" else None
                    begins = span.start + (free.start() if free else start)
                    yield Candidate(Span(begins, venue.end), venue, kind == "at", free is not None)
                    break

    def _somewhere(self, named: Span, sentence: int, kind: str, lead: str) -> bool:
        """Whether a bare name is a place or a channel, not somebody: ``à Paris``, ``sur BFM TV``, not ``à Reuters``."""
        key = plain(named.of(self.stage.text))
        if key.split()[-1] in self.around.people:
            return False
        known = self.stage.lexicon.metonyms.get(key)
        if known == "place" or (known is not None and lead in self.places.speaking_to):
            return known == "place" and kind == "at"
        for mention in self.stage.of_sentence(sentence):
            if mention.span.overlaps(named) and (mention.kind is ActorKind.PERSON or mention.phrase is not None):
                return False
        if kind == "on":
            return True
        inner = any(
            letter.isupper() for word in named.of(self.stage.text).split() for letter in _LETTERS.sub("", word)[1:]
        )
        return not (inner or self.places.not_places.intersection(key.split()))

    def _ended(self, quotation: Quotation, first: Span, dates: Sequence[Span]) -> Span:
        """The venue to the end of its phrase: the next mark, clause, date or part of the quotation."""
        text = self.stage.text
        stop = self.places.ends.search(text, first.end)
        end = stop.start() if stop is not None else len(text)
        parts = (*quotation.cue, *quotation.source, *quotation.content, *dates)
        end = min([end, *(part.start for part in parts if part.start >= first.end)])
        words = list(_WORDS.finditer(text, first.start, end))[:_LONGEST]
        end = max(first.end, words[-1].end()) if words else first.end
        trailing = self.places.trailing.search(text[first.end : end])
        return Span(first.start, first.end + trailing.start() if trailing else end)

    def _distance(
        self, quotation: Quotation, candidate: Candidate, whole: Span, seen: tuple[frozenset[int], Sequence[Span]]
    ) -> int:
        """How many words but dates part a venue from the cue, and from the source, unless it is a bare name.

        One that opens the sentence is two words away.
        """
        voice, dates = seen
        place = Span(candidate.lead.start, whole.end)
        spans = quotation.cue if candidate.bare else quotation.cue + quotation.source
        gaps = [
            self._apart(span, place, voice, dates)
            for span in spans
            if not candidate.bare or self._beside(quotation, span, place, voice)
        ]
        first = min(span.start for span in quotation.cue + quotation.source)
        if place.end <= first and self._opens(candidate, self.around.sentence(quotation), voice):
            gaps.append(2)
        return min(gaps, default=_FAR + 1)

    def _beside(self, quotation: Quotation, cue: Span, place: Span, voice: frozenset[int]) -> bool:
        """Whether a bare name stands right before the cue, or behind it with none of the content between."""
        if place.start < cue.start:
            return self.around.apart(place, cue, voice) == 0
        return not any(cue.end <= span.start and span.end <= place.start for span in quotation.content)

    def _opens(self, candidate: Candidate, sentence: int, voice: frozenset[int]) -> bool:
        """Whether a venue opens the sentence; a bare name has to be parted from the rest by a comma."""
        if voice:
            return False
        text, start = self.stage.text, self.stage.sentences[sentence].span.start
        gap = self.around.apart(Span(start, start), candidate.lead, voice)
        if not candidate.bare:
            return gap <= _OPENING
        before = Span(candidate.lead.start, candidate.first.start).of(text).strip().casefold()
        closed = text.startswith(",", candidate.first.end) and before not in self.places.not_opening
        return gap == 0 and (closed or candidate.free)

    def _apart(self, one: Span, other: Span, voice: frozenset[int], dates: Sequence[Span]) -> int:
        left, right = sorted((one, other))
        words = sum(
            len(date.of(self.stage.text).split())
            for date in dates
            if left.end <= date.start and date.end <= right.start
        )
        return self.around.apart(one, other, voice) - words


def _plural(nouns: Iterable[str]) -> list[str]:
    return [form for noun in nouns for form in (noun, f"{noun}s")]


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first, whole unless they end in an apostrophe."""
    whole = (f"{re.escape(word)}{'' if word.endswith(_APOSTROPHE) else _EDGE}" for word in words)
    return "|".join(each.replace(_APOSTROPHE, "['’]") for each in sorted(whole, key=len, reverse=True))


def _leading(table: Mapping[str, Any]) -> set[str]:
    """Words that lead to others, and so end no phrase."""
    single = {phrase.split()[-1] for key in ("occasion", "in", "bare", "before") for phrase in table[key]}
    return single | set(table["determiners"]) | set(table["linking"])


_APOSTROPHE = "'"
_EDGE = r"(?!\w)"


_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\s(?:[A-ZÀ-ÖØ-Þ0-9][\w’'-]*|(?:de|du|la|le|of|the)\s[A-ZÀ-ÖØ-Þ][\w’'-]*))*")
_KINDS = ("occasion", "whole", "in", "bare", "before", "on", "at")
_NAMED = ("on", "at")
_KEPT = ("whole", "before")
_JOINTS = "’'-"
_REACH = 30
_LETTERS = re.compile(r".*[-’']")
_WORDS = re.compile(r"\S+")
_FAR = 4
_NEAR = 2
_OPENING = 3
_LONGEST = 12
