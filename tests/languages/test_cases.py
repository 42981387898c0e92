"""Every case of every language pack, through reading and attribution: the spans found must be the spans marked.

A case that is known to fail stands in known_failures.txt with its reason; when it begins to pass, this test says so,
and ``python tests/languages/test_cases.py`` writes the list anew (read the difference before you commit it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from selon.attribution import attribute
from selon.languages import languages, load_pack
from selon.reading import passages
from selon.records import Article, Quotation

TAG = re.compile(r"<(/?)(content|cue|source)(?: q=(\d+))?>")
PARTS = ("content", "cue", "source")
LIST = Path(__file__).parent / "known_failures.txt"
LIST_HEAD = "# Cases that fail today: name, tab, how (written by `python tests/languages/test_cases.py`)."
Spans = tuple[tuple[int, int], ...]
Marked = tuple[Spans, Spans, Spans]


class Case(NamedTuple):
    name: str
    language: str
    tagged: str


def read_marks(tagged: str) -> tuple[str, list[Marked]]:
    """The sentence without its tags, and for each quotation its spans of content, cue and source."""
    text = ""
    last = 0
    opened: list[tuple[str, str, int]] = []
    found: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for match in TAG.finditer(tagged):
        text += tagged[last : match.start()].replace("<br>", "\n\n")
        last = match.end()
        closing, part, number = match.groups()
        if not closing:
            opened.append((part, number or "1", len(text)))
            continue
        name, quotation, start = opened.pop()
        assert name == part, f"tags cross in {tagged!r}"
        found.setdefault(quotation, {}).setdefault(part, []).append((start, len(text)))
    assert not opened, f"a tag is left open in {tagged!r}"
    text += tagged[last:].replace("<br>", "\n\n")
    marked = [tuple(tuple(sorted(parts.get(part, []))) for part in PARTS) for _, parts in sorted(found.items())]
    return text, marked  # type: ignore[return-value]


def cases() -> Iterator[Case]:
    for code in languages():
        pack = load_pack(code)
        for table in ("cues", "nouns"):
            for row in pack.rows(table):
                yield Case(f"{code}/{table}/{row['lemma'].partition('/')[0]}", code, row["case"])
        for line in (pack.folder / "cases.md").read_text(encoding="utf-8").splitlines():
            if line.startswith("- "):
                words = re.findall(r"\w+", TAG.sub("", line))
                yield Case(f"{code}/cases/{'-'.join(words[:8]).lower()}", code, line[2:])


def known_failures() -> dict[str, str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def spans(quotation: Quotation) -> Marked:
    return tuple(  # type: ignore[return-value]
        tuple((span.start, span.end) for span in getattr(quotation, part)) for part in PARTS
    )


def shown(text: str, marked: Marked) -> str:
    """A quotation in words, for the failure message."""
    return " · ".join(
        f"{part} {' … '.join(text[a:b] for a, b in found)!r}" for part, found in zip(PARTS, marked, strict=True)
    )


CASES = list(cases())
KNOWN = known_failures()


def _parameters() -> Iterator[object]:
    for case in CASES:
        marks = [pytest.mark.xfail(reason=KNOWN[case.name], raises=AssertionError)] if case.name in KNOWN else []
        yield pytest.param(case, id=case.name, marks=marks)


def find(case: Case) -> tuple[str, list[Marked], list[Marked]]:
    """The sentence, what should be found in it and what is, both in text order."""
    text, expected = read_marks(case.tagged)
    pack = load_pack(case.language)
    article = Article(id="case", where="case", text=text, language=case.language)
    quotations, _ = attribute(article, passages(article, pack), pack)
    return text, sorted(expected), sorted(spans(quotation) for quotation in quotations)


@pytest.mark.parametrize("case", list(_parameters()))
def test_the_marked_spans_are_found(case: Case) -> None:
    text, expected, found = find(case)
    assert [shown(text, marked) for marked in found] == [shown(text, marked) for marked in expected]
    assert found == expected


def test_names_of_cases_are_unique() -> None:
    names = [case.name for case in CASES]
    assert not {name for name in names if names.count(name) > 1}


def test_known_failures_name_cases_that_stand() -> None:
    assert not KNOWN.keys() - {case.name for case in CASES}


def _reason(expected: list[Marked], found: list[Marked]) -> str:
    if not expected:
        return "finds a quotation where there is none"
    if not found:
        return "finds nothing"
    if len(expected) != len(found):
        return f"finds {len(found)}, not {len(expected)}"
    pairs = zip(expected, found, strict=True)
    wrong = {part for one, other in pairs for part, a, b in zip(PARTS, one, other, strict=True) if a != b}
    return "another span of " + ", ".join(part for part in PARTS if part in wrong)


if __name__ == "__main__":  # python tests/languages/test_cases.py: write down what fails today
    lines = [LIST_HEAD]
    for case in CASES:
        _, expected, found = find(case)
        if expected != found:
            lines.append(f"{case.name}\t{_reason(expected, found)}")
    LIST.write_text("\n".join(lines) + "\n", encoding="utf-8")
