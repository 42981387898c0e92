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
    """Write ``NAME.card.md`` beside the model file ``NAME.json``, or ``card.md`` into the folder of one of several."""
    files = sorted(path for path in model.iterdir() if path.name != "card.md") if model.is_dir() else [model]
    lines = [f"# {model.name}", "", card.purpose, "", "## Trained on", ""]
    lines += [f"- {entry}" for entry in card.data]
    lines += ["", "## Licence of the weights", "", card.licence, "", "## Measured", "", "```", *card.figures, "```"]
    lines += ["", "## Rebuild", "", f"    {card.command}", ""]
    for path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines += [f"`{path.name}`: SHA-256 `{digest}`, {path.stat().st_size:,} bytes.", ""]
    target = model / "card.md" if model.is_dir() else model.with_suffix(".card.md")
    target.write_text("\n".join(lines), encoding="utf-8")
