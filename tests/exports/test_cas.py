"""The archive for INCEpTION is read by dkpro-cassis; in the files themselves offsets are UTF-16 units."""

import io
import json
import zipfile

import cassis
import pytest

from selon.code_units import CodeUnits
from selon.errors import UsageError
from selon.exports import extras
from selon.exports.cas import QUOTATION, RELATION, TYPES, write_cas

SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"


@pytest.fixture
def archive(analyses, wide):
    file = io.BytesIO()
    assert write_cas(file, [wide, *analyses]) == len(analyses) + 1
    return zipfile.ZipFile(file)


def loaded(archive, key):
    return cassis.load_cas_from_json(io.BytesIO(archive.read(f"{key}.json")))


def test_every_span_is_read_back_with_its_words(archive, analyses, wide):
    for one in [wide, *analyses]:
        cas = loaded(archive, one.article.id)
        assert cas.sofa_string == one.article.text
        assert cas.document_language == one.article.language
        spans = {(each.statement, each.part, each.begin, each.end) for each in cas.select(QUOTATION)}
        assert spans == {
            (statement.id, part, span.start, span.end)
            for statement in one.statements
            for part in ("content", "cue", "source")
            for span in getattr(statement.quotation, part)
        }
        sentences = {(each.begin, each.end) for each in cas.select(SENTENCE)}
        assert sentences == {tuple(span) for passage in one.passages for span in passage.sentences}


def test_the_files_count_utf_16_units(archive, wide):
    raw = json.loads(archive.read("a-wide.json"))
    units = CodeUnits(wide.article.text)
    found = [(each["begin"], each["end"]) for each in raw["%FEATURE_STRUCTURES"] if each["%TYPE"] == QUOTATION]
    quotation = wide.statements[0].quotation
    wanted = [tuple(units.to_units(span)) for span in (*quotation.content, *quotation.cue, *quotation.source)]
    assert set(wanted) <= set(found)
    assert wanted[0] != tuple(quotation.content[0])
    text = wide.article.text.encode("utf-16-le")
    assert text[2 * wanted[0][0] : 2 * wanted[0][1]].decode("utf-16-le") == "Non 𝒳, jamais"


def test_relations_lead_from_the_content_to_its_parts(archive, wide):
    relations = loaded(archive, "a-wide").select(RELATION)
    of_first = [each for each in relations if each.Governor.statement == "s-wide"]
    assert {each.role for each in of_first} == {"more", "cue", "source"}
    for each in of_first:
        assert each.Governor.get_covered_text() == "Non 𝒳, jamais"
        assert (each.begin, each.end) == (each.Dependent.begin, each.Dependent.end)
        assert each.Dependent.statement == "s-wide"


def test_the_first_span_tells_who_and_how(archive):
    first = next(each for each in loaded(archive, "a-wide").select(QUOTATION) if each.statement == "s-wide")
    assert (first.speaker, first.speakerKind, first.kind, first.form) == (
        "<Léa & Cie> 😀, «", "organization", "direct", "clause",
    )  # fmt: skip
    assert (first.saidOn, first.addressee, first.confidence) == ("2024-05-01/2024-05-04", "la presse", 0.75)
    assert "because: rule: incise (a dit 😀)" in first.evidence


def test_the_layers_are_in_a_type_system(archive):
    types = cassis.load_typesystem(io.BytesIO(archive.read(TYPES)))
    assert types.get_type(QUOTATION).get_feature("speaker") is not None
    assert types.get_type(RELATION).get_feature("Governor").rangeType.name == QUOTATION


def test_the_same_ledger_gives_the_same_bytes(analyses, wide):
    one, other = io.BytesIO(), io.BytesIO()
    write_cas(one, [wide, *analyses])
    write_cas(other, [wide, *analyses])
    assert one.getvalue() == other.getvalue()


def test_a_missing_library_is_said(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", absent)
    with pytest.raises(UsageError, match=r"dkpro-cassis is not installed: pip install 'selon\[exchange\]'"):
        write_cas(io.BytesIO(), [])
