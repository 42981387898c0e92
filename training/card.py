"""The card that ships with every trained model: what it was trained on, under which licences, how good, how rebuilt."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """What a reader must know of a model before trusting it; figures are lines as the training printed them."""

    purpose: str
    data: Sequence[str]
    licence: str
    figures: Sequence[str]
    command: str


def write_card(model: pathlib.Path, card: Card) -> None:
    """Write ``NAME.card.md`` beside the model ``NAME.json``."""
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    lines = [f"# {model.name}", "", card.purpose, "", "## Trained on", ""]
    lines += [f"- {entry}" for entry in card.data]
    lines += ["", "## Licence of the weights", "", card.licence, "", "## Measured", "", "```", *card.figures, "```"]
    lines += [
        "",
        "## Rebuild",
        "",
        f"    {card.command}",
        "",
        f"SHA-256 `{digest}`, {model.stat().st_size:,} bytes.",
        "",
    ]
    model.with_suffix(".card.md").write_text("\n".join(lines), encoding="utf-8")
