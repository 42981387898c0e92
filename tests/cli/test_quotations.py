import json

import pytest

MAIRE = "« Nous fermons le pont », a déclaré Solène Kermarrec mardi devant les habitants de la commune. Elle est ferme."


def records(answer):
    return {record["id"]: record["quotations"] for record in map(json.loads, answer.out.splitlines())}


def test_a_record_an_article_with_offsets_into_the_file(selon, pile):
    answer = selon("quotations", pile, "--workers", "1")
    assert answer.code == 0
    found = records(answer)
    assert set(found) == {"maire", "discorde", "hostile", "photo"}
    text = (pile / "maire.txt").read_text(encoding="utf-8")
    first = found["maire"][0]
    assert [text[start:end] for start, end in first["content"]] == ["Nous fermons le pont de Brisecaille dès lundi"]
    assert set(first) == {"content", "cue", "source", "speaker", "type", "form", "confidence", "quotation_confidence"}
    assert found["photo"] == []
    assert "photo.txt" in answer.err


def test_line_ends_and_a_byte_order_mark_count_as_they_stand(selon, tmp_path):
    (tmp_path / "dos.txt").write_bytes(b"\xef\xbb\xbf" + f"Le pont\r\n\r\n{MAIRE}\r\n".encode())
    text = (tmp_path / "dos.txt").read_bytes().decode("utf-8-sig")
    (quotation, *_) = records(selon("quotations", tmp_path, "--lang", "fr"))["dos"]
    assert [text[start:end] for start, end in quotation["content"]] == ["Nous fermons le pont"]


def test_json_records_keep_their_own_ids(selon, tmp_path):
    lines = [{"id": f"x-{number}", "text": MAIRE} for number in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n")
    assert list(records(selon("quotations", tmp_path / "a.jsonl", "--lang", "fr"))) == ["x-0", "x-1", "x-2"]


def test_an_unknown_language_gives_an_empty_record_and_a_line(selon, tmp_path):
    german = "Der Minister sagte am Dienstag in Berlin, dass die Brücke über den Fluss geschlossen werde. " * 5
    (tmp_path / "de.txt").write_text(german)
    answer = selon("quotations", tmp_path)
    assert records(answer) == {"de": []}
    assert "de.txt" in answer.err


def test_given_quotations_are_taken_as_they_are_in_their_order(selon, tmp_path):
    (tmp_path / "a.txt").write_text(MAIRE)
    content, cue, source = [[2, 22]], [[26, 35]], [[36, 52]]
    nested = {"content": [[7, 22]], "cue": [], "source": [], "type": "indirect", "form": "nominal", "optional": True}
    gold = [nested, {"content": content, "cue": cue, "source": source, "type": "direct", "form": "clause", "also": []}]
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": "a", "quotations": gold}) + "\n")
    answer = selon("quotations", tmp_path / "a.txt", "--quotations", tmp_path / "gold.jsonl", "--lang", "fr")
    first, second = records(answer)["a"]
    assert first["content"] == [[7, 22]]
    assert (second["content"], second["cue"], second["source"]) == (content, cue, source)
    assert second["speaker"] == "Solène Kermarrec"


@pytest.mark.parametrize("gold", ["", "[]", "{", '{"id": "a"}', '{"id": "a", "quotations": [{"cue": []}]}'])
def test_a_malformed_gold_file_is_said(selon, tmp_path, gold):
    (tmp_path / "a.txt").write_text(MAIRE)
    (tmp_path / "gold.jsonl").write_text(gold)
    answer = selon("quotations", tmp_path / "a.txt", "--quotations", tmp_path / "gold.jsonl", "--lang", "fr")
    if gold:
        assert answer.code == 2
        assert "not in the evaluation format" in answer.err
    else:
        assert records(answer) == {"a": []}
