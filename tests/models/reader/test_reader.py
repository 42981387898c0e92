"""The trained reader: what it finds, what it must never do, and how it refuses a damaged model."""

import json
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.errors import PackError
from selon.models.reader import load_reader


def split(text):
    return text.split()


FOLDER = resources.files("selon.languages") / "fr" / "reader"
TITLE = split("Le ministre répond à la presse")
QUOTED = split("« Nous ne céderons pas » , a déclaré mardi le ministre Jean Dupont .")
PLAIN = split("La séance a duré deux heures .")
MARKS = ["«", "»", "“", "”", "„", '"', "'", "‘", "’", "‹", "›", "–", "-", ".", ",", "¶", "", "que", "dit", "Selon"]

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no trained reader is shipped")


@pytest.fixture(scope="module")
def reader():
    return load_reader(FOLDER)


def words(passages, run):
    return [word for passage in passages for word in passage][run.start : run.end]


def test_finds_an_obvious_quotation(reader):
    passages = [TITLE, [], QUOTED, PLAIN]
    (reading,) = reader.read(passages)
    (content,), (cue,), (source,) = reading.content, reading.cue, reading.source
    assert words(passages, content) == split("Nous ne céderons pas")
    assert "déclaré" in words(passages, cue)
    assert words(passages, source)[-2:] == ["Jean", "Dupont"]
    assert (reading.kind, reading.form) == ("direct", "clause")
    assert 0.5 < reading.confidence <= 1


@pytest.mark.parametrize("passages", [[], [[]], [[], []], [["."]], [["¶"]], [[""]]])
def test_nothing_in_nothing(reader, passages):
    assert reader.read(passages) == []


def test_unknown_characters_do_not_stop_it(reader):
    odd = [*split("政府 говорит \ud800 \x00 🙂 ﷽ ́ ¶"), "x" * 5000, ""]
    (reading,) = reader.read([odd, QUOTED])
    assert words([odd, QUOTED], reading.content[0]) == split("Nous ne céderons pas")


def test_a_pilcrow_in_the_text_moves_no_places(reader):
    assert reader.read([TITLE, ["¶", *QUOTED]])[0].content[0].start == len(TITLE) + 2


def test_no_article_changes_how_another_is_read(reader):
    first, second = [TITLE, QUOTED, PLAIN], [PLAIN, QUOTED * 20]
    alone = reader.read(first)
    reader.read(second)
    assert reader.read(first) == alone
    assert load_reader(FOLDER).read(first) == alone


def test_keep_is_the_least_confidence(reader):
    passages = [TITLE, QUOTED, split("Selon lui , la loi passera .")]
    everything = load_reader(FOLDER, keep=0.0).read(passages)
    assert len(everything) >= len(reader.read(passages)) > 0
    assert load_reader(FOLDER, keep=1.01).read(passages) == []


def test_an_article_of_several_sections_is_read_to_its_end(reader):
    passages = [TITLE, *[PLAIN] * 600, QUOTED, PLAIN * 800, QUOTED]
    starts = [0]
    for passage in passages:
        starts.append(starts[-1] + len(passage))
    found = {reading.content[0].start for reading in reader.read(passages)}
    assert {starts[601] + 1, starts[603] + 1} <= found


@given(st.lists(st.lists(st.sampled_from(MARKS) | st.text(max_size=6), max_size=30), max_size=5))
@settings(max_examples=60, deadline=None)
def test_runs_lie_inside_the_article_and_hold_words(reader, passages):
    size = sum(map(len, passages))
    for reading in reader.read(passages):
        assert reading.content
        for runs in (reading.content, reading.cue, reading.source):
            assert all(0 <= start < end <= size for start, end in runs)
            assert list(runs) == sorted(runs)
        assert 0 < reading.confidence <= 1


def test_no_model_is_no_reader(tmp_path):
    assert load_reader(tmp_path) is None
    assert load_reader(tmp_path / "absent") is None


def test_the_fingerprint_covers_every_file(reader, tmp_path):
    copy = copied(tmp_path)
    assert load_reader(copy).fingerprint == reader.fingerprint
    (copy / "settings.json").write_text((copy / "settings.json").read_text("utf-8") + "\n", "utf-8")
    assert load_reader(copy).fingerprint != reader.fingerprint


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("settings.json", lambda data: data[:1000]),
        ("settings.json", lambda data: b"\xff" + data),
        ("settings.json", lambda data: b"{}"),
        ("settings.json", lambda data: b"[]"),
        ("settings.json", lambda data: changed(data, changes=[[0]])),
        ("settings.json", lambda data: changed(data, thresholds={"patience": 1})),
        ("settings.json", lambda data: changed(data, vocabulary=["mot"] * 200_000)),
        ("settings.json", lambda data: changed(data, lexicon={"mot": [10**6, 0]})),
        ("encoder.onnx", lambda data: data[: len(data) // 2]),
        ("encoder.onnx", lambda data: b""),
        ("linker.onnx", lambda data: b"no network"),
        ("linker.onnx", None),
    ],
)
def test_a_damaged_model_is_refused(tmp_path, name, damage):
    broken = copied(tmp_path) / name
    if damage:
        broken.write_bytes(damage(broken.read_bytes()))
    else:
        broken.unlink()
    with pytest.raises(PackError) as caught:
        load_reader(broken.parent)
    assert str(broken.parent) in caught.value.where
    assert caught.value.next


def test_importing_the_reader_loads_no_network_library():
    code = "import sys, selon, selon.models.reader; sys.exit(bool({'numpy', 'onnxruntime'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def copied(tmp_path: Path) -> Path:
    target = tmp_path / "reader"
    with resources.as_file(FOLDER) as folder:
        shutil.copytree(folder, target)
    return target


def changed(data: bytes, **values) -> bytes:
    return json.dumps(json.loads(data) | values).encode()
