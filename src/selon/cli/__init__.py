"""The command line: one file a command; arguments in, tables and exit codes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated

import typer

from selon.cli.actors import actor, actors
from selon.cli.articles import articles
from selon.cli.compare import compare
from selon.cli.contradictions import contradictions
from selon.cli.copies import copies
from selon.cli.correct import correct
from selon.cli.decisions import agreement, decisions
from selon.cli.export import export
from selon.cli.failures import failures
from selon.cli.fetch import fetch
from selon.cli.import_ import import_
from selon.cli.link import link
from selon.cli.merge import merge, split
from selon.cli.network import network
from selon.cli.positions import positions
from selon.cli.quotations import quotations
from selon.cli.report import report
from selon.cli.run import run
from selon.cli.serve import serve
from selon.cli.show import show
from selon.cli.statements import statements
from selon.cli.timeline import timeline
from selon.cli.trace import trace
from selon.cli.utterances import utterances
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


def _show_version(wanted: bool) -> None:
    if wanted:
        import selon

        typer.echo(f"selon {selon.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    pass


def _until_reader_leaves(command: Callable[..., None]) -> Callable[..., None]:
    """The command, for which a reader that leaves early (``selon statements … | head``) is no error."""

    @wraps(command)
    def patient(*arguments: object, **options: object) -> None:
        try:
            command(*arguments, **options)
            sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered must go nowhere, or Python complains at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    return patient


COMMANDS = (
    *(run, statements, show, articles, actors, actor, merge, split, failures),
    *(correct, decisions, agreement),
    *(positions, contradictions, network, timeline, utterances, compare),
    *(serve, copies, trace, report, fetch, quotations, link, export, import_),
)
for command in COMMANDS:
    app.command()(_until_reader_leaves(command))


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app(prog_name="selon")
    except SelonError as error:
        sys.stderr.write(f"selon: {error}\n")
        sys.exit(2 if isinstance(error, UsageError) else 1)
