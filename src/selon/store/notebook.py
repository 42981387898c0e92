"""A ledger as a notebook shows it: what it holds and who speaks most, escaped, without script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selon.store.ledger import Ledger

_SPEAKERS = """
    SELECT speaker, count(*) AS said FROM statements WHERE speaker IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10"""


def ledger_html(ledger: Ledger) -> str:
    """A small HTML table of counts and one of the ten speakers with most statements."""
    counts = ledger.counts()
    shown = ("articles", "statements", "set_aside", "failures")
    totals = "".join(f"<td>{counts[name]:,}</td>" for name in shown)
    names = "".join(f"<th>{name.replace('_', ' ')}</th>" for name in shown)
    rows = "".join(
        f"<tr><td style='text-align:left'>{escape(str(name))}</td><td>{number:,}</td></tr>"
        for name, number in ledger.sql(_SPEAKERS).fetchall()
    )
    return (
        f"<p>Ledger <code>{escape(str(ledger.folder))}</code></p><table><tr>{names}</tr><tr>{totals}</tr></table>"
        f"<table><tr><th style='text-align:left'>speaker</th><th>statements</th></tr>{rows}</table>"
    )
