"""What ``import selon`` offers, and what it costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import selon
from selon.cli import EXIT_CODES, app

HEAVY = ("duckdb", "typer", "rich", "trafilatura", "lxml", "numpy", "py3langid", "feedparser", "jinja2", "sqlite3")


def loaded(code, *modules):
    script = f"import sys\n{code}\nprint([name for name in {modules!r} if name in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]


def test_every_public_name_is_there():
    for name in selon.__all__:
        assert getattr(selon, name) is not None
    assert len(set(selon.__all__)) == len(selon.__all__)
    assert sorted(selon.__all__) == dir(selon)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        selon.nothing  # noqa: B018


def test_type_checkers_see_the_same_names():
    tree = ast.parse(Path(selon.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported == set(selon.__all__) - {"__version__"}


def test_the_version_is_that_of_the_package():
    import tomllib

    project = tomllib.loads((Path(selon.__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert selon.__version__ == project["project"]["version"]


def test_import_selon_loads_nothing_heavy():
    assert loaded("import selon", *HEAVY, "selon.records") == "[]"


def test_help_loads_no_engine():
    heavy = [name for name in HEAVY if name not in ("typer", "rich")]
    code = "from selon.cli import app\nfrom contextlib import suppress\nwith suppress(SystemExit): app(['--help'])"
    assert loaded(code, *heavy, "selon.pipeline", "selon.store.ledger") == "[]"


def test_from_python(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(
        "« Nous fermons le pont lundi », a déclaré mardi la maire, Solène Kermarrec, devant les habitants de la "
        "commune réunis dans la salle des fêtes.\n",
        encoding="utf-8",
    )
    article = selon.read(page)
    (statement, *_) = selon.statements(article)
    assert (statement.speaker, statement.cue, statement.content) == (
        "Solène Kermarrec", "a déclaré", "Nous fermons le pont lundi",
    )  # fmt: skip
    assert statement.quotation.content[0].of(article.text) == statement.content


def test_every_command_and_option_says_what_it_is(selon):
    for command in app.registered_commands:
        assert command.callback.__doc__, command.callback.__name__
        answer = selon(command.callback.__name__, "--help")
        assert answer.code == 0
        assert "Usage: selon" in answer.out
    for code in ("0 done", "1 an error", "2 wrong usage", "3 documents failed", "130 interrupted"):
        assert code in EXIT_CODES
    assert "Exit codes" in selon("--help").out
    assert selon("--version").out.startswith("selon 0.")
