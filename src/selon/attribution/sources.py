"""Whose words a verb group reports: the subject beside it, inside it, or shared with another verb."""

from __future__ import annotations

from bisect import bisect_left

from selon.attribution.draft import Range
from selon.attribution.groups import Group
from selon.attribution.phrases import phrase_end
from selon.attribution.subjects import subject_after, subject_before
from selon.attribution.words import Words


class Sources:
    """Finds the source of each group, remembering what earlier groups of a sentence had (``a assuré … et promis``)."""

    def __init__(self, words: Words, groups: list[Group]) -> None:
        self._words = words
        self._groups = groups
        self._firsts = [group.first for group in groups]
        self._known: dict[int, Range | None] = {}

    def before(self, group: Group) -> Range | None:
        """The subject left of the group, its own or shared."""
        if group.first not in self._known:
            self._known[group.first] = self._before(group)
        return self._known[group.first]

    def after(self, group: Group) -> Range | None:
        """The subject right of the group, in its sentence."""
        _, stop = self._words.sentence(group.last)
        return subject_after(self._words, group.last + 1, stop)

    def _before(self, group: Group) -> Range | None:
        words = self._words
        if group.subject is not None:
            return None
        start, _ = words.sentence(group.first)
        pronoun = (
            group.open and group.first > start and words.has(group.first - 1, "subject_pronouns", "subject_relatives")
        )
        if pronoun or (not group.open and not self._coordinated(group, start)):
            own = subject_before(words, group.first, group.features.person)
            if own is not None:
                return own
        return self._shared(group, start)

    def _coordinated(self, group: Group, start: int) -> bool:
        """Whether a conjunction stands before the group, its clitics passed over: « et se dit »."""
        words = self._words
        j = group.first - 1
        while (
            j >= start
            and words.has(j, "object_clitics", "reflexives", "negations")
            and not words.has(j, "subject_pronouns")
        ):
            j -= 1
        return j > start and words.has(j, "coordinators")

    def _shared(self, group: Group, start: int) -> Range | None:
        words = self._words
        for index in range(bisect_left(self._firsts, group.first) - 1, -1, -1):
            other = self._groups[index]
            if other.first < start:
                break
            if other.last < group.first and not self._walled(other, group):
                shared = self.before(other) if other.subject is None else (other.subject, other.subject)
                return shared if shared is not None else self.after(other)
        for i in range(start + 1, group.first):
            if self._main_verb(i):
                return subject_before(words, i)
        return self._opening(start, group.first)

    def _walled(self, other: Group, group: Group) -> bool:
        """Whether one of the two stands in a quoted stretch and the other does not."""
        return self._words.quoted_of[other.head] is not self._words.quoted_of[group.head]

    def _main_verb(self, i: int) -> bool:
        words = self._words
        return words.finite(i) and not words.determined(i) and words.quoted_of[i] is None

    def _opening(self, start: int, stop: int) -> Range | None:
        """The name or pronoun that opens the sentence, when no verb was recognised between it and the group."""
        words = self._words
        i = next((i for i in range(start, stop) if words.is_word(i)), stop)
        if i == stop or words.quoted_of[i] is not words.quoted_of[stop]:
            return None
        if words.has(i, "subject_pronouns"):
            return (i, i)
        adverbial = words.starts(i, "prepositions") or words.starts(i, "opening_adverbials")
        if words.has(i, "articles", "possessives", "demonstratives") or (words.capital(i) and not adverbial):
            return (i, phrase_end(words, i, stop - 1))
        return None
