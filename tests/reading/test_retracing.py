"""Two maps in a row lead as far back as each after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selon.offsets import OffsetMap, Run, Span


@st.composite
def maps(draw, length):
    """A map of a text of some length onto a raw text of this length."""
    runs, text, raw = [], 0, 0
    while raw < length:
        text += draw(st.integers(0, 2))
        raw += draw(st.integers(0, 2))
        size = draw(st.integers(1, 4))
        exact = draw(st.booleans())
        raw_size = size if exact else draw(st.integers(1, 4))
        if raw + raw_size > length:
            break
        runs.append(Run(text, text + size, raw, raw + raw_size, exact))
        text, raw = text + size, raw + raw_size
    return OffsetMap(tuple(runs)), text


@given(st.data())
def test_through(data):
    earlier, middle = data.draw(maps(30))
    later, length = data.draw(maps(middle))
    both = later.through(earlier)
    for place in range(length):
        steps = [span for piece in later.to_raw(Span(place, place + 1)) for span in earlier.to_raw(piece)]
        found = both.to_raw(Span(place, place + 1))
        if steps:
            assert (found[0].start, found[-1].end) == (steps[0].start, steps[-1].end)
        else:
            assert found == ()
