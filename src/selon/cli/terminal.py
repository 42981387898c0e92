"""How things look on a terminal: calm colours, one style a meaning, hostile text made harmless."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from selon.records import When

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

SPEAKER, CUE, CONTENT = "cyan", "yellow", "green"
QUIET, LOUD, WRONG = "dim", "bold", "red"
UNKNOWN = "unknown"
_WIDEST = 120


def console(*, error: bool = False) -> Console:
    """The terminal: standard output, or standard error for what is not the result; at most 120 columns are used."""
    from rich.console import Console

    console = Console(stderr=error, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if console.width > _WIDEST:
        console.width = _WIDEST
    return console


def harmless(text: str) -> str:
    r"""The text on one line, without the characters that steer a terminal or turn its writing round.

    >>> harmless("a\x1b[31mb\u202ec\n d")
    'a�[31mb�c d'
    """
    return printable(" ".join(text.split())).replace("\n", " ")


def printable(text: str) -> str:
    """The text, character for character, each one that steers a terminal shown as ``�``; line breaks stay."""
    return "".join("�" if _steers(letter) else letter for letter in text)


def _steers(letter: str) -> bool:
    return letter != "\n" and unicodedata.category(letter) in {"Cc", "Cf", "Cs"} and letter != "\u00ad"


def grid(*columns: str, title: str = "") -> Table:
    """A table without lines: quiet headings, columns two spaces apart; one named ``>n`` is set to the right."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style=QUIET, title=title or None, pad_edge=False)
    for column in columns:
        right = column.startswith(">")
        table.add_column(column.lstrip(">"), justify="right" if right else "left", overflow="fold")
    return table


def filled_grid(columns: Mapping[str, Sequence[Text]], widest: Mapping[str, int]) -> Table:
    """A grid as wide as the terminal, without the columns that are empty all the way; ids and days are never broken."""
    shown = {name: cells for name, cells in columns.items() if any(cell.plain for cell in cells)}
    table = grid(*shown)
    table.expand = True
    for name, column in zip(shown, table.columns, strict=True):
        column.no_wrap = name in {"id", "day", "published"}
        column.max_width = widest.get(name)
        column.ratio = 1 if name in {"statement", "title"} else None
    for row in zip(*shown.values(), strict=True):
        table.add_row(*row)
    return table


def day(when: When) -> str:
    """A date as far as it is known; nothing where it is not."""
    return "" if when.first is None else str(when)


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun, thousands set apart.

    >>> counted(1, "article"), counted(12345, "article")
    ('1 article', '12,345 articles')
    """
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def note(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(harmless(text) + "\n")
