"""How far reported content reaches: to the end of its clause, unless the reporter takes the floor again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selon.attribution.draft import quote_opening
from selon.attribution.groups import Group
from selon.attribution.words import Words


@dataclass(frozen=True)
class Clauses:
    """Ends of content, given the verb groups of the article by their first token."""

    words: Words
    groups: Mapping[int, Group]

    def end(self, first: int, *, nominal: bool = False) -> int:
        """The last token of content that begins at ``first``; a quoted stretch that begins inside is taken whole."""
        words = self.words
        _, stop = words.sentence(first)
        outer = words.quoted_of[first]
        if outer is not None:
            stop = min(stop, outer.last)
        i = first
        while i <= stop:
            quoted = quote_opening(words, i)
            if quoted is not None and quoted.outer_last > i:
                i = min(quoted.outer_last, len(words) - 1) + 1
                stop = max(stop, i - 1)
                if i - 1 >= words.sentence(first)[1] or self._ended_inside(i - 1):
                    stop = i - 1
            elif i > first and self._stops(i, stop, nominal=nominal):
                return i - 1
            else:
                i += 1
        return stop

    def _ended_inside(self, last: int) -> bool:
        """Whether the sentence ends with the quoted stretch: its stop stands inside the marks."""
        words = self.words
        return last + 1 < len(words) and words.sentence_of[last] != words.sentence_of[last + 1]

    def _stops(self, i: int, stop: int, *, nominal: bool) -> bool:
        """Whether content ends before token ``i``."""
        words = self.words
        form = words.forms[i]
        if form == ";":
            return True
        if form == ":":
            return i + 1 <= len(words) - 1 and (i + 1 in words.marks or nominal)
        if form == ",":
            return self._after_comma(i + 1, stop, nominal=nominal)
        if words.has(i, "coordinators"):
            return self._speaker_again(i + 1, stop)
        return words.starts(i, "turning") > 0

    def _after_comma(self, i: int, stop: int, *, nominal: bool) -> bool:
        words = self.words
        if i > stop:
            return True
        if words.has(i, "coordinators") and self._speaker_again(i + 1, stop):
            return True
        if self._speaker_again(i, stop) or words.starts(i, "turning"):
            return True
        return nominal and not words.among(i, "of")

    def _speaker_again(self, i: int, stop: int) -> bool:
        """A reporting verb without a subject of its own takes up the speaker: « et conteste », « , ajoutant que »."""
        words = self.words
        while i <= stop:
            group = self.groups.get(i)
            if group is not None:
                if group.features.tense in {"ppres", "inf"}:
                    return group.features.tense == "ppres"
                return group.subject is None and not group.passive
            length = words.starts(i, "group_adverbs")
            if not length and not words.has(i, "object_clitics", "gerund"):
                return False
            i += max(1, length)
        return False
