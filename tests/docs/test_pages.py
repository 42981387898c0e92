"""Links lead somewhere, examples say the truth, records are listed, the version is told."""

import doctest
import importlib
import pkgutil
import re

import pytest
from pages import FENCE, PAGES, ROOT, code_lines, read, section

import selon
from selon.errors import SelonError

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
MODULES = sorted(
    info.name for info in pkgutil.walk_packages(selon.__path__, "selon.") if not info.name.endswith("__main__")
)


@every_page
def test_links_inside_the_repository_resolve(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}, target


@every_page
def test_files_named_in_the_pages_exist(page):
    for name in re.findall(
        r"`((?:src|docs|tests|evaluation|benchmarks|training|demo)/[\w./-]+)`", page.read_text("utf-8")
    ):
        assert (ROOT / name).exists(), f"{page.name}: {name}"


@every_page
def test_pages_name_no_place_that_only_we_have(page):
    assert not re.search(r"/work/|/root/|/tmp/", page.read_text(encoding="utf-8"))


def test_the_readme_begins_with_the_two_commands():
    top = read("README.md")[:900]
    assert "make demo" in top
    assert "make test" in top


@every_page
def test_python_in_the_pages_says_what_it_says(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = [code for language, code in FENCE.findall(page.read_text(encoding="utf-8")) if language == "python"]
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    lines = []
    doctest.DocTestRunner(verbose=False).run(test, out=lines.append)
    assert not lines, "".join(lines)
    for block in blocks:
        assert ">>>" in block or compile(block, page.name, "exec")


def test_the_readme_shows_python():
    assert ">>> import selon" in read("README.md")


def test_console_blocks_show_what_a_command_printed():
    blocks = [code for language, code in FENCE.findall(read("README.md")) if language == "console"]
    assert blocks
    for code in blocks:
        first, *output = code.splitlines()
        assert first.startswith("$ selon ")
        assert len(output) > 2, f"{first}: run make readme"


def test_every_decision_is_listed():
    listed = re.findall(r"^\| \[(\d{4})\]\(([\w-]+\.md)\)", read("docs/decisions/README.md"), re.MULTILINE)
    there = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [name for _, name in listed] == there
    assert all(name.startswith(number) for number, name in listed)
    assert len({number for number, _ in listed}) == len(listed)


def test_the_changelog_tells_of_this_version():
    assert re.search(rf"^## \[?{re.escape(selon.__version__)}\]?", read("CHANGELOG.md"), re.MULTILINE)


def test_every_public_name_is_in_the_architecture_page():
    told = section(read("ARCHITECTURE.md"), "The public names")
    assert set(re.findall(r"`(\w+)`", told)) >= set(selon.__all__)


def test_every_module_and_package_is_in_the_architecture_page():
    told = section(read("ARCHITECTURE.md"), "The layout")
    named = set(re.findall(r"[\w.]+", told))
    for entry in sorted((ROOT / "src" / "selon").iterdir()):
        if entry.name != "__pycache__":
            assert entry.name in named, f"{entry.name} is not in ARCHITECTURE.md"


def test_every_error_is_drawn_in_the_tree():
    errors = importlib.import_module("selon.errors")
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, SelonError):
            assert name in errors.__doc__


def test_every_make_target_is_told_by_make_help():
    makefile = read("Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - {"help"}
    assert set(re.findall(r"@echo 'make ([a-z-]+) ", makefile)) == targets


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_code_blocks_are_found():
    assert any("make demo" in line for line in code_lines(read("README.md")))
