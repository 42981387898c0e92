"""A network, or its windows one after the other, as GEXF for Gephi."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from selon.discourse.networks import Network
from selon.exports.networks.graphml import attribute

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
  <meta><creator>selon</creator></meta>
  <graph defaultedgetype="undirected" mode="{mode}"{format}>
    <attributes class="node" mode="static">
      <attribute id="variable" title="variable" type="string"/>
      <attribute id="statements" title="statements" type="integer"/>
    </attributes>
    <attributes class="edge" mode="{mode}">
      <attribute id="signed_weight" title="signed_weight" type="double"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="sign" title="sign" type="string"/>
    </attributes>
"""
_DAY = timedelta(days=1)

Ends = tuple[datetime, datetime] | None
Key = tuple[str, str]


def write_gexf(networks: Sequence[Network], target: BinaryIO) -> None:
    """One network, or its windows as a dynamic graph.

    A window's ties hold from its middle to the next one's. Gephi's layouts take no negative weight, so ``weight`` is
    its size and ``signed_weight`` the weight itself (of a dynamic tie, for each stretch), ``sign`` says
    ``positive``, ``negative`` or ``both``. Characters that XML cannot hold become ``�``.
    """
    stretches = _stretches(networks)
    dynamic = any(stretches)
    exact = any(moment.time() != datetime.min.time() for ends in stretches if ends for moment in ends)
    form = f' timeformat="{"dateTime" if exact else "date"}"' if dynamic else ""
    target.write(_HEAD.format(mode="dynamic" if dynamic else "static", format=form).encode())
    told = _Times(exact)
    numbers: dict[Key, int] = {}
    target.write(b"    <nodes>\n")
    for line in _nodes(networks, stretches, numbers, told):
        target.write(line.encode())
    target.write(b"    </nodes>\n    <edges>\n")
    for line in _ties(networks, stretches, numbers, told):
        target.write(line.encode())
    target.write(b"    </edges>\n  </graph>\n</gexf>\n")


class _Times:
    """How moments are written."""

    def __init__(self, exact: bool) -> None:
        self.exact = exact

    def ends(self, ends: Ends) -> str:
        if ends is None:
            return ""
        first, last = (each.isoformat() if self.exact else each.date().isoformat() for each in ends)
        return f' start="{first}" end="{last}"'

    def spells(self, found: Sequence[Ends]) -> str:
        """The stretches as spells, those that touch made one."""
        joined: list[tuple[datetime, datetime]] = []
        for each in found:
            if each and joined and joined[-1][1] >= each[0]:
                joined[-1] = (joined[-1][0], each[1])
            elif each:
                joined.append(each)
        if not joined:
            return ""
        return "<spells>" + "".join(f"<spell{self.ends(each)}/>" for each in joined) + "</spells>"


def _stretches(networks: Sequence[Network]) -> list[Ends]:
    """From when to when each network's ties hold: from the middle of its window to that of the next."""
    middles = [
        network.first + (network.last - network.first) / 2 if network.first and network.last else None
        for network in networks
    ]
    if len(networks) < 2 or not all(middles):
        return [None] * len(networks)
    known = [each for each in middles if each]
    step = known[-1] - known[-2] or _DAY
    return list(zip(known, [*known[1:], known[-1] + step], strict=True))


def _nodes(
    networks: Sequence[Network], stretches: Sequence[Ends], numbers: dict[Key, int], told: _Times
) -> Iterator[str]:
    there: dict[Key, list[Ends]] = {}
    statements: dict[Key, int] = {}
    for network, ends in zip(networks, stretches, strict=True):
        groups = [(network.row_variable, network.rows, network.row_statements)]
        if not network.one_mode:
            groups.append((network.column_variable, network.columns, network.column_statements))
        for variable, labels, counts in groups:
            for label, count in zip(labels, counts, strict=True):
                there.setdefault((variable, label), []).append(ends)
                statements[variable, label] = max(count, statements.get((variable, label), 0))
    for number, (key, found) in enumerate(there.items(), start=1):
        numbers[key] = number
        yield (
            f'      <node id="n{number}" label={attribute(key[1])}><attvalues><attvalue for="variable" '
            f'value={attribute(key[0])}/><attvalue for="statements" value="{statements[key]}"/></attvalues>'
            f"{told.spells(found)}</node>\n"
        )


def _ties(
    networks: Sequence[Network], stretches: Sequence[Ends], numbers: dict[Key, int], told: _Times
) -> Iterator[str]:
    held: dict[tuple[int, int], list[tuple[Ends, float]]] = {}
    for network, ends in zip(networks, stretches, strict=True):
        variables = network.row_variable, network.column_variable
        for tie in network.ties():
            pair = numbers[variables[0], tie.source], numbers[variables[1], tie.target]
            held.setdefault(pair, []).append((ends, tie.weight))
    combined = bool(networks) and networks[0].aggregation == "combine"
    for number, ((one, other), found) in enumerate(held.items(), start=1):
        values = "".join(
            f'<attvalue for="signed_weight" value="{weight!r}"{told.ends(ends)}/>' for ends, weight in found
        )
        strongest = max((weight for _, weight in found), key=abs)
        yield (
            f'      <edge id="e{number}" source="n{one}" target="n{other}" weight="{abs(strongest)!r}"><attvalues>'
            f'<attvalue for="sign" value="{_sign([weight for _, weight in found], combined=combined)}"/>{values}'
            f"</attvalues>{told.spells([ends for ends, _ in found])}</edge>\n"
        )


def _sign(weights: Sequence[float], *, combined: bool) -> str:
    if combined:
        return {1.0: "positive", 2.0: "negative"}.get(weights[0], "both") if len(set(weights)) == 1 else "both"
    return "positive" if min(weights) > 0 else "negative" if max(weights) < 0 else "both"
