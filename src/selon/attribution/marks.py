"""Quotation marks: which opens, which closes, and what they hold, on pages that do it badly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from selon.languages import LanguagePack
from selon.tokens import Token


@dataclass(frozen=True, slots=True)
class Quoted:
    """Tokens ``first..last`` (inclusive, without the marks) that stand between quotation marks.

    ``opening`` and ``closing`` are the tokens of the marks, None where the page lacks one; ``level`` says how many
    stretches it stands in; ``goes_on`` that it is the next passage of the speech before it in text order.
    """

    first: int
    last: int
    opening: int | None
    closing: int | None
    level: int = 0
    goes_on: bool = False

    @property
    def outer_first(self) -> int:
        """The first token with its mark."""
        return self.first if self.opening is None else self.opening

    @property
    def outer_last(self) -> int:
        """The last token with its mark."""
        return self.last if self.closing is None else self.closing


_PASSAGES = 12
"""How many passages one speech may run over."""


@dataclass(slots=True)
class _Open:
    mark: str
    at: int


def pair(tokens: Sequence[Token], breaks: Sequence[int], pack: LanguagePack) -> tuple[Quoted, ...]:
    """The quoted stretches of a run of tokens, in text order, an outer one before those inside it.

    ``breaks`` holds the index of the first token of every passage (the first is 0), in order. A stretch that is never
    closed ends with its passage, unless the next passage opens with a mark again, or one closes without having opened:
    then speech runs on and each passage gives its stretch.
    """
    starts = [*breaks, len(tokens)]
    marks = _Marks(tokens, pack, starts)
    found: list[Quoted] = []
    stack: list[_Open] = []
    for number, (start, stop) in enumerate(pairwise(starts)):
        carried = bool(stack)
        if marks.dialogue and not carried and marks.dashed(start, stop):
            stack.append(_Open(tokens[start].text, start))
        if carried and start < stop and marks.opens(start, stack):
            stack.clear()
        for i in range(start, stop):
            role = marks.role(i, start, stop, stack)
            if role == "open":
                stack.append(_Open(tokens[i].text, i))
            elif role == "close" and stack:
                opened = stack.pop()
                _add(found, opened.at, i, start, len(stack))
        if stack:
            outermost = stack[0]
            closes_later = outermost.mark not in marks.dashes and marks.runs_on(
                starts[number + 1 : number + 2 + _PASSAGES]
            )
            _add(found, outermost.at, None, start, 0, end=stop - 1)
            stack = [outermost] if closes_later else []
    found.sort(key=lambda quoted: (quoted.first, -quoted.last))
    return tuple(found)


def mark_pairs(pack: LanguagePack) -> Mapping[str, str]:
    """The closing mark of each opening one, the language's usual pair first."""
    table: Mapping[str, Sequence[str]] = pack.table("pack")["marks"]
    return dict(zip(table["opening"], table["closing"], strict=True))


def mended(tokens: Sequence[Token], quoted: Sequence[Quoted], pairs: Mapping[str, str]) -> dict[int, str]:
    """For the marks of each stretch that opens with one kind and closes with another: marks of one kind.

    ``pairs`` are the closing marks by their opening ones, that of an outer stretch first, then that of one inside it.
    """
    found: dict[int, str] = {}
    usual = list(pairs.items())[:2]
    for each in quoted:
        if each.opening is None or each.closing is None:
            continue
        mark = tokens[each.opening].text
        if pairs.get(mark, mark) != tokens[each.closing].text:
            found[each.opening], found[each.closing] = usual[min(each.level, len(usual) - 1)]
    return found


def _add(found: list[Quoted], at: int, closing: int | None, start: int, level: int, *, end: int = -1) -> None:
    opening = at if at >= start else None
    first = at + 1 if opening is not None else start
    last = closing - 1 if closing is not None else end
    if last >= first:
        found.append(Quoted(first, last, opening, closing, level, goes_on=opening is None))


class _Marks:
    """Tells opening from closing marks by their shape, the blanks around them, and what is open."""

    def __init__(self, tokens: Sequence[Token], pack: LanguagePack, starts: Sequence[int]) -> None:
        table: Mapping[str, Sequence[str]] = pack.table("pack")["marks"]
        self._tokens = tokens
        self._pairs = mark_pairs(pack)
        self._closing = set(table["closing"])
        self._straight = set(table["straight"])
        self.dashes = frozenset(table["dialogue"])
        self.dialogue = sum(self.dashed(start, stop) for start, stop in pairwise(starts)) > 1
        """Whether the article has speech turns that open with a dash: one alone is a list or a slip."""

    def dashed(self, start: int, stop: int) -> bool:
        """Whether a passage opens with a dash before a capital: a turn of speech."""
        return (
            stop - start > 2
            and self._tokens[start].text in self.dashes
            and not self._tokens[start + 1].text[0].islower()
        )

    def role(self, i: int, start: int, stop: int, stack: list[_Open]) -> str:
        """``open``, ``close`` or nothing for token ``i`` of the passage; the stack loses what it leaves unclosed."""
        mark = self._tokens[i].text
        if mark == "’" and (
            self._apostrophe(i) or not any(self._closes(mark, stack[: n + 1]) for n in range(len(stack)))
        ):
            return ""
        if mark in self._straight and i > start and self._tokens[i - 1].text == mark and self._glued_left(i, start):
            return ""
        if mark in self._straight:
            return self._straight_role(i, start, stop, stack, mark)
        if mark in self._pairs and not (mark in self._closing and self._closes(mark, stack)):
            if (
                any(opened.mark == mark for opened in stack)
                and self._glued_left(i, start)
                and not self._glued_right(i, stop)
            ):
                return "close"
            if stack and stack[-1].mark == mark:
                stack.pop()
            return "open"
        if mark in self._closing:
            return "close" if stack and self._fits(mark, stack) else ""
        return ""

    def opens(self, i: int, stack: list[_Open]) -> bool:
        """Whether a passage that begins at ``i`` opens anew the mark that was left open."""
        mark = self._tokens[i].text
        return mark in self._pairs or (mark in self._straight and any(opened.mark == mark for opened in stack))

    def runs_on(self, starts: Sequence[int]) -> bool:
        """Whether the passages after one that left speech open go on with it.

        They do when the next opens anew, or one closes before any opens. ``starts`` are their first tokens and the end
        of the last.
        """
        if len(starts) < 2:
            return False
        if starts[0] < starts[1] and self._tokens[starts[0]].text in self._pairs:
            return True
        for i in range(starts[0], starts[-1]):
            mark = self._tokens[i].text
            if mark in self._pairs or mark in self._straight:
                return False
            if mark in self._closing and not self._apostrophe(i):
                return True
        return False

    def _apostrophe(self, i: int) -> bool:
        inside = self._glued_left(i, 0) and self._glued_right(i, len(self._tokens))
        return inside and self._tokens[i].text in "’'" and self._tokens[i + 1].text[0].isalnum()

    def _closes(self, mark: str, stack: list[_Open]) -> bool:
        return bool(stack) and self._pairs.get(stack[-1].mark) == mark

    def _fits(self, mark: str, stack: list[_Open]) -> bool:
        """Close the innermost stretch this mark belongs to; a foreign mark closes the innermost one (mixed marks)."""
        for depth in range(len(stack) - 1, -1, -1):
            if self._pairs.get(stack[depth].mark, stack[depth].mark) == mark:
                del stack[depth + 1 :]
                return True
        return stack[-1].mark not in self._straight or len(stack) == 1

    def _straight_role(self, i: int, start: int, stop: int, stack: list[_Open], mark: str) -> str:
        left, right = self._glued_left(i, start), self._glued_right(i, stop) and not self._ends_before(i)
        if mark == "'" and ((left and right) or not (left or right)):
            return ""
        inside = any(opened.mark == mark for opened in stack)
        if inside and (left or not right):
            while stack[-1].mark != mark:
                stack.pop()
            return "close"
        if stack and not (inside or left or right) and not self._closes_later(stack[-1].mark, i, stop):
            return "close"
        if not inside and (right or not left):
            return "open" if mark != "'" or self._closed_later(i, stop) else ""
        if inside and right and not left:
            stack[:] = [opened for opened in stack if opened.mark != mark]
            return "open"
        return "close" if stack and not inside and mark != "'" else ""

    def _closes_later(self, opening: str, i: int, stop: int) -> bool:
        """Whether the mark that belongs to ``opening`` comes after token ``i``, before another one opens."""
        for j in range(i + 1, stop):
            mark = self._tokens[j].text
            if mark == self._pairs.get(opening, opening):
                return True
            if mark in self._pairs:
                return False
        return False

    def _ends_before(self, i: int) -> bool:
        """Whether what follows the mark is a comma, a full stop or the like: then it does not open."""
        return self._tokens[i + 1].text[0] in ",.;:!?)"

    def _closed_later(self, i: int, stop: int) -> bool:
        return any(
            self._tokens[j].text in {"'", '"', "”"} and self._glued_left(j, i) for j in range(i + 2, min(stop, i + 60))
        )

    def _glued_left(self, i: int, start: int) -> bool:
        return i > start and self._tokens[i - 1].end == self._tokens[i].start

    def _glued_right(self, i: int, stop: int) -> bool:
        return i + 1 < stop and self._tokens[i].end == self._tokens[i + 1].start
