"""The command line: one file a command; arguments in, tables and exit codes out."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from selon.cli.articles import articles
from selon.cli.failures import failures
from selon.cli.fetch import fetch
from selon.cli.quotations import quotations
from selon.cli.report import report
from selon.cli.run import run
from selon.cli.show import show
from selon.cli.statements import statements
from selon.errors import SelonError, UsageError

EXIT_CODES = (
    "Exit codes: 0 done (documents that failed are counted and listed), 1 an error, 2 wrong usage, "
    "3 documents failed and --strict was given, 130 interrupted (what was read is kept)."
)

app = typer.Typer(
    name="selon",
    help="Who said what, when, in whose exact words: a ledger of the statements in a pile of news articles.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (run, statements, show, articles, failures, report, fetch, quotations):
    app.command()(command)


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.", is_eager=True)] = False,
) -> None:
    if version:
        import selon

        typer.echo(f"selon {selon.__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app()
    except SelonError as error:
        sys.stderr.write(f"selon: {error}\n")
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        # `selon statements … | head` is no error; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
