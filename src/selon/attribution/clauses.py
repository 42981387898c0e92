"""How far reported content reaches: to the end of its clause, unless the reporter takes the floor again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
            quoted = self._opening_at(i)
            if quoted is not None and quoted > i:
                i = min(quoted, len(words) - 1) + 1
                stop = max(stop, i - 1)
                if i - 1 >= words.sentence(first)[1] or self._ended_inside(i - 1):
                    stop = i - 1
                continue
            if i > first and self._stops(i, stop, nominal=nominal):
                return i - 1
            i += 1
        return stop

    def _opening_at(self, i: int) -> int | None:
        for quoted in self.words.quoted:
            if quoted.level == 0 and quoted.opening == i:
                return quoted.outer_last
        return None

    def _ended_inside(self, last: int) -> bool:
        """Whether the sentence ends with the quoted stretch: its stop stands inside the marks."""
        words = self.words
        return last + 1 < len(words) and words.sentence_of[last] != words.sentence_of[last + 1]

    def _stops(self, i: int, stop: int, *, nominal: bool) -> bool:
        words, grammar = self.words, self.words.grammar
        form = words.forms[i]
        if form == ";":
            return True
        if form == ":":
            return i + 1 <= len(words) - 1 and (i + 1 in words.marks or nominal)
        if i in words.marks and words.quoted_of[i] is None and nominal is False:
            return False
        if form == ",":
            return self._after_comma(i + 1, stop, nominal=nominal)
        if grammar.has(form, "coordinators"):
            return self._speaker_again(i + 1, stop)
        return bool(grammar.starts(words.forms, i, "turning")) if "turning" in grammar.phrases else False

    def _after_comma(self, i: int, stop: int, *, nominal: bool) -> bool:
        words, grammar = self.words, self.words.grammar
        if i > stop:
            return True
        if grammar.has(words.forms[i], "coordinators") and self._speaker_again(i + 1, stop):
            return True
        if self._speaker_again(i, stop):
            return True
        if grammar.starts(words.forms, i, "turning"):
            return True
        if nominal:
            return words.forms[i] not in grammar.options["of"]
        return False

    def _speaker_again(self, i: int, stop: int) -> bool:
        """A reporting verb without a subject of its own takes up the speaker: « et conteste », « , ajoutant que »."""
        words, grammar = self.words, self.words.grammar
        while i <= stop:
            group = self.groups.get(i)
            if group is not None:
                if group.features.tense == "ppres":
                    return True
                if group.features.tense == "inf":
                    return False
                return group.subject is None and not group.passive
            length = grammar.starts(words.forms, i, "group_adverbs")
            if length:
                i += length
            elif grammar.has(words.forms[i], "object_clitics", "gerund"):
                i += 1
            else:
                return False
        return False
