"""The few shapes that our pictures are made of, as SVG."""

from __future__ import annotations

from collections.abc import Sequence

from selon.exports.networks.graphml import attribute, writable
from selon.exports.pictures.lettering import FONTS

INK, QUIET, PAPER, FAINT = "#1a1a1a", "#555555", "#ffffff", "#d9d9d9"
# Okabe and Ito's colours, told apart by readers of every colour vision; a dash or a sign always says the same.
AGREE, DISAGREE, BOTH, NEUTRAL = "#0072b2", "#d55e00", "#7a5195", "#6b6b6b"
ROW, COLUMN = "#9ecae1", "#fff3c4"


def page(width: float, height: float, title: str, body: Sequence[str]) -> str:
    """A whole picture on white, its title said to screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label={attribute(title)} '
        f"font-family={attribute(FONTS)}>\n<title>{writable(title)}</title>\n"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def text(
    place: tuple[float, float],
    lines: Sequence[str],
    size: float,
    style: str = f'fill="{INK}"',
    *,
    anchor: str = "middle",
) -> str:
    """Lines of text, the first one's baseline at the place, with a white rim so that ties do not cross it out."""
    across, down = place
    spans = "".join(
        f'<tspan x="{across:.1f}" y="{down + number * size * LEADING:.1f}">{writable(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    rim = f'stroke="{PAPER}" stroke-width="{size / 4:.1f}" stroke-linejoin="round" paint-order="stroke"'
    return f'<text font-size="{size:g}" text-anchor="{anchor}" {style} {rim}>{spans}</text>'


def line(start: tuple[float, float], end: tuple[float, float], style: str) -> str:
    """A straight line."""
    return f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" {style}/>'


def circle(place: tuple[float, float], radius: float, style: str) -> str:
    """A circle."""
    return f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius:.1f}" {style}/>'


def box(corner: tuple[float, float], size: tuple[float, float], style: str) -> str:
    """A rectangle by its upper left corner."""
    return f'<rect x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}" {style}/>'


def told(shape: str, words: str) -> str:
    """A shape that says these words when it is pointed at."""
    return f"<g><title>{writable(words)}</title>{shape}</g>"


LEADING = 1.2
"""The height of a line in sizes of its letters."""
