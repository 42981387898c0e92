"""Every command and option is documented, with its default; every command line in the pages can be typed."""

import re
import shlex

import pytest
import typer
from pages import PAGES, ROOT, code_lines, read, section

from selon.cli import EXIT_CODES, app

COMMANDS = typer.main.get_command(app).commands
TARGETS = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


def options(command):
    return [each for each in command.params if each.param_type_name == "option" and "--help" not in each.opts]


def heading(command):
    taken = [each for each in command.params if each.param_type_name == "argument"]
    return f"`{' '.join(['selon', command.name, *(each.metavar or each.name.upper() for each in taken)])}`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_documented_and_no_other(name):
    command = COMMANDS[name]
    text = section(read("docs/cli.md"), heading(command))
    documented = [re.findall(r"`(-[-\w]+)`", cell) for cell in re.findall(r"^\| (`-.*?) \|", text, re.MULTILINE)]
    assert documented == [sorted(each.opts, key=len, reverse=True) for each in options(command)]


@pytest.mark.parametrize("name", COMMANDS)
def test_defaults_are_those_of_the_code(name):
    text = section(read("docs/cli.md"), heading(COMMANDS[name]))
    for option in options(COMMANDS[name]):
        default = re.search(rf"^\| `{option.opts[0]}`[^|]*\| ([^|]*) \|", text, re.MULTILINE)
        told = default[1].strip().strip("`") if default else None
        if option.required:
            assert told == "(needed)", option.name
        elif isinstance(option.default, bool):
            assert told == ("on" if option.default else "off"), option.name
        elif option.default not in ("", None):
            assert told == str(getattr(option.default, "value", option.default)), option.name


def test_no_command_is_made_up():
    documented = re.findall(r"^## `selon (\w+)", read("docs/cli.md"), re.MULTILINE)
    assert sorted(documented) == sorted(COMMANDS)


def test_exit_codes_are_those_of_the_help():
    table = read("docs/cli.md").split("| option of")[0]
    assert re.findall(r"^\| (\d+) \|", table, re.MULTILINE) == re.findall(r"\b(\d+) ", EXIT_CODES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_command_lines_in_the_pages_can_be_typed(page):
    for line in code_lines(page.read_text(encoding="utf-8")):
        words = shlex.split(line.removeprefix("$ "), comments=True) if re.match(r"(\$ )?(selon|make) ", line) else []
        words = words[: next((n for n, word in enumerate(words) if word in "|>;"), len(words))]
        if words[:1] == ["make"]:
            assert set(words[1:]) <= TARGETS, line
        elif words[:1] == ["selon"]:
            assert words[1] in {*COMMANDS, "COMMAND", "--version", "[--version]"}, line
            known = {opt for each in COMMANDS[words[1]].params for opt in each.opts} if words[1] in COMMANDS else set()
            assert {word for word in words[2:] if word.startswith("-") and word != "-"} <= known, line
