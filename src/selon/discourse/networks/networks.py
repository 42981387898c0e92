"""Coded statements -> a network."""

from __future__ import annotations

import numpy as np

from selon.discourse.networks.codes import Codes, Ints
from selon.discourse.networks.counts import Counts, Floats, Levels, counted, levels_of
from selon.discourse.networks.one_mode import one_mode
from selon.discourse.networks.options import Mode, NetworkOptions
from selon.discourse.networks.selection import Selection, selected, without_duplicates
from selon.discourse.networks.two_mode import two_mode
from selon.records import Network


def network(codes: Codes, options: NetworkOptions) -> Network:
    """Who said what (two-mode) or who sides with whom (one-mode), counted from the statements that fit the options.

    Rows and columns are sorted as DNA sorts them. Raises UsageError for a variable that the statements do not have.
    """
    chosen = selected(codes, options)
    return tied(counts_of(chosen, options, scale(codes, chosen, options)), options)


def counts_of(
    chosen: Selection, options: NetworkOptions, levels: Levels | None, weights: Floats | None = None
) -> Counts:
    """The counts of a selection without its duplicates; ``weights`` (one a statement) leave duplicates in."""
    kept = chosen.codes if weights is not None else without_duplicates(chosen.codes, options)
    labelled = chosen.labelled if options.isolates else kept
    return counted(kept, labelled, levels or levels_of(kept, options), options, weights)


def scale(codes: Codes, chosen: Selection, options: NetworkOptions) -> Levels | None:
    """The levels of the qualifier: of all statements, so that one network's scale is the next one's.

    None as DNA does it: of those that each network counts.
    """
    del chosen
    return None if options.as_dna else levels_of(codes, options)


def tied(counts: Counts, options: NetworkOptions) -> Network:
    """The network of these counts."""
    one = options.mode is Mode.ONE_MODE
    weights = (one_mode if one else two_mode)(counts, options.aggregation, options.normalisation)
    said: Ints = np.rint(counts.activity).astype(np.int64)
    about = np.rint(np.asarray(counts.regardless.sum(axis=0)).ravel()).astype(np.int64)
    return Network(
        rows=counts.rows,
        columns=counts.rows if one else counts.columns,
        weights=weights,
        row_variable=options.rows,
        column_variable=options.rows if one else options.columns,
        mode=options.mode.value,
        aggregation=options.aggregation.value,
        normalisation=options.normalisation.value,
        statements=int(said.sum()),
        row_statements=tuple(said.tolist()),
        column_statements=tuple((said if one else about).tolist()),
    )
