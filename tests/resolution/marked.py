"""Small articles with their quotations marked in the text: ``<s>source</s>``, ``<c>cue</c>``, ``<q>content</q>``."""

import re
from itertools import pairwise

from selon.languages.pack import load_pack
from selon.offsets import Span
from selon.records import Article, Form, Kind, Passage, PassageKind, Quotation, Statement, When
from selon.resolution import resolve

_MARK = re.compile(r"<(/?)([scq])(\d*)>")
_PARTS = {"s": "source", "c": "cue", "q": "content"}


def parse(marked: str) -> tuple[str, list[dict[str, list[Span]]]]:
    text, opened, found, last = "", {}, {}, 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        part, number = _PARTS[mark[2]], int(mark[3] or 0)
        if mark[1]:
            pieces = found.setdefault(number, {"source": [], "cue": [], "content": []})
            pieces[part].append(Span(opened.pop((part, number)), len(text)))
        else:
            opened[part, number] = len(text)
    return text + marked[last:], [found[number] for number in sorted(found)]


def passages(text: str) -> tuple[Passage, ...]:
    made = []
    for block in re.finditer(r"[^\n]+", text):
        ends = [block.start() + m.end() for m in re.finditer(r"[.!?](?:\s»)?(?=\s[A-ZÉ«À])", block.group())]
        cuts = [block.start(), *ends, block.end()]
        sentences = tuple(
            Span(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in pairwise(cuts) if text[a:b].strip()
        )
        made.append(Passage(Span(*block.span()), PassageKind.PARAGRAPH, sentences))
    return tuple(made)


def statements(marked: str, language: str = "fr", published: When | None = None) -> tuple[Statement, ...]:
    text, quotations = parse(marked)
    article = Article("a1", "a.txt", text, language=language, published=published or When())
    records = [
        Quotation(
            f"q{number}",
            "a1",
            tuple(parts["content"]),
            tuple(parts["cue"]),
            tuple(parts["source"]),
            Kind.DIRECT
            if any(text[s.start - 2 : s.start].strip() in "«“" for s in parts["content"])
            else Kind.INDIRECT,
            Form.CLAUSE,
            1.0,
        )
        for number, parts in enumerate(quotations)
    ]
    return resolve(article, passages(text), records, load_pack(language))


def speakers(marked: str, language: str = "fr") -> list[str | None]:
    return [statement.speaker for statement in statements(marked, language)]
