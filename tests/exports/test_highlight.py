"""Marked text as HTML: nothing lost, nothing let through, every stretch well-formed."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from selon.highlight import Mark, Part, highlight, printable, quoted
from selon.offsets import Span

NASTY = "<>&\"'\r\n\t\0;#x aé«»’\u202e\u2066\u2069\ud800\x0b\x85\U0001f1eb"
texts = st.text(alphabet=st.one_of(st.sampled_from(NASTY), st.characters()), max_size=60)
marks = st.builds(
    Mark,
    st.builds(Span, st.integers(-2, 70), st.integers(-2, 70)),
    st.sampled_from(Part),
    styles=st.lists(st.sampled_from(["direct", 'x" onclick="', "faint"]), max_size=2).map(tuple),
    label=st.sampled_from(["", "3", '"><script>']),
    anchor=st.sampled_from(["", "s-1"]),
    title=texts,
)


class Balance(HTMLParser):
    """Raises when an element closes that is not the innermost open one; remembers the tags and attributes it saw."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes = [], set(), set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def plain(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(texts, st.lists(marks, max_size=8), st.lists(st.integers(-2, 70), max_size=5))
def test_taking_the_tags_out_gives_back_the_text(text, several, cuts):
    stretches = highlight(text, several, cuts)
    assert plain("".join(stretches)) == printable(text)
    stops = sorted({cut for cut in cuts if 0 < cut < len(text)} | {len(text)})
    starts = [0, *stops[:-1]]
    assert [plain(stretch) for stretch in stretches] == [
        printable(text[start:stop]) for start, stop in zip(starts, stops, strict=True)
    ]


@given(texts, st.lists(marks, max_size=8), st.lists(st.integers(0, 60), max_size=5))
def test_each_stretch_is_well_formed_and_holds_only_our_tags(text, several, cuts):
    for stretch in highlight(text, several, cuts):
        balance = Balance()
        balance.feed(stretch)
        balance.close()
        assert balance.open == []
        assert balance.tags <= {"mark", "b", "i", "small", "bdi"}
        assert balance.attributes <= {"class", "id", "title", "data-label"}


@given(texts, st.lists(marks, max_size=6), st.lists(st.integers(0, 60), max_size=3))
def test_every_character_stands_in_just_the_parts_that_cover_it(text, several, cuts):
    element = {"content": "mark", "source": "b", "cue": "i", "boilerplate": "small"}
    seen = []

    class Reader(HTMLParser):
        inside = ()

        def handle_starttag(self, tag, attrs):
            self.inside = (*self.inside, tag)

        def handle_endtag(self, tag):
            self.inside = self.inside[:-1]

        def handle_data(self, data):
            seen.extend(frozenset(self.inside) - {"bdi"} for _ in data)

    for stretch in highlight(text, several, cuts):
        reader = Reader(convert_charrefs=True)
        reader.feed(stretch)
        reader.close()
    valid = [mark for mark in several if 0 <= mark.span.start < mark.span.end <= len(text)]
    assert seen == [
        frozenset(element[mark.part] for mark in valid if mark.span.start <= at < mark.span.end)
        for at in range(len(text))
    ]


def test_labels_and_anchors_stand_once():
    mark = Mark(Span(0, 9), Part.CONTENT, label="4", anchor="s-4")
    html = "".join(highlight("abc def ghi", [mark, Mark(Span(5, 11), Part.SOURCE)], cuts=[3]))
    assert html.count('id="s-4"') == html.count('data-label="4"') == 1
    assert html.count("<mark") > 1


def test_marks_too_deep_are_left_out_and_the_text_is_whole():
    text = "«" * 2000
    html = "".join(highlight(text, [Mark(Span(at, 2000), Part.CONTENT) for at in range(2000)], cuts=range(2000)))
    assert plain(html) == text
    assert len(html) < 2000 * 16 * 60


def test_bidi_controls_are_isolated_and_named():
    assert highlight("a\u202eb", ()) == ['a<bdi class="control" title="U+202E RIGHT-TO-LEFT OVERRIDE">\u202e</bdi>b']


def test_hostile_text_is_text():
    html = highlight("<script>alert(1)</script>", [Mark(Span(3, 9), Part.CUE, title='" onmouseover="x')])[0]
    assert "<script" not in html
    assert 'title="&quot; onmouseover=&quot;x"' in html


def test_attribute_values_come_back():
    value = 'a"b<c>&d\r'
    assert unescape(quoted(value)) == value
