import os
import shutil
import socket
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from selon import cli
from selon.offsets import Span
from selon.records import (
    Actor,
    ActorKind,
    Alias,
    Analysis,
    Article,
    Evidence,
    Form,
    Kind,
    Passage,
    PassageKind,
    Precision,
    Quotation,
    Speaker,
    Statement,
    When,
)
from selon.store import Ledger, RunRecord
from selon.store import decisions as log
from selon.store.actors import actor_row
from selon.store.links import write_linked
from selon.store.staging import Staging
from selon.store.tables import (
    ACTOR_STATEMENTS,
    ACTORS,
    CONTRADICTIONS,
    COPIES,
    POSITIONS,
    PROPOSITIONS,
    UTTERANCES,
    WITNESSES,
)
from selon.web.app import make_app
from selon.web.site import SiteSettings

ROOT = Path(__file__).parents[2]
HERE = "http://127.0.0.1"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if os.access(path, os.X_OK)), "")


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The ledger of the bundled corpus."""
    folder = tmp_path_factory.mktemp("demo") / "ledger"
    monkey = pytest.MonkeyPatch()
    monkey.chdir(ROOT)
    monkey.setattr(sys, "argv", ["selon", "run", "demo/corpus", "--ledger", str(folder), "--workers", "1"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code in (0, None)
    monkey.undo()
    return folder


@pytest.fixture(scope="session")
def client(demo):
    """A browser's view of it, as it reads English."""
    with TestClient(make_app(demo), base_url=HERE, headers={"accept": "text/html", "accept-language": "en"}) as client:
        yield client


def made_ledger(folder, articles):
    """A ledger of articles made by hand: pairs of an article and its statements."""
    ledger = Ledger.create(folder)
    with ledger.writing():
        run = log.start_run(
            ledger.log_database, RunRecord(0, datetime(2026, 1, 1, tzinfo=UTC), None, "running", None, "x")
        )
        staging = Staging(ledger.staging, run.id, lambda: 0.0)
        for number, (article, statements) in enumerate(articles):
            whole = Passage(Span(0, len(article.text)), PassageKind.PARAGRAPH, (Span(0, len(article.text)),))
            staging.add(Analysis(article, (whole,), tuple(statements)), digest=str(number), recipe="x")
        staging.close()
        ledger.absorb()
    ledger.close()
    return folder


def made_article(key, text, **about):
    published = When(date(2024, 3, 1), date(2024, 3, 1), Precision.DAY, "given")
    return Article(**{"id": key, "where": f"{key}.txt", "text": text, "language": "fr", "published": published} | about)


def made_statement(key, article, content, speaker="Jean Dupont", **about):
    """A statement whose content stands at ``content``, with a source and a cue behind it where there is room."""
    end = min(content.end + 1, len(article.text))
    quotation = Quotation(
        f"q{key}",
        article.id,
        (content,),
        (),
        (Span(content.start, end),),
        Kind.DIRECT,
        Form.CLAUSE,
        0.9,
        (Evidence("rule", about.pop("saw", "saw"), 0.9),),
    )
    who = Speaker(speaker, ActorKind.PERSON, (speaker,), about.pop("role", "")) if speaker else None
    words = content.of(article.text)
    return Statement(f"s{key}", quotation, who, "source", "dit", words, When(), confidence=0.8, **about)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A ledger in which everything that a page can hold is an attack."""
    text = f"{SCRIPT} « {SCRIPT} » a dit {SCRIPT} \x00\x1b[31m\u202etourné =1+1"
    about = {"title": SCRIPT, "outlet": "=cmd|' /C calc'!A0" + SCRIPT, "url": "javascript:alert(1)"}
    article = made_article("hostile", text, where=f"../{SCRIPT}", **about)
    statement = made_statement(
        "1", article, Span(30, 60), SCRIPT, role=SCRIPT, saw=SCRIPT, addressee=SCRIPT, venue=SCRIPT
    )
    folder = made_ledger(tmp_path_factory.mktemp("hostile") / "ledger", [(article, [statement])])
    actor = Actor(
        "a1",
        SCRIPT,
        ActorKind.PERSON,
        (Alias(SCRIPT, 1, "x"),),
        organisation=SCRIPT,
        wikidata="javascript:alert(1)",
        statements=1,
        articles=1,
    )
    belonging = {"statement": "s1", "actor": "a1", "evidence": [{"by": SCRIPT, "saw": SCRIPT, "score": 0.5}]}
    write_linked(folder, [(ACTORS, [actor_row(actor)]), (ACTOR_STATEMENTS, [belonging])], "stamp")
    return folder


@pytest.fixture(scope="session")
def hostile_client(hostile):
    with TestClient(make_app(hostile), base_url=HERE, headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture(scope="session")
def crowded(tmp_path_factory):
    """One article of 2,000 statements, every tenth inside the one before."""
    sentence = "« Nous irons au bout », a dit Jean Dupont. "
    article = made_article("crowded", "\n\n".join(sentence * 8 for _ in range(250)), title="Beaucoup de voix")
    starts = [match for match in range(len(article.text)) if article.text.startswith("Nous", match)]
    statements = [
        made_statement(f"{number:04d}", article, Span(start, start + 16), f"Voix {number % 40}")
        for number, start in enumerate(starts)
    ]
    return made_ledger(tmp_path_factory.mktemp("crowded") / "ledger", [(article, statements)])


@pytest.fixture(scope="session")
def serve():
    """Serve a ledger on a port of this machine; gives its address."""
    stops = []

    def start(folder, settings=None):
        door = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(folder, settings or SiteSettings()), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        stops.append((server, thread, door))
        return f"http://127.0.0.1:{door.getsockname()[1]}"

    yield start
    for server, thread, door in stops:
        server.should_exit = True
        thread.join(10)
        door.close()


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM:
        pytest.skip("no chromium here: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser):
    """A new browser window; whatever the page complains of fails the test."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1360, "height": 900})
    page = context.new_page()
    complaints = []
    page.on(
        # What the machine's own drivers say of drawing without a graphics card is nothing of ours.
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type in ("error", "warning") and "GL Driver Message" not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


CODEBOOK = """propositions:
  - key: collège/fermé
    text: Le collège Louise-Ackermann doit fermer
    aliases: [la suppression du collège est décidée]
  - key: ligne
    text: La ligne électrique a causé l'incendie
  - key: permis
    text: Le permis de construire a été délivré par la ville
"""


@pytest.fixture(scope="session")
def coded(demo, tmp_path_factory):
    """The ledger of the bundled corpus with propositions of its own and one position that a person decided."""
    folder = tmp_path_factory.mktemp("coded") / "ledger"
    shutil.copytree(demo, folder)
    codebook = folder.parent / "codebook.yaml"
    codebook.write_text(CODEBOOK, encoding="utf-8")
    with Ledger.open(folder) as ledger:
        statement = ledger.sql("SELECT id FROM statements WHERE content ILIKE '%412 élèves%'").fetchall()[0][0]
    monkey = pytest.MonkeyPatch()
    for asked in (("--codebook", str(codebook)), ("--correct", statement, "collège/fermé", "-", "--by", "Ada")):
        monkey.setattr(sys, "argv", ["selon", "positions", str(folder), *asked])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code in (0, None)
    monkey.undo()
    return folder


@pytest.fixture(scope="session")
def coded_client(coded):
    with TestClient(make_app(coded), base_url=HERE, headers={"accept": "text/html", "accept-language": "en"}) as client:
        yield client


@pytest.fixture(scope="session")
def hostile_links(tmp_path_factory):
    """A ledger whose utterances, copies, propositions and contradictions are attacks."""
    text = f"{SCRIPT} « {SCRIPT} » a dit {SCRIPT} \x00\x1b[31m\u202etourné =1+1 {SCRIPT}"
    articles, statements = [], []
    for number in (1, 2):
        article = made_article(f"h{number}", text, title=SCRIPT, outlet=SCRIPT, where=f"../{SCRIPT}", language=SCRIPT)
        articles.append(article)
        statements.append(made_statement(str(number), article, Span(number, 90), SCRIPT, role=SCRIPT, saw=SCRIPT))
    pairs = [(article, [statement]) for article, statement in zip(articles, statements, strict=True)]
    folder = made_ledger(tmp_path_factory.mktemp("links") / "ledger", pairs)
    evidence = [{"by": SCRIPT, "saw": SCRIPT, "score": 0.5}]
    span = {"start": 0, "end": 99}
    utterance = {"witnesses": 2, "articles": 2, "languages": [SCRIPT, "fr"], "first_statement": "s1", "speaker": SCRIPT}
    utterances = [{"id": key, **utterance, "content": SCRIPT, "repeated": "r"} for key in ("u1", "u2")]
    witnesses = [
        {"utterance": key, "position": number, "statement": f"s{number + 1}", "confidence": 0.5, "evidence": evidence}
        for key in ("u1", "u2")
        for number in (0, 1)
    ]
    copy = {"id": "c1", "position": 0, "derived": "h1", "origin": "h2", "kind": "partial", "score": 0.5}
    copy |= {"direction": 0.7, "wire": SCRIPT, "through": "h1", "evidence": evidence, "earliest": evidence}
    copy["passages"] = [{"derived": span, "origin": {"start": 3, "end": len(text)}, "likeness": 0.5}]
    claim = {"proposition": SCRIPT, "position": 0, "text": SCRIPT, "language": SCRIPT, "aliases": [SCRIPT]}
    claim |= {"suggested": False, "holds": 1, "denies": 1, "open": 0}
    positions = [
        {"statement": f"s{number}", "proposition": SCRIPT, "agreement": sign, "confidence": 0.9, "decided": sign < 0}
        | {"evidence": evidence}
        for number, sign in ((1, 1), (2, -1))
    ]
    pair = {"proposition": SCRIPT, "first": "s1", "second": "s2", "confidence": 0.9, "evidence": evidence}
    contradictions = [{"id": f"x{kind}", "kind": kind, **pair} for kind in ("conflict", "dissent", "change", "wording")]
    tables = [
        (UTTERANCES, utterances),
        (WITNESSES, witnesses),
        (COPIES, [copy]),
        (PROPOSITIONS, [claim]),
        (POSITIONS, positions),
        (CONTRADICTIONS, contradictions),
    ]
    write_linked(folder, tables, "stamp")
    return folder


@pytest.fixture(scope="session")
def hostile_links_client(hostile_links):
    with TestClient(make_app(hostile_links), base_url=HERE, headers={"accept": "text/html"}) as client:
        yield client
