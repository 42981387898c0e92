"""The visible text of a page, and the way back from each of its characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.offsets import Span
from selon.reading.html import visible_text
from selon.records import PassageKind

CASES = {
    "blocks stand apart": ("<p>Un</p><div>Deux</div><h2>Trois</h2>Quatre", "Un\n\nDeux\n\nTrois\n\nQuatre"),
    "br begins a line, two a paragraph": ("Un<br>Deux<br><BR/>\n<br>Trois", "Un\nDeux\n\nTrois"),
    "list items and rows are lines": (
        "<ul><li>Un<li>Deux</ul><table><tr><td>a<td>b<tr><td>c</table>",
        "Un\nDeux\n\na\tb\nc",
    ),
    "white space folds as in a browser": ("<p> Un\n  mot <b> gras</b> , </p>", "Un mot gras ,"),
    "no-break spaces are kept": ("<p>«&nbsp;Oui\u202f!&nbsp;»", "«\xa0Oui\u202f!\xa0»"),
    "references resolve, also without semicolon": (
        "l&#8217;&eacute;t&#xE9; &amp &copy 2024 &inconnu;",
        "l’été & © 2024 &inconnu;",
    ),
    "preformatted text keeps its breaks": ("<pre>Un\n  deux &lt;</pre>", "Un\n  deux <"),
    "scripts, styles and hidden elements show nothing": (
        (
            "<script>if (a < b) '<p>non'</script><style>p{}</style><noscript>non</noscript><template>non</template>"
            "<p hidden>non</p><div style='color: red; display : none'>non<p>non</div><svg><text>non</text></svg>Oui"
        ),
        "Oui",
    ),
    "a class named hidden hides nothing": ('<p class="hidden md:block" aria-hidden="false">Oui</p>', "Oui"),
    "an unclosed hidden paragraph ends at the next block": ("<p hidden>non<p>Oui", "Oui"),
    "comments and declarations are passed over": (
        "<!DOCTYPE html><!-- <p>non</p> --><?php non ?>Oui<!-- jamais fermé>!",
        "Oui!",
    ),
    "q gives its quotation marks": ("<p>Elle dit <q>oui</q>.</p>", "Elle dit “oui”."),
    "a bracket in a value does not end the tag": ('<a title="a > b" href=x>Oui</a>', "Oui"),
    "an unclosed quotation mark ends with the tag": ('<p class="x>Oui</p>', "Oui"),
    "a stray quotation mark is no value": ('<p "x">Oui</p>', "Oui"),
    "a lone bracket is text": ("3 < 4 et 5 > 2 <", "3 < 4 et 5 > 2 <"),
    "inline tags do not part words": ("<span>L</span>e <i>m</i>aire<sup>1</sup>, é<wbr>lu", "Le maire1, élu"),
    "zero-width and right-to-left characters are kept": (
        "<p>é\u200blu \u202bעברית\u202c\ufeff</p>",
        "é\u200blu \u202bעברית\u202c\ufeff",
    ),
    "carriage returns fold too": ("<p>Un\r\nDeux\r\n\r\nTrois</p>", "Un Deux Trois"),
    "an unclosed title does not swallow the page": ("<title>T<p>Oui", "T\n\nOui"),
    "an unclosed script does": ("Oui<script>non<p>non", "Oui"),
    "forms to fill in show nothing": ("<select><option>non</select><textarea>non</textarea>Oui", "Oui"),
}


@pytest.mark.parametrize(("raw", "text"), CASES.values(), ids=CASES.keys())
def test_visible_text(raw, text):
    assert visible_text(raw).text == text


def test_each_word_leads_back_to_the_page():
    raw = "<p>Le <b>maire</b> a d&eacute;clar&eacute;&nbsp;:\n« Oui<br>et non »</p>"
    page = visible_text(raw)
    assert page.text == "Le maire a déclaré\xa0: « Oui\net non »"

    def back(words):
        start = page.text.index(words)
        return [span.of(raw) for span in page.offsets.to_raw(Span(start, start + len(words)))]

    assert back("maire") == ["maire"]
    assert back("déclaré") == ["d&eacute;clar&eacute;"]
    assert back("« Oui\net non »") == ["« Oui", "et non »"]
    assert back("\xa0: «") == ["&nbsp;:\n«"]


def test_quotation_marks_of_q_lead_back_to_their_tags():
    raw = "<q>oui</q>"
    page = visible_text(raw)
    assert [span.of(raw) for span in page.offsets.to_raw(Span(0, 1))] == ["<q>"]
    assert [span.of(raw) for span in page.offsets.to_raw(Span(0, 5))] == [raw]


def test_lines_know_what_the_page_says_they_are():
    page = visible_text(
        "<h1>Titre</h1><figure><figcaption>Photo</figcaption></figure><h3>Inter</h3><blockquote><p>Cité</p></blockquote>Fin"
    )
    kinds = [(line.span.of(page.text), line.kind) for line in page.lines]
    assert kinds == [
        ("Titre", PassageKind.HEADLINE),
        ("Photo", PassageKind.CAPTION),
        ("Inter", PassageKind.HEADING),
        ("Cité", PassageKind.BLOCKQUOTE),
        ("Fin", PassageKind.PARAGRAPH),
    ]


def test_lines_know_whether_they_are_links():
    page = visible_text(
        "<p><a href=x>Un <b>autre</b> article</a><p>Voir <a href=y>ici</a><p>Fin<ul><li><a>Un</a><li>Deux</ul>"
    )
    assert [line.span.of(page.text) for line in page.lines if line.link] == ["Un autre article", "Un"]


TAGS = [
    "p",
    "div",
    "b",
    "q",
    "a",
    "li",
    "ul",
    "td",
    "tr",
    "table",
    "pre",
    "script",
    "style",
    "svg",
    "br",
    "h1",
    "title",
    "x",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            "&amp;",
            "&nbsp;",
            "&#233;",
            "&#0;",
            "&",
            "&lt",
            "<",
            ">",
            '"',
            "<!--",
            "-->",
            "<a b='",
            "<p hidden>",
            "</",
            " ",
            "\n",
            "\r\n",
        ]
    ),
    st.text(max_size=8),
)
SOUP = st.lists(PIECES, max_size=40).map("".join)


@given(SOUP)
def test_whatever_the_page_every_character_leads_back(raw):
    page = visible_text(raw)
    position = 0
    for run in page.offsets.runs:
        assert position <= run.text_start < run.text_end
        assert 0 <= run.raw_start < run.raw_end <= len(raw)
        assert page.text[position : run.text_start].strip("\n\t") == ""
        if run.exact:
            assert page.text[run.text_start : run.text_end] == raw[run.raw_start : run.raw_end]
        position = run.text_end
    assert position == len(page.text)


@given(SOUP)
def test_lines_are_the_words_of_the_text_in_order(raw):
    page = visible_text(raw)
    words = [line.span.of(page.text) for line in page.lines]
    assert "".join(words).split() == page.text.split() or re.sub(r"\s", "", "".join(words)) == re.sub(
        r"\s", "", page.text
    )
    assert all(word and word == word.strip() and "\n" not in word for word in words)


@given(st.text(alphabet=st.characters(exclude_characters="<&\r", exclude_categories=["Cs"])))
def test_text_without_markup_keeps_its_words(words):
    assert visible_text(words).text.split() == words.split()
