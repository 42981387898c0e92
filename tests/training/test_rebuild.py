"""One command rebuilds every model: what is done is skipped, what fails is said and tried again."""

from __future__ import annotations

import importlib
import importlib.util
import io
import tarfile

import pytest

command = importlib.import_module("training.__main__")


@pytest.fixture
def shared(tmp_path):
    data = tmp_path / "shared" / "data"
    data.mkdir(parents=True)
    with tarfile.open(data / "words.tar.xz", "w:xz") as archive:
        entry = tarfile.TarInfo("words/list.txt")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"mots"))
    return tmp_path / "shared"


@pytest.fixture
def run(shared, tmp_path, monkeypatch):
    def run(*arguments, **modules):
        steps = tuple(command.Step(name, module, "{unpacked}/words/list.txt") for name, module in modules.items())
        monkeypatch.setattr(command, "STEPS", steps)
        return command.main(["--shared", str(shared), "--work", str(tmp_path / "work"), *arguments])

    return run


def test_a_finished_step_is_skipped_until_it_is_wanted_again(run, tmp_path, capsys):
    assert run(words="tokenize") == 0  # Python's own: prints the tokens of a file
    assert "mots" in capsys.readouterr().out
    assert "mots" in (tmp_path / "work" / "logs" / "words.log").read_text()
    assert run(words="tokenize") == 0
    assert "done before" in capsys.readouterr().out
    assert run("--again", "words", words="tokenize") == 0
    assert "mots" in capsys.readouterr().out


def test_a_step_that_fails_stops_the_rest_and_is_not_done(run, tmp_path, capsys):
    assert run(bad="json.tool", words="tokenize") == 1
    assert "bad.log" in capsys.readouterr().out
    assert not (tmp_path / "work" / "done").joinpath("bad").exists()
    assert not (tmp_path / "work" / "done").joinpath("words").exists()


def test_every_step_has_its_module_and_no_data_is_said(tmp_path, capsys):
    assert all(importlib.util.find_spec(step.module) for step in command.STEPS)
    assert command.main(["--list"]) == 0
    assert capsys.readouterr().out.count("\n") == len(command.STEPS)
    with pytest.raises(SystemExit) as ended:
        command.main(["--shared", str(tmp_path)])
    assert ended.value.code == 2
    assert "--shared" in capsys.readouterr().err
