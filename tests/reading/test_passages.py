"""Passages are what stands between line breaks, outside the boilerplate, with their kinds and sentences."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.languages.pack import load_pack
from selon.offsets import Span
from selon.reading import passages
from selon.reading.scraped import mark
from selon.records import Article, Boilerplate, Passage, PassageKind

FIRST = "Le conseil municipal de Vermeuil s'est réuni mercredi soir sous la présidence de la maire, Colette Ferrand."
SECOND = "Le vote a été acquis à une voix près. L'opposition dénonce un budget « insincère » et promet un recours."


def read(text: str, title: str = "") -> tuple[Passage, ...]:
    article = Article("a", "a.txt", text, language="fr", title=title, boilerplate=mark(text, load_pack("fr")))
    return passages(article, load_pack("fr"))


def kinds(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(passage.kind.value, passage.span.of(text)) for passage in read(text, title)]


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n", "\r\n\r\n", "\n \n\t\n"])
def test_blank_lines_and_single_line_breaks_both_part_paragraphs(gap: str) -> None:
    text = gap.join(["Le budget voté de justesse", FIRST, "Un vote serré", SECOND])
    assert kinds(text) == [
        ("headline", "Le budget voté de justesse"),
        ("paragraph", FIRST),
        ("heading", "Un vote serré"),
        ("paragraph", SECOND),
    ]


@pytest.mark.parametrize("width", [50, 60, 72, 80])
def test_hard_wrapped_lines_are_one_paragraph(width: int) -> None:
    paragraphs = [f"{FIRST} {SECOND}", f"{SECOND} {FIRST}"]
    text = "Le budget voté\n\n" + "\n\n".join(textwrap.fill(words, width) for words in paragraphs)
    found = kinds(text)
    assert [kind for kind, _ in found] == ["headline", "paragraph", "paragraph"]
    assert [" ".join(words.split()) for _, words in found[1:]] == paragraphs


def test_a_title_is_not_joined_with_the_wrapped_paragraph_under_it() -> None:
    text = "Le budget voté\n" + textwrap.fill(f"{FIRST} {SECOND} {FIRST}", 70)
    assert kinds(text)[0] == ("headline", "Le budget voté")
    assert len(kinds(text)) == 2


def test_a_sentence_that_a_blank_line_broke_in_two_is_one_passage() -> None:
    text = f"Le budget voté\n\n{FIRST[:-18]}\n\nla maire de la ville.\n\n{SECOND}"
    assert [words.replace("\n\n", " ") for _, words in kinds(text)][1] == f"{FIRST[:-18]} la maire de la ville."


def test_boilerplate_stands_in_no_passage_and_parts_the_text() -> None:
    address = "https://platform.twitter.com/widgets.js"
    text = f"Le budget voté\n\n{FIRST[:-1]}\n\n{address}\n\nmais tout reste à faire.\n\n{SECOND}"
    assert all("twitter" not in words for _, words in kinds(text))
    assert len(kinds(text)) == 4


def test_boilerplate_inside_a_line_is_cut_around() -> None:
    text = f"{FIRST} Lire aussi : la suite. {SECOND}"
    start = text.index("Lire")
    aside = (Boilerplate(Span(start, start + 22), "related articles"),)
    found = passages(Article("a", "a.txt", text, boilerplate=aside), load_pack("fr"))
    assert [passage.span.of(text) for passage in found] == [FIRST, SECOND]


def test_the_crawl_header_is_outside_the_headline() -> None:
    text = f" date 2022-10 Le budget voté de justesse\n\n{FIRST}"
    assert kinds(text) == [("headline", "Le budget voté de justesse"), ("paragraph", FIRST)]


def test_the_title_that_the_container_gives_is_the_headline() -> None:
    text = f"Conseil municipal de mercredi\n\nLe budget voté de justesse\n\n{FIRST}"
    assert kinds(text, title="Le budget voté  de justesse")[1] == ("headline", "Le budget voté de justesse")


def test_standfirst_caption_and_block_quote() -> None:
    standfirst = "La maire invoque la hausse des prix, l'opposition promet un recours devant le tribunal"
    caption = "Photo : la salle du conseil, mercredi."
    text = f"Le budget voté\n\n{standfirst}\n\n{FIRST}\n\n{caption}\n\n> Nous tiendrons.\n\n{SECOND}"
    assert [kind for kind, _ in kinds(text)] == [
        "headline",
        "standfirst",
        "paragraph",
        "caption",
        "blockquote",
        "paragraph",
    ]


def test_a_page_that_opens_with_a_sentence_has_no_headline() -> None:
    assert [kind for kind, _ in kinds(f"{FIRST}\n\n{SECOND}")] == ["paragraph", "paragraph"]


def test_passages_of_nothing() -> None:
    assert read("") == read(" \n\n ") == ()


@given(
    st.lists(
        st.sampled_from([FIRST, SECOND, "Un titre", "il dit", "Partager", " ", "« Non », dit-il", "> Oui"]), max_size=9
    ),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_passages_hold_every_word_outside_the_boilerplate_once(lines: list[str], gap: str) -> None:
    text = gap.join(lines)
    aside = mark(text, load_pack("fr"))
    found = passages(Article("a", "a.txt", text, boilerplate=aside), load_pack("fr"))
    kept = list(text)
    for part in aside:
        kept[part.span.start : part.span.end] = " " * (part.span.end - part.span.start)
    assert "".join("".join(passage.span.of(text).split()) for passage in found) == "".join("".join(kept).split())
    for passage in found:
        inside = "".join("".join(sentence.of(text).split()) for sentence in passage.sentences)
        assert inside == "".join(passage.span.of(text).split())
        assert isinstance(passage.kind, PassageKind)
