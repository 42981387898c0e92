"""Build ``demo/corpus`` from our own written articles: ``python demo/build.py [SHARED] [--check]``.

SHARED is the folder that holds ``data/quotations/S0.xml`` … ``S4.xml``; ``../shared`` beside the checkout unless given.
The built files are committed, so nobody needs this script to run the demo; the same input always gives the same bytes,
and ``--check`` says whether the committed files are those.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

HERE = Path(__file__).parent
FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
ENGLISH_MONTHS = "January February March April May June July August September October November December"
MONTHS = {"fr": FRENCH_MONTHS.split(), "en": ENGLISH_MONTHS.split()}


@dataclass(frozen=True)
class Story:
    """One written article: its words, and what the page round it says of it."""

    id: str
    language: str
    outlet: str
    published: date
    title: str
    paragraphs: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def day(self) -> str:
        """The date as a French or English page prints it."""
        day = "1er" if self.language == "fr" and self.published.day == 1 else str(self.published.day)
        return f"{day} {MONTHS[self.language][self.published.month - 1]} {self.published.year}"


@dataclass(frozen=True)
class Page:
    """A file of the corpus: which stories, dressed in which template."""

    file: str
    stories: tuple[str, ...]
    template: str
    site: str = ""
    caption: str = ""
    encoding: str = "utf-8"


PAGES = (
    # Event 1: a school is closed. Agency, local weekly with the opponent, a clumsy translation (English: in the table).
    Page(
        "college-1-agence-hexapresse.html",
        ("S0-001",),
        "quotidien.html",
        "hexapresse.example",
        "La grille du collège, mardi.",
    ),
    Page(
        "college-2-gazette-de-haute-vezonne.html", ("S0-002",), "blog.html", "gazette-vezonne.example", "Le bâtiment B."
    ),
    Page("college-4-infos-monde-24.txt", ("S0-004",), "scraped.txt", "infos-monde-24.example"),
    # Event 2: missiles on alert. A state agency, a magazine, the English wire, a translation, its marks in disorder.
    Page("missiles-1-orsonie-depeches.txt", ("S1-005",), "plain.txt"),
    Page("missiles-2-carnets-du-monde.html", ("S1-006",), "ancien.html", "carnets-du-monde.example"),
    Page(
        "missiles-3-northern-wire.html",
        ("S1-007",),
        "english.html",
        "northern-wire.example",
        "A Grom launcher on parade in 2016.",
    ),
    Page("missiles-4-leveil-des-peuples.txt", ("S1-008",), "scraped.txt", "leveildespeuples.example"),
    # Event 3: a fire in Corsica. Agency, weekly, the English one, a partial copy.
    Page("incendie-1-corse-depeches.txt", ("S3-005",), "plain.txt"),
    Page("incendie-2-terra-e-mare.html", ("S3-006",), "quotidien.html", "terra-e-mare.example", "La Tavarella, lundi."),
    Page(
        "incendie-3-mediterranean-wire.html",
        ("S3-007",),
        "english.html",
        "med-wire.example",
        "The ridge above the village.",
    ),
    Page("incendie-4-insulaire-du-matin.txt", ("S3-008",), "scraped.txt", "insulaire.example"),
    # Event 4: a tower falls. Agency, the English one, a clumsy translation (the satirical paper: in the table).
    Page("immeuble-1-agence-bandaraise.html", ("S4-017",), "ancien.html", "abp.example"),
    Page(
        "immeuble-3-palm-coast-observer.html", ("S4-019",), "english.html", "palm-coast.example", "Cranes at the site."
    ),
    Page("immeuble-4-afrique-flash-infos.txt", ("S4-020",), "crawl.txt", "afrique-flash-infos.example"),
    # Event 5: a rocket is lost, in one press-review feed of four entries, each naming its outlet.
    Page("feed.xml", ("S3-009", "S3-010", "S3-011", "S3-012"), "feed.xml", "revue-spatiale.example"),
    # What a press database exports: the English one of event 1 and the satirical paper of event 4, in one table.
    Page("export-presse.jsonl", ("S0-003", "S4-018"), "table.jsonl"),
    # The hard ones.
    Page("visas-mojibake.html", ("S0-025",), "blog.html", "echo-des-lagunes.example", "Le Plateau.", "mojibake"),
    Page("theatre-guillemets-droits.txt", ("S1-028",), "plain.txt"),
)

# A folder of real pages always holds something that is no article: this one must become a line among the failures.
NOT_AN_ARTICLE = (
    "kossande-permis-0417.jpg",
    bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb0043") + bytes(range(64)) + b"\xff\xd9",
)


def build(shared: Path) -> dict[str, bytes]:
    """Every file of the corpus: name -> bytes."""
    stories = {story.id: story for number in range(5) for story in _stories(shared / f"data/quotations/S{number}.xml")}
    files = {page.file: _dressed(page, [stories[key] for key in page.stories]) for page in PAGES}
    files[NOT_AN_ARTICLE[0]] = NOT_AN_ARTICLE[1]
    return files


def _stories(path: Path) -> list[Story]:
    found = []
    for article in ET.parse(path).getroot().findall("article"):  # noqa: S314 - our own file
        text = "".join(article.find("text").itertext()).strip()
        title, *paragraphs = [block for block in text.split("\n\n") if block.strip()]
        names = tuple(actor.get("name", "") for actor in article.findall("actor") if actor.get("kind") == "person")
        found.append(
            Story(
                article.get("id", ""),
                article.get("lang", ""),
                article.get("outlet", ""),
                date.fromisoformat(article.get("date", "")),
                title,
                tuple(paragraphs),
                names,
            )
        )
    return found


def _dressed(page: Page, stories: list[Story]) -> bytes:
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "pages"),
        autoescape=jinja2.select_autoescape(("html.j2", "xml.j2")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    pages.filters |= {"linked": _linked, "entities": _entities, "rfc822": _rfc822, "json": _json}
    text = pages.get_template(page.template + ".j2").render(page=page, stories=stories, story=stories[0])
    if page.encoding == "mojibake":
        # UTF-8 read as Windows-1252 and saved again; five bytes have no character there and come out as C1 controls.
        text = "".join(_as_windows(byte) for byte in text.encode())
        return text.encode()
    return text.encode(page.encoding)


def _as_windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _linked(paragraph: str, story: Story) -> Markup:
    """The paragraph with the people it names linked to their tag pages, as content systems do."""
    escaped = str(escape(paragraph)).replace("&#39;", "'").replace("&#34;", '"')
    for name in filter(str.istitle, story.names):
        shown = str(escape(name)).replace("&#39;", "'")
        tag = name.split()[-1].lower().encode("ascii", "ignore").decode()
        link = f'<a class="tag" href="/tag/{tag}"><strong>{shown}</strong></a>'
        escaped = escaped.replace(shown, link, 1)
    return Markup(escaped)  # noqa: S704 - escaped above


def _entities(text: str) -> Markup:
    """The text as an old content system wrote it: every letter beyond ASCII an entity, named where HTML 4 named it."""
    from html.entities import codepoint2name

    def one(character: str) -> str:
        code = ord(character)
        if character in "<>&":
            return f"&{codepoint2name[code]};"
        if code < 128:
            return character
        return f"&{codepoint2name[code]};" if code in codepoint2name else f"&#{code};"

    return Markup("".join(map(one, text)))  # noqa: S704 - escaped above


def _rfc822(day: date) -> str:
    return format_datetime(datetime.combine(day, time(7, 30), tzinfo=UTC))


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main(arguments: list[str]) -> int:
    """Write the corpus, or with ``--check`` only compare; 1 when something differs."""
    places = [argument for argument in arguments if argument != "--check"]
    shared = Path(places[0]) if places else HERE.parent.parent / "shared"
    files = build(shared)
    corpus = HERE / "corpus"
    if "--check" in arguments:
        there = {path.name: path.read_bytes() for path in corpus.iterdir()}
        wrong = sorted(name for name in files.keys() | there.keys() if files.get(name) != there.get(name))
        print("\n".join(f"differs: {name}" for name in wrong) or "demo/corpus is what demo/build.py makes")  # noqa: T201
        return 1 if wrong else 0
    corpus.mkdir(exist_ok=True)
    for path in corpus.iterdir():
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        (corpus / name).write_bytes(data)
    print(f"{len(files)} files in {corpus}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
