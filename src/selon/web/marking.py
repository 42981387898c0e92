"""A text with some of its words marked as added, dropped or changed, for two wordings side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from selon.exports.templating import shown

Place = tuple[int, int, str]
"""Where marked words begin and end, as places of the text's characters, and what they are."""
_ELEMENTS = {"added": "ins", "dropped": "del", "changed": "em"}


def marked(text: str, places: Iterable[Place]) -> Markup:
    """The text with each place in ``ins`` (added), ``del`` (dropped) or ``em`` (changed); neighbours of a kind as one.

    A place inside another is left out.
    """
    parts, at = [], 0
    for start, end, kind in _joined(text, places):
        tag = _ELEMENTS[kind]
        parts += [shown(text[at:start]), Markup('<{0} class="{1}">{2}</{0}>').format(tag, kind, shown(text[start:end]))]
        at = end
    return Markup("").join([*parts, shown(text[at:])])


def _joined(text: str, places: Iterable[Place]) -> Iterator[Place]:
    last: Place | None = None
    for start, end, kind in sorted(set(places)):
        if not 0 <= start < end <= len(text) or (last and start < last[1]):
            continue
        if last and last[2] == kind and not text[last[1] : start].strip():
            last = (last[0], end, kind)
            continue
        if last:
            yield last
        last = (start, end, kind)
    if last:
        yield last
