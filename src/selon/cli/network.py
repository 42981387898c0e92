"""``selon network``: who sides with whom, and over what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.counting import (
    AsDnaOption,
    CodesLedgerArgument,
    CodesOption,
    ColumnsOption,
    DuplicatesOption,
    ExcludeOption,
    OnlyOption,
    QualifierOption,
    RowsOption,
    TitleOption,
    UseOption,
    given_codes,
)
from selon.cli.options import OutputOption, SinceOption, UntilOption
from selon.errors import UsageError

if TYPE_CHECKING:
    from selon.discourse.networks import Network, NetworkOptions, Windows
    from selon.store.counting import Given


class Modes(StrEnum):
    """What the ties join."""

    ONE_MODE = "one-mode"
    TWO_MODE = "two-mode"


class Aggregations(StrEnum):
    """What becomes of agreement."""

    IGNORE = "ignore"
    COMBINE = "combine"
    SUBTRACT = "subtract"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"


class Normalisations(StrEnum):
    """What a tie is divided by."""

    NO = "no"
    AVERAGE = "average"
    JACCARD = "jaccard"
    COSINE = "cosine"
    ACTIVITY = "activity"
    PROMINENCE = "prominence"


class Kernels(StrEnum):
    """How weight falls off with time."""

    NO = "no"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    EPANECHNIKOV = "epanechnikov"
    GAUSSIAN = "gaussian"


class NetworkFormat(StrEnum):
    """How a network is written."""

    TABLE = "table"
    CSV = "csv"
    DL = "dl"
    TIES = "ties"
    EVENTS = "events"
    GRAPHML = "graphml"
    GEXF = "gexf"
    SVG = "svg"
    PNG = "png"


ModeOption = Annotated[
    Modes | None, typer.Option(help="Rows with rows, or rows with columns. [default: two-mode; one-mode for quoted]")
]
AggregationOption = Annotated[Aggregations, typer.Option(help="What becomes of agreement and disagreement.")]
NormalisationOption = Annotated[Normalisations, typer.Option(help="What a tie's weight is divided by.")]
IsolatesOption = Annotated[bool, typer.Option("--isolates", help="Keep rows and columns without a tie.")]
WindowOption = Annotated[str, typer.Option(help='A network for each window of this width: "30 days", "50 events".')]
KernelOption = Annotated[Kernels, typer.Option(help="With --window: weigh statements by their distance instead.")]
IndentOption = Annotated[bool, typer.Option("--indent", help="With --kernel: begin and end half a width inside.")]
BackboneOption = Annotated[
    str, typer.Option(help="Which columns carry the network: nested, a number of them, or penalty=3.5.")
]
CampsOption = Annotated[int, typer.Option(min=0, help="How polarised: into so many camps; with --window over time.")]
SeedOption = Annotated[int, typer.Option(help="Where chance begins, for backbones and camps too many to try all.")]
MostOption = Annotated[
    int | None, typer.Option(min=0, help="At most so many ties in the table (20), nodes in a picture (60); 0: all.")
]
NetworkFormatOption = Annotated[
    NetworkFormat | None,
    typer.Option("--format", "-f", help="How to write it. [default: by the file's name, else a table]"),
]


def network(
    ledger: CodesLedgerArgument = None,
    codes: CodesOption = None,
    use: UseOption = None,
    mode: ModeOption = None,
    rows: RowsOption = "",
    columns: ColumnsOption = "",
    qualifier: QualifierOption = "agreement",
    aggregation: AggregationOption = Aggregations.IGNORE,
    normalisation: NormalisationOption = Normalisations.NO,
    duplicates: DuplicatesOption = None,
    isolates: IsolatesOption = False,
    exclude: ExcludeOption = None,
    only: OnlyOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    window: WindowOption = "",
    kernel: KernelOption = Kernels.NO,
    indent: IndentOption = False,
    backbone: BackboneOption = "",
    camps: CampsOption = 0,
    seed: SeedOption = 1,
    as_dna: AsDnaOption = False,
    limit: MostOption = None,
    title: TitleOption = "",
    form: NetworkFormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show who sides with whom, or who stands where, as Discourse Network Analyzer counts it.

    Counts hand codings (of an imported .dna file, or --codes FILE), else the positions worked out by selon, else, where
    neither is there, who is quoted in the same article.
    """
    asked = dict(locals())

    import numpy as np

    from selon.cli.network_output import show_backbone, show_camps, show_network, write_networks
    from selon.discourse.networks import network as count
    from selon.discourse.networks import networks_over_time
    from selon.store.counting import network_options

    given = given_codes(ledger, codes, use, qualifier)
    options = network_options(given, asked)
    windows = _windows(window, kernel.value, indent=indent)
    chosen = form or _by_name(output)
    if backbone:
        show_backbone(given, options, backbone, np.random.default_rng(seed))
    elif camps:
        show_camps(given, options, windows, camps, np.random.default_rng(seed))
    elif chosen is NetworkFormat.EVENTS:
        _events(given, options, output)
    else:
        found: Iterable[Network] = (
            networks_over_time(given.codes, options, windows) if windows else [count(given.codes, options)]
        )
        if chosen is NetworkFormat.TABLE:
            show_network(list(found), limit)
        else:
            write_networks(found, chosen.value, output, title=title, most=60 if limit is None else limit)


def _windows(text: str, kernel: str, *, indent: bool) -> Windows | None:
    from selon.discourse.networks import Kernel, Unit, Windows

    if not text:
        if kernel != "no":
            raise UsageError("a kernel needs a width", next='add --window "30 days"')
        return None
    found = re.fullmatch(r"\s*(\d+)\s*([a-z]+?)s?\s*", text.lower())
    units = {unit.value.rstrip("s"): unit for unit in Unit}
    if not found or found[2] not in units:
        raise UsageError(f"not a window: {text!r}", next='write it as "30 days", "6 months" or "50 events"')
    return Windows(units[found[2]], int(found[1]), Kernel(kernel), indent)


def _by_name(output: Path | None) -> NetworkFormat:
    ending = output.suffix.lstrip(".").lower() if output else "table"
    try:
        return NetworkFormat(ending)
    except ValueError:
        known: Sequence[str] = [each.value for each in NetworkFormat if each not in _NO_ENDING]
        raise UsageError(
            f"no format for {ending!r}", where=str(output), next=f"use {', '.join(known)}, or -f"
        ) from None


_NO_ENDING = {NetworkFormat.TABLE, NetworkFormat.TIES, NetworkFormat.EVENTS}


def _events(given: Given, options: NetworkOptions, output: Path | None) -> None:
    from selon.cli.network_output import writing
    from selon.discourse.networks import events
    from selon.exports.networks.events import write_events

    with writing(output) as target:
        write_events(events(given.codes, options), given.source.columns, given.source.texts, target)
