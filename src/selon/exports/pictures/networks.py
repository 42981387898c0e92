"""A network as a picture: labels that can be read, agreement and disagreement told apart without colour too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from selon.discourse.networks import Network
from selon.exports.pictures import svg
from selon.exports.pictures.layout import placed
from selon.exports.pictures.lettering import lines_of, width
from selon.exports.pictures.svg import LEADING

Floats = NDArray[np.float64]
Point = tuple[float, float]
_SIZE, _SMALL, _HEADING = 13.0, 11.0, 16.0
_LABEL, _BOXED, _MARGIN, _GAP = 150.0, 165.0, 34.0, 16.0
_TIES_A_NODE, _SIGNED_MOST = 4, 90


@dataclass(frozen=True, slots=True)
class _Node:
    label: str
    lines: list[str]
    statements: int
    boxed: bool
    radius: float
    above: bool = False

    @property
    def room(self) -> Point:
        """The width and height it needs, its label with it."""
        wide = max((width(each, _SIZE) for each in self.lines), default=0)
        tall = len(self.lines) * _SIZE * LEADING
        if self.boxed:
            return wide + 18, tall + 12
        return max(wide, 2 * self.radius) + 6, 2 * self.radius + tall + 8


@dataclass(frozen=True, slots=True)
class _Tie:
    one: int
    other: int
    weight: float
    kind: str


_LOOKS = {
    "agree": (svg.AGREE, "", "+"),
    "disagree": (svg.DISAGREE, "7 4", "−"),
    "both": (svg.BOTH, "10 3 2 3", "±"),
    "plain": (svg.NEUTRAL, "", ""),
}


def network_picture(network: Network, title: str = "", most: int = 60) -> str:
    """The network as SVG, at most so many nodes, those with the strongest ties; what is left out is said below.

    Nodes stand near those they side with. Circles are rows, boxes columns; a circle's area and a line's width grow with
    statements and weight. The picture is as large as its labels need.
    """
    nodes, ties, words = _shown(network, most)
    if not nodes:
        return svg.page(420, 90, title or "an empty network", [svg.text((210, 50), ["No tie to show"], _SIZE)])
    matrix = np.zeros((len(nodes), len(nodes)))
    for tie in ties:
        # In one mode opponents stand apart; in two modes one stands by what one speaks of, for or against.
        pull = -tie.weight if tie.kind == "disagree" and network.one_mode else tie.weight
        matrix[tie.one, tie.other] = matrix[tie.other, tie.one] = pull
    rooms = np.array([node.room for node in nodes])
    points = placed(matrix, rooms + _GAP)
    corner, far = (points - rooms / 2).min(axis=0), (points + rooms / 2).max(axis=0)
    head = _MARGIN + (_HEADING * 1.8 if title else 0)
    points += np.array([_MARGIN, head]) - corner
    legend = _legend({tie.kind for tie in ties}, nodes, ties, words)
    nodes = _turned(points, nodes, ties)
    wide = max(float(far[0] - corner[0]), max(width(each, _SMALL) for _, each in legend) + 60, width(title, _HEADING))
    points[:, 0] += (wide - float(far[0] - corner[0])) / 2
    foot = head + float(far[1] - corner[1]) + _MARGIN
    body = [svg.text((_MARGIN, _MARGIN + 4), [title], _HEADING, f'fill="{svg.INK}" font-weight="bold"', anchor="start")]
    body = body if title else []
    body += [*_lines(points, nodes, ties), *_marks(points, nodes), *_foot(legend, foot)]
    height = foot + len(legend) * _SMALL * 1.7 + _MARGIN / 2
    return svg.page(wide + 2 * _MARGIN, height, title or words, body)


def _shown(network: Network, most: int) -> tuple[list[_Node], list[_Tie], str]:
    """The nodes and ties to draw, strongest first, and words on what the picture shows."""
    shift = 0 if network.one_mode else len(network.rows)
    found = network.weights.tocoo()
    once = found.row < found.col if network.one_mode else np.ones(found.nnz, dtype=bool)
    one, other, weight = found.row[once], found.col[once] + shift, found.data[once]
    strength = np.bincount(
        np.concatenate([one, other]), np.abs(np.concatenate([weight, weight])), shift + len(network.columns)
    )
    labels = [*network.rows, *([] if network.one_mode else network.columns)]
    said = [*network.row_statements, *([] if network.one_mode else network.column_statements)]
    best = np.argsort(-strength, kind="stable")[: most or None]
    kept = sorted(int(each) for each in best if strength[each] > 0)
    place = {each: number for number, each in enumerate(kept)}
    inside = np.flatnonzero(np.isin(one, kept) & np.isin(other, kept))
    inside = inside[np.argsort(-np.abs(weight[inside]), kind="stable")]
    ties = _strongest(
        [
            _tie((place[int(one[each])], place[int(other[each])]), float(weight[each]), network)
            for each in inside.tolist()
        ],
        len(kept),
    )
    largest = max((said[each] for each in kept), default=1) or 1
    nodes = [_node(labels[each], said[each], largest, boxed=not network.one_mode and each >= shift) for each in kept]
    return nodes, ties, _words(network, (len(kept), int((strength > 0).sum())), (len(ties), int(once.sum())))


def _strongest(ties: list[_Tie], nodes: int) -> list[_Tie]:
    """As many ties as can be told apart, the strongest; each node keeps its own strongest one."""
    most = max(30, _TIES_A_NODE * nodes)
    met: set[int] = set()
    kept = []
    for number, tie in enumerate(ties):
        if number < most or tie.one not in met or tie.other not in met:
            kept.append(tie)
            met |= {tie.one, tie.other}
    return kept


def _tie(ends: tuple[int, int], weight: float, network: Network) -> _Tie:
    """What a tie of that weight says; in a combined network the number is a kind and no strength."""
    strength = 1.0 if network.aggregation == "combine" else abs(weight)
    return _Tie(*ends, strength, _kind(weight, network))


def _kind(weight: float, network: Network) -> str:
    if network.aggregation == "combine":
        return {1: "agree", 2: "disagree"}.get(int(weight), "both")
    if network.aggregation == "subtract":
        return "agree" if weight > 0 else "disagree"
    return {"congruence": "agree", "conflict": "disagree"}.get(network.aggregation, "plain")


def _node(label: str, statements: int, largest: int, *, boxed: bool) -> _Node:
    radius = 0.0 if boxed else 4 + 11 * float(np.sqrt(statements / largest))
    lines = lines_of(label, _SIZE, _BOXED if boxed else _LABEL, most=4 if boxed else 3)
    return _Node(label, lines, statements, boxed, radius)


_SAID = {
    "ignore": "all they said",
    "subtract": "agreement less disagreement",
    "congruence": "agreement",
    "conflict": "disagreement",
    "combine": "which of agreement and disagreement there is",
}
_DIVIDED = {
    "average": "their mean number of statements",
    "jaccard": "all that either said",
    "cosine": "the product of their numbers of statements",
    "activity": "each row's statements",
    "prominence": "each column's statements",
}


def _words(network: Network, nodes: tuple[int, int], ties: tuple[int, int]) -> str:
    what = network.row_variable if network.one_mode else f"{network.row_variable} × {network.column_variable}"
    normal = _DIVIDED.get(network.normalisation)
    divided = f", divided by {normal} ({network.normalisation})" if normal else ""
    span = f", {network.first:%Y-%m-%d} to {network.last:%Y-%m-%d}" if network.first and network.last else ""
    pairs = ((nodes, "nodes"), (ties, "ties"))
    cut = [f"{shown:,} of {there:,} {noun}" for (shown, there), noun in pairs if shown < there]
    left = f"; shown are the strongest, {' and '.join(cut)}" if cut else ""
    alone = len(network.rows) + (0 if network.one_mode else len(network.columns)) - nodes[1]
    left += f"; {alone:,} without a tie are not shown" if alone else ""
    weights = f"{_SAID[network.aggregation]} ({network.aggregation}){divided}"
    return f"{what}: {weights}; {network.statements:,} statements{span}{left}"


def _anchor(point: Floats, node: _Node) -> Point:
    """Where ties meet a node: the middle of its circle or box."""
    if node.boxed:
        return float(point[0]), float(point[1])
    up = -1 if node.above else 1
    return float(point[0]), float(point[1]) - up * (node.room[1] / 2 - node.radius - 2)


def _turned(points: Floats, nodes: list[_Node], ties: list[_Tie]) -> list[_Node]:
    """The nodes, each label above or below its circle, where fewer ties cross it."""
    turned = list(nodes)
    for _ in range(2):  # a label that moves takes its circle along, and with it the ends of its ties
        for number, node in enumerate(nodes):
            if node.boxed:
                continue
            crossed = []
            for above in (False, True):
                turned[number] = replace(node, above=above)
                room = _label_room(points[number], turned[number])
                ends = [[_anchor(points[end], turned[end]) for end in (tie.one, tie.other)] for tie in ties]
                crossed.append(sum(_crosses((start, end), room) for start, end in ends))
            turned[number] = replace(node, above=crossed[1] < crossed[0])
    return turned


def _label_room(point: Floats, node: _Node) -> tuple[float, float, float, float]:
    """The left, upper, right and lower end of a circle's label."""
    wide, tall = node.room
    label = tall - 2 * node.radius - 6
    upper = float(point[1]) + (-tall / 2 if node.above else tall / 2 - label)
    return float(point[0]) - wide / 2, upper, float(point[0]) + wide / 2, upper + label


def _crosses(line: tuple[Point, Point], room: tuple[float, float, float, float]) -> bool:
    """Whether a line goes through a room (Liang and Barsky)."""
    (x, y), (across, down) = line[0], (line[1][0] - line[0][0], line[1][1] - line[0][1])
    enters, leaves = 0.0, 1.0
    for step, gap in ((-across, x - room[0]), (across, room[2] - x), (-down, y - room[1]), (down, room[3] - y)):
        if step == 0:
            if gap < 0:
                return False
        elif step < 0:
            enters = max(enters, gap / step)
        else:
            leaves = min(leaves, gap / step)
    return enters < leaves


def _lines(points: Floats, nodes: list[_Node], ties: list[_Tie]) -> Iterator[str]:
    weights = [tie.weight for tie in ties]
    least, strongest = min(weights, default=1), max(weights, default=1)
    signs: list[str] = []
    taken = [
        (float(x), float(y), node.room[0] / 2, node.room[1] / 2) for (x, y), node in zip(points, nodes, strict=True)
    ]
    opacity = 0.75 if len(ties) <= _SIGNED_MOST else 0.45
    for tie in reversed(ties):
        colour, dash, sign = _LOOKS[tie.kind]
        start, end = (_anchor(points[each], nodes[each]) for each in (tie.one, tie.other))
        thick = 0.9 + 5 * (tie.weight / strongest) ** 0.7 if least < strongest else 2.0
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        style = f'stroke="{colour}" stroke-width="{thick:.1f}" stroke-opacity="{opacity}"{dashed}'
        name = f"{nodes[tie.one].label} – {nodes[tie.other].label}: {sign}{tie.weight:g}"
        yield svg.told(svg.line(start, end, style), name)
        if sign and len(ties) <= _SIGNED_MOST:
            spot = _free_spot(start, end, taken)
            taken.append((*spot, 7, 7))
            signs.append(svg.circle(spot, 6.5, f'fill="{svg.PAPER}" stroke="{colour}" stroke-width="1"'))
            signs.append(svg.text((spot[0], spot[1] + 4), [sign], _SIZE - 1, f'fill="{colour}" font-weight="bold"'))
    yield from signs


def _free_spot(start: Point, end: Point, taken: list[tuple[float, float, float, float]]) -> Point:
    """The place on a tie for its sign: as near to the middle as no label and no other sign is in the way."""
    for share in (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8):
        spot = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
        if not any(abs(spot[0] - x) < wide + 7 and abs(spot[1] - y) < tall + 7 for x, y, wide, tall in taken):
            return spot
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2


def _marks(points: Floats, nodes: list[_Node]) -> Iterator[str]:
    for point, node in zip(points, nodes, strict=True):
        across, down = _anchor(point, node)
        told = f"{node.label}: {node.statements:,} statements"
        if node.boxed:
            wide, tall = node.room
            style = f'rx="5" fill="{svg.COLUMN}" stroke="{svg.QUIET}"'
            shape = svg.box((across - wide / 2, down - tall / 2), (wide, tall), style)
            top = down - (len(node.lines) - 1) * _SIZE * LEADING / 2 + _SIZE * 0.35
            # On its own ground a label needs no rim.
            label = svg.text((across, top), node.lines, _SIZE).replace(f'stroke="{svg.PAPER}"', 'stroke="none"')
        else:
            shape = svg.circle((across, down), node.radius, f'fill="{svg.ROW}" stroke="{svg.INK}"')
            first = down + node.radius + _SIZE * 1.1
            if node.above:
                first = down - node.radius - _SIZE * 0.45 - (len(node.lines) - 1) * _SIZE * LEADING
            label = svg.text((across, first), node.lines, _SIZE)
        yield svg.told(shape + label, told)


def _legend(kinds: set[str], nodes: list[_Node], ties: list[_Tie], words: str) -> list[tuple[str, str]]:
    """The lines below the picture: what to draw before each, and its words."""
    strongest = max((tie.weight for tie in ties), default=0)
    two = any(node.boxed for node in nodes)
    says = {
        "agree": "agrees" if two else "they agree",
        "disagree": "disagrees" if two else "they disagree",
        "both": "both",
        "plain": "",
    }
    lines = [(kind, says[kind]) for kind in _LOOKS if kind in kinds and says[kind]]
    graded = len({tie.weight for tie in ties}) > 1
    sizes = f"widest line {strongest:g}" if graded else "" if "both" in kinds else f"every line {strongest:g}"
    circles = max((node.statements for node in nodes if not node.boxed), default=0)
    sizes = ", ".join(filter(None, (sizes, f"largest circle {circles:,} statements" if circles else "")))
    return [*lines, ("", f"{words}. {sizes[:1].upper()}{sizes[1:]}." if sizes else words)]


def _foot(legend: list[tuple[str, str]], top: float) -> Iterator[str]:
    yield svg.line((_MARGIN, top - 14), (_MARGIN + 60, top - 14), f'stroke="{svg.FAINT}"')
    for number, (kind, words) in enumerate(legend):
        down = top + number * _SMALL * 1.7 + 4
        across = _MARGIN
        if kind:
            colour, dash, sign = _LOOKS[kind]
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            yield svg.line((across, down - 4), (across + 40, down - 4), f'stroke="{colour}" stroke-width="3"{dashed}')
            across += 50
            words = f"{sign} {words}" if sign else words
        yield svg.text((across, down), [words], _SMALL, f'fill="{svg.QUIET}"', anchor="start")
