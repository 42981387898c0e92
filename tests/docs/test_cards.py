"""Every trained model ships with a card of its own: data, licence, figures, command, the hash of this very file."""

import hashlib

import pytest
from pages import ROOT

MODELS = sorted(
    path
    for pattern in ("*.json", "*.onnx", "*.npz", "speakers.toml")
    for path in (ROOT / "src" / "selon").rglob(pattern)
    if path.parent.name != "languages"
)


@pytest.mark.parametrize("model", MODELS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_model_has_its_card(model):
    inside = model.parent.parent.name != "languages"
    own = (model.parent if inside else model).with_suffix(".card.md")
    card = model.parent / "card.md" if inside and not own.is_file() else own  # one card for a model of several files
    assert card.is_file(), f"{model.name} has no card: train it again, the training writes one"
    text = card.read_text(encoding="utf-8")
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    assert digest in text, f"{card.name} is the card of another {model.name}"
    for heading in ("## Trained on", "## Licence of the weights", "## Measured", "## Rebuild"):
        assert heading in text


def test_there_are_models():
    assert MODELS
