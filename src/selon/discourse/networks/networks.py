"""Coded statements -> a network."""

from __future__ import annotations

from selon.discourse.networks.codes import Codes
from selon.discourse.networks.counts import Counts, Floats, Levels, counted, levels_of
from selon.discourse.networks.one_mode import one_mode
from selon.discourse.networks.options import Mode, NetworkOptions
from selon.discourse.networks.records import Network
from selon.discourse.networks.selection import Selection, selected, without_duplicates
from selon.discourse.networks.two_mode import two_mode


def network(codes: Codes, options: NetworkOptions) -> Network:
    """Who said what (two-mode) or who sides with whom (one-mode), counted from the statements that fit the options.

    Rows and columns are sorted as DNA sorts them. Raises UsageError for a variable that the statements do not have.
    """
    return tied(counts_of(selected(codes, options), options, scale(codes, options)), options)


def events(codes: Codes, options: NetworkOptions) -> Codes:
    """The statements that fit the options, without duplicates, those without a row or column too, in their order."""
    chosen = selected(codes, options, with_empty=True)
    return without_duplicates(chosen.codes, options)


def counts_of(chosen: Selection, options: NetworkOptions, levels: Levels | None) -> Counts:
    """The counts of a selection without its duplicates; ``levels`` are its own where not given."""
    return weighed_counts(Selection(without_duplicates(chosen.codes, options), chosen.labelled), options, levels)


def weighed_counts(
    chosen: Selection, options: NetworkOptions, levels: Levels | None, weights: Floats | None = None
) -> Counts:
    """The counts of all statements of a selection, each with its weight (1 where not given)."""
    labelled = chosen.labelled if options.isolates else chosen.codes
    return counted(chosen.codes, labelled, levels or levels_of(chosen.codes, options), options, weights)


def scale(codes: Codes, options: NetworkOptions) -> Levels | None:
    """The levels of the qualifier in all statements, so that two windows have one scale.

    None to count as DNA does: the levels of those that each network counts.
    """
    return None if options.as_dna else levels_of(codes, options)


def tied(counts: Counts, options: NetworkOptions) -> Network:
    """The network of these counts."""
    one = options.mode is Mode.ONE_MODE
    said = tuple(counts.said.tolist())
    weights = (one_mode if one else two_mode)(counts, options.aggregation, options.normalisation)
    weights.sort_indices()
    return Network(
        rows=counts.rows,
        columns=counts.rows if one else counts.columns,
        weights=weights,
        row_variable=options.rows,
        column_variable=options.rows if one else options.columns,
        mode=options.mode.value,
        aggregation=options.aggregation.value,
        normalisation=options.normalisation.value,
        statements=sum(said),
        row_statements=said,
        column_statements=said if one else tuple(counts.about.tolist()),
    )
