"""One network as the bytes of a file, in any format that holds one."""

from __future__ import annotations

import io

from selon.discourse.networks import Network

FORMATS = ("csv", "dl", "graphml", "svg", "png")


def network_bytes(network: Network, form: str, title: str = "", most: int = 60) -> bytes:
    """The network in one of ``FORMATS``; ``title`` and ``most`` (nodes) are for pictures.

    Raises UsageError for a PNG where the package that draws it is missing.
    """
    from selon.exports.networks.graphml import write_graphml
    from selon.exports.networks.matrices import write_dl, write_matrix
    from selon.exports.pictures.networks import network_picture
    from selon.exports.pictures.png import png

    if form == "svg":
        return network_picture(network, title, most).encode("utf-8", "replace")
    if form == "png":
        return png(network_picture(network, title, most))
    target = io.BytesIO()
    {"csv": write_matrix, "dl": write_dl, "graphml": write_graphml}[form](network, target)
    return target.getvalue()
