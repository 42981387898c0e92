"""``selon export``: a ledger as a file for other people's tools."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.linked import bring_up_to_date
from selon.cli.options import LedgerArgument, OutletOption, SinceOption, UntilOption
from selon.cli.terminal import counted, note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from selon.exports.wordings import Maker
    from selon.records import Analysis
    from selon.store import Ledger
    from selon.store.spoken import Spoken


class Target(StrEnum):
    """What the file is for."""

    DNA = "dna"
    ANNOTATIONS = "annotations"
    CAS = "cas"
    LABEL_STUDIO = "label-studio"
    STIX = "stix"
    CLAIMS = "claims"
    TRAINING = "training"


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
    from selon.store.spoken import spoken

    wanted = {"since": since or None, "until": until or None, "outlet": outlet}
    with Ledger.open(ledger) as opened:
        bring_up_to_date(opened)
        known = spoken(opened)
        try:
            told = _WRITERS[to](_Given(opened, output, known.named(opened.analyses(**wanted)), known))
        except OSError as error:
            raise LedgerError(
                f"cannot write: {error.strerror}", where=str(output), next="give another file with -o"
            ) from error
    for line in told:
        note(line)


@dataclass(frozen=True, slots=True)
class _Given:
    """What a file is made of: the articles that fit, speakers under their actors' names, and where statements stand."""

    ledger: Ledger
    output: Path
    analyses: Iterator[Analysis]
    known: Spoken


def _dna(given: _Given) -> list[str]:
    from selon.discourse.codings import coded
    from selon.exports.dna.project import project
    from selon.exports.dna.writing import write_dna

    made = project(given.analyses, coded(given.ledger.decisions()), _maker(given.ledger).at.date(), given.known.lines)
    write_dna(given.output, made.tables)
    told = f"{counted(made.documents, 'document')}, {counted(made.found, 'statement')} found by selon"
    coded_too = f", {counted(made.coded, 'coded statement')}" if made.coded else ""
    return [f"{given.output}: {told}{coded_too}", *(f"not as it was: {loss}" for loss in made.losses)]


def _cas(given: _Given) -> list[str]:
    from selon.exports.cas import write_cas
    from selon.exports.whole import whole_file

    with whole_file(given.output) as file:
        number = write_cas(file, given.analyses)
    return [f"{given.output}: {counted(number, 'article')}, a file each"]


def _annotations(given: _Given) -> list[str]:
    from selon.discourse.codings import coded
    from selon.exports.annotations import annotation_pieces

    codings = coded(given.ledger.decisions()).codings
    return _written(given.output, annotation_pieces(given.analyses, _maker(given.ledger), codings))


def _label_studio(given: _Given) -> list[str]:
    from selon.exports.label_studio import label_studio_pieces

    return _written(given.output, label_studio_pieces(given.analyses, _maker(given.ledger)))


def _stix(given: _Given) -> list[str]:
    from selon.exports.stix import stix_pieces

    return _written(given.output, stix_pieces(given.analyses, _maker(given.ledger)))


def _claims(given: _Given) -> list[str]:
    from selon.exports.claims import claim_pieces

    return _written(given.output, claim_pieces(given.analyses))


def _training(given: _Given) -> list[str]:
    from selon.exports.training import training_pieces

    decided = dict(given.ledger.sql("SELECT id, decided FROM statements WHERE decided <> ''").fetchall())
    told = _written(given.output, training_pieces(given.analyses, decided))
    return [*told, f"{counted(len(decided), 'statement')} that people decided on"]


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


_WRITERS: dict[Target, Callable[[_Given], list[str]]] = {
    Target.DNA: _dna,
    Target.ANNOTATIONS: _annotations,
    Target.CAS: _cas,
    Target.LABEL_STUDIO: _label_studio,
    Target.STIX: _stix,
    Target.CLAIMS: _claims,
    Target.TRAINING: _training,
}
