"""Only ``selon fetch`` touches the network."""

import importlib
import os
import subprocess
import sys

import pytest

from selon.store import Ledger

# The package's attribute of this name is the command.
fetching = importlib.import_module("selon.cli.fetch")

GUARD = """
import os, socket
def refuse(*args, **kwargs):
    with open(os.environ["SOCKETS_OPENED"], "a") as log:
        log.write("refused\\n")
    raise OSError("the network is blocked in this test")
class Refused(socket.socket):
    # Making a socket is no sin: urllib3 makes and drops one when imported, to see whether the system knows IPv6.
    connect = connect_ex = sendto = sendmsg = listen = refuse
socket.socket = Refused
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
with open(os.environ["SOCKETS_OPENED"], "a") as log:
    log.write("guarded\\n")
"""
COMMANDS = """
import sys
from selon.cli import main
for sys.argv in {}:
    try:
        main()
    except SystemExit as left:
        if left.code:
            raise
"""
PAGE = """<html lang="fr"><head><title>Le pont</title></head><body><article><h1>Le pont ferme</h1>
<p>« Nous fermons le pont lundi », a déclaré la maire de Port-Aubin, Solène Kermarrec, devant les habitants réunis
mardi soir dans la grande salle des fêtes de la commune, où tous les commerçants étaient venus.</p>
<p>Le préfet a promis une visite du chantier avec les élus des communes voisines avant la fin du mois.</p>
</article></body></html>"""


@pytest.fixture
def guarded(tmp_path):
    """Run a command in processes, workers among them, that note and refuse every connection and look-up."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    log = tmp_path / "sockets.log"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "guard"), "SOCKETS_OPENED": str(log)}

    def run(*commands):
        log.write_text("")
        script = COMMANDS.format([["selon", *map(str, command)] for command in commands])
        finished = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, env=environment
        )
        return finished, log.read_text().split()

    return run


def test_no_command_but_fetch_opens_a_socket(guarded, pile, tmp_path, opened):
    ledger = tmp_path / "l"
    (pile / "feed.xml").write_text(
        '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://example.org/rss.dtd"><rss version="2.0"><channel>'
        "<title>T</title>"
        "<item><title>Un</title><link>http://example.org/1</link><description>Selon le maire, le pont ferme lundi."
        "</description></item></channel></rss>"
    )
    (pile / "page.html").write_text(PAGE.replace("<body>", '<body><img src="http://example.org/x.png">'))
    try:
        _, noted = guarded(("run", pile, "--ledger", ledger, "--workers", "1"))
        assert noted.count("guarded") >= 2
        assert "refused" not in noted
    finally:
        (pile / "feed.xml").unlink()
        (pile / "page.html").unlink()
    key = opened.statements()[0].id
    finished, noted = guarded(
        ("statements", ledger),
        ("articles", ledger),
        ("show", ledger, key),
        ("failures", ledger),
        ("report", ledger, "-o", tmp_path / "r.html"),
        ("quotations", pile / "maire.txt", "--workers", "1"),
    )
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "r.html").exists()
    assert "refused" not in noted


def test_the_guard_would_notice(guarded, tmp_path):
    finished, noted = guarded(("fetch", "https://example.org/", "--ledger", tmp_path / "l"))
    assert "refused" in noted
    assert finished.returncode == 0
    assert "no answer" in finished.stdout


def test_fetched_pages_are_kept_as_they_came(selon, tmp_path, monkeypatch):
    answers = {
        "https://a.example/1": (PAGE.encode("latin-1"), ""),
        "https://a.example/2": (None, "the server answered 404"),
    }
    slept = []
    monkeypatch.setattr(fetching, "_download", answers.__getitem__)
    monkeypatch.setattr(fetching.time, "sleep", slept.append)
    addresses = [*answers, "https://a.example/1", "ftp://a.example/", "file:///etc/passwd"]
    answer = selon("fetch", *addresses, "--ledger", tmp_path / "l", "--delay", "5")
    assert answer.code == 0
    assert "1 article · 3 failed" in answer.out
    with Ledger.open(tmp_path / "l") as ledger:
        (heading,) = ledger.articles()
        assert heading.url == "https://a.example/1"
        assert (tmp_path / "l" / heading.where).read_bytes() == PAGE.encode("latin-1")
        statement = ledger.statements(speaker="kermarrec")[0]
        article = ledger.article(heading.id)
        raw = "".join(each.of(PAGE) for span in statement.quotation.content for each in article.raw(span))
        assert raw == statement.content == "Nous fermons le pont lundi"
    assert len(slept) == 1
    assert 4 < slept[0] <= 5


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://localhost:9/", "http://169.254.169.254/latest/"])
def test_addresses_that_are_not_public_are_refused(address):
    data, problem = fetching._download(address)
    assert data is None
    assert "not a public address" in problem
