"""Write the real output of every ``$ selon …`` line in the README's console blocks below it: ``make readme``."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n\$ (selon [^\n]*)\n.*?^```$", re.MULTILINE | re.DOTALL)


def refreshed(page: str) -> str:
    """The page with what its commands print today, in a terminal of 100 columns, blanks at line ends left out."""
    return BLOCK.sub(lambda block: f"```console\n$ {block[1]}\n{_output(block[1])}```", page)


def _output(command: str) -> str:
    words = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(words, cwd=ROOT, env={"COLUMNS": "100"}, capture_output=True, check=True)  # noqa: S603
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.decode("utf-8").splitlines())


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(refreshed(readme.read_text(encoding="utf-8")), encoding="utf-8")
