"""A network as GraphML with the attributes that visone draws, as DNA writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from selon.discourse.networks import Network

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:visone="http://visone.info/xmlns"
  xmlns:y="http://www.yworks.com/xml/graphml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.0/ygraphml.xsd">
  <key for="node" id="d0" yfiles.type="nodegraphics"/>
  <key for="edge" id="e0" yfiles.type="edgegraphics"/>
  <key attr.name="id" attr.type="string" for="node" id="id"/>
  <key attr.name="name" attr.type="string" for="node" id="name"/>
  <key attr.name="variable" attr.type="string" for="node" id="variable"/>
  <key attr.name="frequency" attr.type="int" for="node" id="frequency"/>
  <key attr.name="weight" attr.type="double" for="edge" id="weight"/>
  <graph edgedefault="undirected" id="G">
"""
_NODE = """    <node id="{id}">
      <data key="id">{id}</data><data key="name">{name}</data>
      <data key="variable">{variable}</data><data key="frequency">{frequency}</data>
      <data key="d0"><visone:shapeNode><y:ShapeNode><y:Geometry height="20.0" width="20.0"/>
        <y:Fill color="{fill}" transparent="false"/><y:BorderStyle color="#000000" type="line" width="1.0"/>
        <y:NodeLabel>{name}</y:NodeLabel><y:Shape type="{shape}"/></y:ShapeNode></visone:shapeNode></data>
    </node>
"""
_TIE = """    <edge source="{source}" target="{target}"><data key="weight">{weight!r}</data>
      <data key="e0"><visone:polyLineEdge><y:PolyLineEdge><y:LineStyle color="{colour}" type="line" width="2.0"/>
      </y:PolyLineEdge></visone:polyLineEdge></data></edge>
"""
_BLACK, _GREEN, _RED, _BLUE = "#000000", "#00ff00", "#ff0000", "#0000ff"
# What XML 1.0 has no way to write: controls, lone surrogates, two non-characters.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(network: Network, target: BinaryIO) -> None:
    """The network as undirected GraphML; a tie that is 0 is left out, of a one-mode network each stands once.

    Rows are ellipses, columns rounded rectangles; ties are coloured as DNA colours them: green for agreement, red for
    disagreement, blue for both. Characters that XML cannot hold become ``�``.
    """
    target.write(_HEAD.encode())
    for piece in _nodes(network):
        target.write(piece.encode())
    shift = 0 if network.one_mode else len(network.rows)
    for row, column, weight in network.cells():
        colour = _colour(weight, network.aggregation)
        target.write(
            _TIE.format(source=f"n{row + 1}", target=f"n{column + shift + 1}", weight=weight, colour=colour).encode()
        )
    target.write(b"  </graph>\n</graphml>\n")


def writable(text: str) -> str:
    r"""The text without characters that XML cannot hold, escaped.

    >>> writable("R&D\x00")
    'R&amp;D�'
    """
    return escape(_UNWRITABLE.sub("\ufffd", text))


def attribute(text: str) -> str:
    """The same with quotation marks around it, as an attribute's value."""
    return quoteattr(_UNWRITABLE.sub("\ufffd", text))


def _nodes(network: Network) -> Iterator[str]:
    groups = [(network.row_variable, network.rows, network.row_statements, "ellipse", "#56b4e9")]
    if not network.one_mode:
        groups.append(
            (network.column_variable, network.columns, network.column_statements, "roundrectangle", "#f0e442")
        )
    number = 0
    for variable, labels, statements, shape, fill in groups:
        for label, frequency in zip(labels, statements, strict=True):
            number += 1
            yield _NODE.format(
                id=f"n{number}",
                name=writable(label),
                variable=writable(variable),
                frequency=frequency,
                fill=fill,
                shape=shape,
            )


def _colour(weight: float, aggregation: str) -> str:
    if aggregation == "combine":
        return {1: _GREEN, 2: _RED, 3: _BLUE}.get(int(weight), _BLACK)
    if aggregation == "subtract":
        return _GREEN if weight > 0 else _RED
    return _BLACK
