"""SVG -> PNG, by resvg."""

from __future__ import annotations

from selon.errors import UsageError


def png(picture: str, zoom: int = 2) -> bytes:
    """The picture as PNG, ``zoom`` pixels a unit. Raises UsageError where resvg is not installed."""
    try:
        import resvg_py
    except ImportError:
        raise UsageError(
            "PNG needs resvg, which is not installed", next="pip install 'selon[png]', or write SVG"
        ) from None
    return bytes(resvg_py.svg_to_bytes(svg_string=picture, zoom=zoom, dpi=96))
