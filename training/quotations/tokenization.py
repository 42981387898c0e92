"""The tokenizer of the engine, so that training and reading cut words the same way."""

from __future__ import annotations

from selon.languages.pack import load_pack

PACK = load_pack("fr")
tokenize = PACK.tokenizer
