"""What is shipped with the packs: small enough to install, and sound enough to load."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.attribution.decide import decider_model
from selon.attribution.finite import finite_verbs
from selon.attribution.network import network
from selon.languages import languages, load_pack

MOST = 25_000_000
"""Bytes that all weights of all packs together may take in the wheel, unpacked."""


def weights() -> dict[str, int]:
    """Every trained file of every pack with its size in bytes."""
    folders = [Path(str(load_pack(code).folder)) for code in languages()]
    return {
        f"{folder.name}/{path.relative_to(folder)}": path.stat().st_size
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".json", ".onnx"}
    }


def test_the_weights_of_all_packs_together_stay_small() -> None:
    assert sum(weights().values()) <= MOST, weights()


def test_no_pack_ships_what_it_would_not_load() -> None:
    """A stray file costs every user its download: only what the three loaders read may lie in a pack."""
    known = {"attribution.json", "finite.json", "reader/encoder.onnx", "reader/linker.onnx", "reader/settings.json"}
    assert {name.partition("/")[2] for name in weights()} <= known


@pytest.mark.parametrize("code", languages())
def test_every_model_of_a_pack_loads(code: str) -> None:
    pack, names = load_pack(code), weights()
    assert (decider_model(pack) is not None) == (f"{code}/attribution.json" in names)
    assert (finite_verbs(pack) is not None) == (f"{code}/finite.json" in names)
    assert (network(pack) is not None) == (f"{code}/reader/encoder.onnx" in names)


@pytest.mark.parametrize("code", languages())
def test_a_ranker_that_was_trained_with_a_reader_ships_with_one(code: str) -> None:
    """Else its weights of what the reader says would never be added, and every probability come out too low."""
    pack = load_pack(code)
    ranker = decider_model(pack)
    assert ranker is not None
    assert any(name.startswith("net=") for name in ranker.weights) == (network(pack) is not None)
