"""Networks on the screen and into files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from selon.cli.terminal import LOUD, QUIET, console, counted, grid, harmless, note
from selon.errors import LedgerError, UsageError

if TYPE_CHECKING:
    import numpy as np

    from selon.discourse.networks import Backbone, Network, NetworkOptions, Windows
    from selon.store.counting import Given

_ROWS = 20


def show_network(networks: Sequence[Network], limit: int | None) -> None:
    """The strongest ties of one network, or a line for each window."""
    if len(networks) != 1 or networks[0].first:
        _show_windows(networks)
        return
    from rich.text import Text

    network, out = networks[0], console()
    if not network.statements:
        what = network.row_variable if network.one_mode else f"{network.row_variable} and {network.column_variable}"
        out.print(f"Nothing to tie: no statement that fits says {what}.", style=QUIET)
        return
    most = _ROWS if limit is None else limit or None
    ties, there = network.strongest(most), network.weights.nnz // (2 if network.one_mode else 1)
    table = grid(network.row_variable, network.column_variable, ">weight")
    for tie in ties:
        number = f"{tie.weight:g}" if network.normalisation == "no" else f"{tie.weight:.3f}"
        signed = network.aggregation == "subtract" and tie.weight > 0
        weight = Text(f"+{number}" if signed else number, LOUD)
        table.add_row(harmless(tie.source), harmless(tie.target), weight)
    out.print(table)
    out.print()
    out.print(f"{_sizes(network)}, {counted(network.statements, 'statement')}", style=QUIET)
    if len(ties) < there:
        out.print(f"the {most} strongest ties; --limit 0 shows all, -o FILE.graphml writes them", style=QUIET)


def show_backbone(given: Given, options: NetworkOptions, asked: str, chance: np.random.Generator) -> None:
    """Which columns carry the network. Raises UsageError for what is no kind of backbone."""
    from selon.discourse.networks import fixed_backbone, nested_backbone, penalised_backbone

    if asked == "nested":
        table = grid(">", "taken out", ">loss without", ">loss of these alone", ">statements")
        for each in nested_backbone(given.codes, options):
            losses = f"{each.backbone_loss:.4f}", f"{each.redundant_loss:.4f}"
            table.add_row(str(each.rank), harmless(each.label), *losses, f"{each.statements:,}")
        console().print(table)
        return
    kind, equals, number = asked.partition("=")
    try:
        if kind == "penalty" and equals:
            _show_sets(penalised_backbone(given.codes, options, float(number), chance))
        else:
            _show_sets(fixed_backbone(given.codes, options, int(asked), chance))
    except ValueError:
        raise UsageError(f"not a backbone: {asked!r}", next="write nested, a number, or penalty=3.5") from None


def show_camps(
    given: Given, options: NetworkOptions, windows: Windows | None, camps: int, chance: np.random.Generator
) -> None:
    """How polarised the debate is, and its camps; a line for each window."""
    from selon.discourse.networks import polarization, polarization_over_time

    out = console()
    if windows:
        table = grid("from", "to", ">polarization", ">statements")
        for first, last, statements, found in polarization_over_time(given.codes, options, windows, (camps, chance)):
            value = f"{found.value:.4f}" if found else "–"
            table.add_row(f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}", value, f"{statements:,}")
        out.print(table)
        return
    result = polarization(given.codes, options, camps, chance)
    out.print(f"polarization {result.value:.4f}" + ("" if result.exact else "  (found by trying, maybe not the best)"))
    for number, camp in enumerate(result.camps, start=1):
        out.print(f"camp {number}: {harmless(', '.join(camp))}", soft_wrap=True)


def write_networks(networks: Iterable[Network], form: str, output: Path | None, *, title: str, most: int) -> None:
    """The networks into a file; what holds one network only gets a file for each window, named by its middle."""
    if form in _SERIES:
        from selon.exports.networks.gexf import write_gexf
        from selon.exports.networks.matrices import write_ties

        with writing(output) as target:
            (write_ties if form == "ties" else write_gexf)(list(networks), target)
        return
    from selon.exports.networks.writing import network_bytes

    written: list[Path] = []
    for network in networks:
        file = output
        if network.first and network.last:
            if output is None:
                raise UsageError(f"{form} holds one network", next="add -o FILE: a file is written for each window")
            file = _numbered(output, f"{network.first + (network.last - network.first) / 2:%Y-%m-%d}", written)
            written.append(file)
        with writing(file, binary=form == "png") as target:
            target.write(network_bytes(network, form, title, most))
    if written:
        note(f"{counted(len(written), 'file')}, {written[0].name} to {written[-1].name}")


@contextmanager
def writing(output: Path | None, *, binary: bool = False) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all, or standard output. Raises LedgerError, UsageError."""
    from selon.exports.whole import whole_file

    if output is None:
        if binary and sys.stdout.isatty():
            raise UsageError("a PNG is not for reading on a screen", next="add -o FILE")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with whole_file(output) as file:
            yield file
    except OSError as error:
        raise LedgerError(
            f"cannot write: {error.strerror}", where=str(output), next="give another file with -o"
        ) from error


_SERIES = {"ties", "gexf"}


def _numbered(output: Path, day: str, written: Sequence[Path]) -> Path:
    """The file of a window; those of one day are numbered."""
    file, number = output.with_stem(f"{output.stem}-{day}"), 1
    while file in written:
        number += 1
        file = output.with_stem(f"{output.stem}-{day}-{number}")
    return file


def _show_windows(networks: Sequence[Network]) -> None:
    out = console()
    if not networks:
        out.print(
            "No window fits: there are no dated statements, or the range is shorter than the window.", style=QUIET
        )
        return
    table = grid("from", "to", ">statements", ">rows", ">ties", ">sum of weights")
    for network in networks:
        ties = network.weights.nnz // (2 if network.one_mode else 1)
        total = network.weights.sum() / (2 if network.one_mode else 1)
        days = [f"{moment:%Y-%m-%d}" if moment else "" for moment in (network.first, network.last)]
        table.add_row(*days, f"{network.statements:,}", f"{len(network.rows):,}", f"{ties:,}", f"{total:g}")
    out.print(table)


def _show_sets(found: Backbone) -> None:
    out = console()
    for name, labels, loss in (
        ("backbone", found.backbone, found.backbone_loss),
        ("redundant", found.redundant, found.redundant_loss),
    ):
        out.print(f"{name}, loss {loss:.4f}", style=LOUD)
        for label in labels:
            out.print(f"  {harmless(label)}", soft_wrap=True)
    if not found.exact:
        out.print("found by simulated annealing: maybe not the best; another --seed may tell", style=QUIET)


def _sizes(network: Network) -> str:
    ties = network.weights.nnz // (2 if network.one_mode else 1)
    rows = f"{len(network.rows):,} {network.row_variable}"
    columns = "" if network.one_mode else f" × {len(network.columns):,} {network.column_variable}"
    return f"{rows}{columns}, {counted(ties, 'tie')}"
