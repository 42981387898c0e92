"""Where system and gold differ, in words, for a person who wants to make it better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluation.measures import Annotated, Comparison, judge


def differences(text: str, key: str, comparison: Comparison) -> Iterator[str]:
    """A line for each quotation that was missed or invented, three for each that matched and has a part wrong."""
    found = {i for i, _ in comparison.pairs}
    kept = {j for _, j in comparison.pairs}
    for i, each in enumerate(comparison.gold):
        if i not in found:
            yield f"missed   {_line(text, key, each)}"
    for j, each in enumerate(comparison.system):
        if j not in kept:
            yield f"invented {_line(text, key, each)}"
    for i, j in comparison.pairs:
        wrong = [measure for measure, right in judge(comparison.gold[i], comparison.system[j]).items() if not right]
        if wrong:
            yield f"differs {','.join(wrong)}"
            yield f"   gold   {_line(text, key, comparison.gold[i])}"
            yield f"   system {_line(text, key, comparison.system[j])}"


def _line(text: str, key: str, each: Annotated) -> str:
    record, actor = each.record, each.readings[0].actor
    source, cue, content = (_shown(text, record.get(part) or ()) for part in ("source", "cue", "content"))
    speaker = actor["name"] if actor else record.get("speaker")
    return f"{key} [{record.get('type')}] {source} | {cue} | {content} || {speaker}"


def _shown(text: str, spans: Iterable[Iterable[int]]) -> str:
    return " […] ".join(text[start:end] for start, end in spans)
