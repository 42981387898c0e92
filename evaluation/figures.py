"""The table of figures in the README: the floors, written there by ``--update`` so that the two never drift apart."""

from __future__ import annotations

from pathlib import Path

from evaluation.baseline import Floors

START = "<!-- figures: written by `python -m evaluation.gate --update`, not by hand -->"
END = "<!-- end of figures -->"
_SAMPLES = ("circumstances", "copies")


def figures_table(floors: Floors) -> str:
    """The floors of every set but the bundled ones (they are a part of S5) as Markdown tables, a row a measure.

    The sample that is annotated for when, where and to whom, and that of copies, have other measures: each its table.
    """
    sets = {name: each for name, each in floors.items() if "bundled" not in name}
    samples = [{name: sets.pop(name) for name in list(sets) if name.startswith(kind)} for kind in _SAMPLES]
    return "\n\n".join(_table(each) for each in (sets, *samples) if each)


def _table(sets: Floors) -> str:
    measures = list(dict.fromkeys(measure for each in sets.values() for measure in each.values))
    head = ["measure", *(f"{name} ({each.articles} articles)" for name, each in sets.items())]
    rows = [
        [measure, *(f"{each.values[measure]:.3f}" if measure in each.values else "–" for each in sets.values())]
        for measure in measures
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def write_figures(page: Path, floors: Floors) -> bool:
    """Put the table between the marks in a page; False, and nothing is written, where the page has no such marks."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        return False
    page.write_text(f"{before}{START}\n{figures_table(floors)}\n{END}{after}", encoding="utf-8")
    return True
