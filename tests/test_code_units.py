"""Offsets in code points and in UTF-16 units: what Python's own codec says, for every text and place."""

from hypothesis import given
from hypothesis import strategies as st

from selon.code_units import CodeUnits, narrowed
from selon.offsets import Span

TEXTS = st.text(st.sampled_from("aé€\n\r😀𝒳\U00010000\U0010ffff\uffff\u0301"), max_size=20) | st.text(max_size=20)


def units_in(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS)
def test_every_place_is_where_the_codec_puts_it(text):
    units = CodeUnits(text)
    assert units.length == units_in(text)
    for place in range(len(text) + 1):
        assert units.unit(place) == units_in(text[:place])
        assert units.point(units.unit(place)) == units.point(units.unit(place), up=True) == place


@given(TEXTS, st.data())
def test_a_span_keeps_its_words_both_ways(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    units = CodeUnits(text)
    there = units.to_units(span)
    raw = text.encode("utf-16-le", "surrogatepass")[2 * there.start : 2 * there.end]
    assert raw.decode("utf-16-le", "surrogatepass") == span.of(text)
    assert units.to_points(there) == span


@given(TEXTS, st.data())
def test_a_unit_inside_a_character_takes_it_in_whole(text, data):
    units = CodeUnits(text)
    start = data.draw(st.integers(0, units.length))
    given = Span(start, data.draw(st.integers(start, units.length)))
    back = units.to_units(units.to_points(given))
    assert back.start <= given.start <= given.end <= back.end
    assert given.start - back.start <= 1
    assert back.end - given.end <= 1


@given(TEXTS)
def test_a_narrowed_text_counts_the_same_both_ways(text):
    short = narrowed(text)
    assert len(short) == len(text) == CodeUnits(short).length
    assert all(new == old or ord(old) > 0xFFFF for new, old in zip(short, text, strict=True))
