"""Page furniture is set aside, article prose never is."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.languages.pack import languages, load_pack
from selon.reading.boilerplate import known
from selon.reading.scraped import mark, title

FRAMES = Path(__file__).parent / "frames"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "quotations"
ROWS = [(code, row) for code in languages() for row in load_pack(code).rows("boilerplate")]
PAGES = sorted(path.stem for path in FRAMES.glob("*.page"))

# Lines no rule knows yet: captions and notices that read like prose, and site names of a menu.
STILL_KEPT = {
    "Aujourd'hui à Vermeuil",
    "Photo d'illustration. (Archives Le Courrier du Lac)",
    "Image: A file photo of the bridge. (Lakeside Courier)",
    "Editor's note: This story has been updated.",
}


def marked(text: str, code: str = "fr") -> dict[str, str]:
    return {part.span.of(text): part.reason for part in mark(text, load_pack(code))}


def framed(page: str, article: str) -> tuple[str, int, int]:
    frame = (FRAMES / f"{page}.page").read_text(encoding="utf-8")
    start = frame.index("{article}")
    return frame.replace("{article}", article), start, start + len(article)


def lines_outside(text: str, start: int, end: int) -> list[str]:
    lines = (text[:start] + text[end:]).splitlines()
    return [line.strip() for line in lines if line.strip()]


@pytest.mark.parametrize(("code", "row"), ROWS, ids=[f"{code}-{row['match']}-{row['phrase']}" for code, row in ROWS])
def test_every_row_sets_its_case_aside(code: str, row: dict[str, str]) -> None:
    assert known(row["case"]) == row["reason"]


def test_no_row_stands_twice() -> None:
    for code in languages():
        keys = [(row["match"], row["phrase"]) for row in load_pack(code).rows("boilerplate")]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("page", PAGES)
def test_what_stands_around_an_article_is_set_aside(page: str) -> None:
    code = page[:2]
    article = (FRAMES / f"{code}.article").read_text(encoding="utf-8")
    text, start, end = framed(page, article)
    found = marked(text, code)
    assert [line for line in lines_outside(text, start, end) if line not in found] == [
        line for line in lines_outside(text, start, end) if line in STILL_KEPT
    ]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_an_article_is_set_aside(page: str) -> None:
    code = page[:2]
    article = (FRAMES / f"{code}.article").read_text(encoding="utf-8")
    text, start, end = framed(page, article)
    assert [part for part in mark(text, load_pack(code)) if part.span.start < end and start < part.span.end] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_title_is_found_under_the_menu(page: str) -> None:
    code = page[:2]
    article = (FRAMES / f"{code}.article").read_text(encoding="utf-8")
    text, _, _ = framed(page, article)
    span = title(text, mark(text, load_pack(code)))
    assert span is not None
    assert span.of(text) == article.splitlines()[0]


PROSE = [
    "Partager le pouvoir, voilà ce que refuse le maire.",
    "Publié le 12 octobre, le rapport accuse le ministère de négligence.",
    "Lire la loi ne suffit pas.",
    "« Abonnez-vous à notre lettre », répète la radio.",
    "Source de tous les maux, la dette monte.",
    "Les commentaires sont unanimes : le pont est dangereux.",
    "Tous les articles de la loi ont été votés.",
    "Une erreur est survenue lors du calcul, a reconnu la préfète.",
    "Il vous reste trois jours, a lancé le maire aux grévistes.",
    "Toute reproduction de l'œuvre avait été détruite.",
    "Il pleut",
    "Par temps de pluie, le pont est fermé.",
    "Copyright : le Parlement adopte la directive",
    "10 réponses à vos questions sur la grippe",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_begins_like_furniture_stays(line: str) -> None:
    before = (
        "Le conseil municipal de Vermeuil s'est réuni mercredi soir sous la présidence de la maire, Colette Ferrand."
    )
    text = f"{before}\n\n{line}\n\n{before.replace('mercredi', 'jeudi')}"
    assert marked(text) == {}


def test_a_repeated_title_is_kept_once() -> None:
    headline = "Le pont fermé trois semaines : les commerçants inquiets"
    body = "La maire a annoncé mercredi que le pont serait fermé pendant trois semaines à partir de lundi."
    text = f"{headline} | Le Courrier du Lac\n{headline}\nLes articles de l'auteur\n{headline}\n\n{body}\n"
    found = mark(text, load_pack("fr"))
    kept = title(text, found)
    assert [part.reason for part in found] == ["repeated title", "author box", "repeated title"]
    assert kept is not None
    assert kept.of(text) == headline


def test_a_crawl_header_is_apart_from_the_line_it_stands_on() -> None:
    text = " date 2022-10 Le pont sera fermé\n\nLa maire l'a annoncé mercredi devant le conseil municipal réuni."
    found = mark(text, load_pack("fr"))
    assert [(part.span.of(text), part.reason) for part in found] == [("date 2022-10", "crawl header")]
    kept = title(text, found)
    assert kept is not None
    assert kept.of(text) == "Le pont sera fermé"


def test_codes_between_sentences_are_set_aside_and_those_inside_one_are_not() -> None:
    before, after = "La maire l'a annoncé mercredi soir.", "Le conseil votera lundi, a-t-elle dit."
    code = "[youtube https://www.youtube.com/watch?v=5H9&w=560]"
    assert marked(f"{before} {code} {after}") == {code: "shortcode"}
    assert marked(f"{before} {after} https://platform.twitter.com/widgets.js") == {
        "https://platform.twitter.com/widgets.js": "embedded address"
    }
    assert marked(f"{before} Le conseil {code} votera lundi.") == {}


def test_readers_comments_are_set_aside_only_under_their_heading() -> None:
    sentence = "La maire a annoncé mercredi que le pont serait fermé pendant trois semaines. "
    body = "\n\n".join(f"{sentence}Le chantier numéro {number} commencera lundi." for number in range(4))
    comment = "C'est bien dommage pour nous tous, vraiment."
    text = f"Le pont fermé\n\n{body}\n\n2 commentaires\n\nZoé dit :\n{comment}\nRépondre"
    found = marked(text)
    assert found[comment] == "readers' comment"
    assert body.split("\n\n")[3] not in found
    assert marked(text.replace("2 commentaires\n\n", "").replace("\nRépondre", "")) == {}


def test_a_heading_named_like_a_menu_item_stays_in_the_article() -> None:
    sentence = "Le conseil municipal de Vermeuil s'est réuni mercredi soir pour voter le budget de la ville."
    text = f"Le budget voté\n\n{sentence}\n\nÉconomie\n\n{sentence.replace('mercredi', 'jeudi')}"
    assert marked(text) == {}


def test_an_english_line_under_a_french_article_is_set_aside_and_the_reverse_is_not_by_itself() -> None:
    sentence = "Le conseil municipal de Vermeuil s'est réuni mercredi soir pour voter le budget de la ville."
    text = f"Le budget voté\n\n{sentence}\n\nLeave a Reply\n\nWe will not show what you have written to the others."
    assert marked(text)["We will not show what you have written to the others."] == "another language"
    assert marked(f"Le budget voté\n\n{sentence}\n\nThe show must go on and it will.") == {}


@given(st.text(alphabet="aé.!?«»\"' \n\u00a0|>[]{}@#0Ab:/", max_size=300))
def test_marks_are_in_order_apart_and_inside_the_text(text: str) -> None:
    spans = [part.span for part in mark(text, load_pack("fr"))]
    assert all(span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
def test_nothing_of_the_written_articles_is_set_aside() -> None:
    """Of 180 articles two have a line of furniture of their own."""
    lost = []
    for path in sorted(SHARED.glob("S*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            for part in mark(article["text"], load_pack(article["lang"])):
                lost.append((article["id"], part.reason, part.span.of(article["text"])))
    assert lost == [
        ("S1-012", "related articles", "Lire aussi : les 7 choses que l'OTAN vous cache."),
        ("S2-016", "outlet credit", "(Avec agences)"),
    ]
