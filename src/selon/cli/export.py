"""``selon export``: a ledger as a file for other people's tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.options import LedgerArgument, OutletOption, SinceOption, UntilOption
from selon.cli.terminal import counted, note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selon.exports.wordings import Maker
    from selon.store import Ledger


class Target(StrEnum):
    """What the file is for."""

    DNA = "dna"
    ANNOTATIONS = "annotations"
    CAS = "cas"
    LABEL_STUDIO = "label-studio"
    STIX = "stix"
    CLAIMS = "claims"


def export(
    ledger: LedgerArgument,
    to: Annotated[Target, typer.Option("--to", help="What the file is for.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", show_default=False)],
    since: SinceOption = "",
    until: UntilOption = "",
    outlet: OutletOption = "",
) -> None:
    """Write the ledger as a file that another tool opens; days are those of publication.

    What that tool cannot hold is said on standard error, a line for each kind of thing.
    """
    from selon.errors import LedgerError
    from selon.store import Ledger

    wanted = {"since": since or None, "until": until or None, "outlet": outlet}
    with Ledger.open(ledger) as opened:
        try:
            told = _WRITERS[to](opened, output, wanted)
        except OSError as error:
            raise LedgerError(
                f"cannot write: {error.strerror}", where=str(output), next="give another file with -o"
            ) from error
    for line in told:
        note(line)


def _dna(ledger: Ledger, output: Path, wanted: dict[str, Any]) -> list[str]:
    from selon.discourse.codings import coded
    from selon.exports.dna.project import project
    from selon.exports.dna.writing import write_dna

    made = project(ledger.analyses(**wanted), coded(ledger.decisions()), _maker(ledger).at.date())
    write_dna(output, made.tables)
    told = f"{counted(made.documents, 'document')}, {counted(made.found, 'statement')} found by selon"
    coded_too = f", {counted(made.coded, 'coded statement')}" if made.coded else ""
    return [f"{output}: {told}{coded_too}", *(f"not as it was: {loss}" for loss in made.losses)]


def _cas(ledger: Ledger, output: Path, wanted: dict[str, Any]) -> list[str]:
    from selon.exports.cas import write_cas
    from selon.exports.whole import whole_file

    with whole_file(output) as file:
        number = write_cas(file, ledger.analyses(**wanted))
    return [f"{output}: {counted(number, 'article')}, a file each"]


def _annotations(ledger: Ledger, output: Path, wanted: dict[str, Any]) -> list[str]:
    from selon.discourse.codings import coded
    from selon.exports.annotations import annotation_pieces

    codings = coded(ledger.decisions()).codings
    return _written(output, annotation_pieces(ledger.analyses(**wanted), _maker(ledger), codings))


def _label_studio(ledger: Ledger, output: Path, wanted: dict[str, Any]) -> list[str]:
    from selon.exports.label_studio import label_studio_pieces

    return _written(output, label_studio_pieces(ledger.analyses(**wanted), _maker(ledger)))


def _stix(ledger: Ledger, output: Path, wanted: dict[str, Any]) -> list[str]:
    from selon.exports.stix import stix_pieces

    return _written(output, stix_pieces(ledger.analyses(**wanted), _maker(ledger)))


def _claims(ledger: Ledger, output: Path, wanted: dict[str, Any]) -> list[str]:
    from selon.exports.claims import claim_pieces

    return _written(output, claim_pieces(ledger.analyses(**wanted)))


def _written(output: Path, pieces: Iterable[str]) -> list[str]:
    from selon.exports.whole import whole_file

    with whole_file(output) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "replace"))
        size = file.tell()
    return [f"{output}: {size:,} bytes"]


def _maker(ledger: Ledger) -> Maker:
    """What we are, and when the ledger was last filled: the same ledger gives the same file."""
    from datetime import UTC, datetime

    import selon
    from selon.exports.wordings import Maker

    runs = ledger.runs()
    return Maker(f"selon {selon.__version__}", runs[-1].started_at if runs else datetime.now(UTC))


_WRITERS = {
    Target.DNA: _dna,
    Target.ANNOTATIONS: _annotations,
    Target.CAS: _cas,
    Target.LABEL_STUDIO: _label_studio,
    Target.STIX: _stix,
    Target.CLAIMS: _claims,
}
