"""``selon articles``: what a ledger has read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.options import (
    TABLE_ROWS,
    FormatOption,
    LedgerArgument,
    LimitOption,
    OutletOption,
    OutputOption,
    RawOption,
    Shape,
    SinceOption,
    UntilOption,
)
from selon.cli.terminal import QUIET, console, counted, day, filled_grid, harmless

if TYPE_CHECKING:
    from selon.store import Heading


def articles(
    ledger: LedgerArgument,
    about: Annotated[str, typer.Option(help="With these words in title or text.")] = "",
    since: SinceOption = "",
    until: UntilOption = "",
    outlet: OutletOption = "",
    limit: LimitOption = None,
    form: FormatOption = Shape.TABLE,
    output: OutputOption = None,
    raw_csv: RawOption = False,
) -> None:
    """List the articles in a ledger, oldest first."""
    from selon.store import Ledger

    wanted = {"about": about, "since": since or None, "until": until or None, "outlet": outlet}
    with Ledger.open(ledger) as opened:
        if form is Shape.TABLE:
            found = opened.articles(**wanted)
            most = TABLE_ROWS if limit is None else limit or None
            _print_table(found[:most], len(found))
            return
        from selon.cli.output import write_answer
        from selon.exports.columns import ARTICLE_COLUMNS
        from selon.exports.tables import article_row

        rows = map(article_row, opened.analyses(**wanted, limit=limit or None))
        write_answer(rows, ARTICLE_COLUMNS, form, output, raw=raw_csv)


def _print_table(found: Sequence[Heading], total: int) -> None:
    from rich.text import Text

    out = console()
    if not found:
        out.print("No article fits.", style=QUIET)
        return
    columns = {
        "id": [Text(heading.id[:8], QUIET) for heading in found],
        "published": [Text(day(heading.published), QUIET) for heading in found],
        "outlet": [Text(harmless(heading.outlet)) for heading in found],
        "title": [Text(harmless(heading.title) or harmless(heading.where)) for heading in found],
        ">statements": [Text(f"{heading.statements:,}") for heading in found],
    }
    table = filled_grid(columns, {"outlet": 20})
    out.print(table)
    if len(found) < total:
        out.print()
        out.print(f"{len(found):,} of {counted(total, 'article')}; --limit 0 shows all", style=QUIET)
