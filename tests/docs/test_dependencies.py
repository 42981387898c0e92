"""What the package imports is what pyproject.toml declares: nothing more is needed, nothing is declared for nothing."""

import ast
import re
import sys
import tomllib

from pages import ROOT, read

PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
ONLY_FOR_OTHERS = {"lxml_html_clean", "python_multipart"}
"""Needed by a dependency of ours that does not say so to every pip."""
IMPORTED_AS = {"pyyaml": "yaml"}


def declared(requirements):
    names = {re.match(r"[\w.-]+", each)[0].lower().replace("-", "_") for each in requirements}
    return {IMPORTED_AS.get(name, name) for name in names}


def imported():
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"selon"}


def test_every_import_is_declared():
    extras = {name for each in PROJECT["optional-dependencies"].values() for name in declared(each)}
    assert imported() <= declared(PROJECT["dependencies"]) | extras


def test_every_dependency_is_imported():
    assert declared(PROJECT["dependencies"]) - ONLY_FOR_OTHERS <= imported()
