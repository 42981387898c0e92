"""Texts as unit vectors, French and English in one space: near vectors mean near contents."""

from selon.models.embedding.encoder import Encoder
from selon.models.embedding.load import load_encoder

__all__ = ["Encoder", "load_encoder"]
