"""The STIX bundle is read by the stix2 library, strictly, and hangs together."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import stix2

from selon.errors import UsageError
from selon.exports import extras
from selon.exports.stix import stix_pieces
from selon.exports.wordings import Maker

MAKER = Maker("selon 0.1.0", datetime(2026, 11, 25, 12, tzinfo=UTC))


@pytest.fixture
def written(analyses, wide):
    return "".join(stix_pieces([wide, *analyses], MAKER))


@pytest.fixture
def bundle(written):
    return stix2.parse(written, allow_custom=False, version="2.1")


def test_the_library_reads_it_and_finds_every_reference(bundle):
    ids = [each.id for each in bundle.objects]
    assert len(ids) == len(set(ids))
    for each in bundle.objects:
        for name in ("object_refs", "created_by_ref"):
            found = each.get(name, [])
            assert set([found] if isinstance(found, str) else found) <= set(ids), each.id


def test_a_note_a_statement_a_report_an_article(bundle, analyses, wide):
    counts = Counter(each.type for each in bundle.objects)
    statements = [each for one in [wide, *analyses] for each in one.statements]
    assert counts["note"] == len(statements)
    assert counts["report"] == len(analyses) + 1
    names = {(each.who.name.casefold(), each.who.kind) for each in statements if each.who}
    outlets = {one.article.outlet for one in analyses}
    assert counts["identity"] == len(names) + len(outlets) + 1


def test_a_note_holds_words_evidence_and_speaker(bundle):
    notes = {each.content.split("\n\n")[1].split("\n")[0]: each for each in bundle.objects if each.type == "note"}
    note = notes["selon: s-wide"]
    assert note.content.startswith("Non 𝒳, jamais […] et “plus” tard encore\n\n")
    assert "because: rule: incise (a dit 😀)" in note.content
    assert (note.confidence, note.lang, note.labels) == (75, "fr", ["direct"])
    by_id = {each.id: each for each in bundle.objects}
    report, speaker = (by_id[key] for key in note.object_refs)
    assert (report.type, report.name) == ("report", 'Léa 😀 "O\'Brien"')
    assert (speaker.name, speaker.identity_class, speaker.roles) == ("<Léa & Cie> 😀, «", "organization", ["maison"])
    assert len(notes["selon: s-unknown"].object_refs) == 1
    assert note.id in report.object_refs


def test_the_same_ledger_gives_the_same_bundle(written, analyses, wide):
    assert written == "".join(stix_pieces([wide, *analyses], MAKER))


def test_an_empty_ledger_gives_a_bundle():
    bundle = stix2.parse("".join(stix_pieces([], MAKER)), allow_custom=False)
    assert [each.identity_class for each in bundle.objects] == ["system"]


def test_a_missing_library_is_said(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(UsageError, match=r"stix2 is not installed: pip install 'selon\[exchange\]'"):
        next(stix_pieces([], MAKER))
