"""Forward and backward LSTM language models over shared word features (after ELMo, Peters et al. 2018, §3.1)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.quotations.lexical import HASHED, SHAPES


@dataclass(frozen=True, slots=True)
class EncoderSize:
    """Widths of the encoder: embeddings a column of ``lexical.COLUMNS``, LSTM units a direction, output projection."""

    words: int = 24_000
    embedding: tuple[int, int, int, int, int] = (80, 16, 24, 24, 16)
    units: int = 192
    projection: int = 96


class Encoder(nn.Module):
    """Word features to contextual vectors.

    ``(batch, time, 5)`` numbers to embeddings and ``(batch, time, 2 * units)`` states.
    """

    def __init__(self, size: EncoderSize) -> None:
        super().__init__()
        rows = (size.words, HASHED, HASHED, HASHED, SHAPES)
        self.tables = nn.ModuleList(
            nn.Embedding(count, width) for count, width in zip(rows, size.embedding, strict=True)
        )
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.lstm = nn.LSTM(sum(size.embedding), size.units, batch_first=True, bidirectional=True)

    def embed(self, numbers: Tensor) -> Tensor:
        """The embeddings of each word, side by side."""
        return torch.cat([table(numbers[..., column]) for column, table in enumerate(self.tables)], -1)

    def forward(self, numbers: Tensor) -> tuple[Tensor, Tensor]:
        """Embeddings and LSTM states."""
        embedded = self.embed(numbers)
        return embedded, self.lstm(embedded)[0]


class SampledLanguageModel(nn.Module):
    """Predicts the next word forward and the previous word backward against words sampled by frequency.

    The sampling correction subtracts the log of each word's expected count from its logit (Jean et al. 2015, §3).
    """

    def __init__(self, encoder: Encoder, size: EncoderSize, counts: Tensor, samples: int = 512) -> None:
        super().__init__()
        self.encoder, self.units, self.samples = encoder, size.units, samples
        self.forward_projection = nn.Linear(size.units, size.projection)
        self.backward_projection = nn.Linear(size.units, size.projection)
        self.output = nn.Embedding(size.words, size.projection)
        self.bias = nn.Embedding(size.words, 1)
        nn.init.normal_(self.output.weight, std=0.1)
        nn.init.zeros_(self.bias.weight)
        weights = counts.double().clamp(min=0.5) ** 0.75
        self.register_buffer("chance", (weights / weights.sum()).float(), persistent=False)
        self.register_buffer("expected", self.chance * samples, persistent=False)

    def forward(self, numbers: Tensor, targets: Tensor, generator: torch.Generator) -> Tensor:
        """Mean loss over both directions; ``targets`` are the undisturbed word numbers, ``(batch, time)``."""
        _, states = self.encoder(numbers)
        drawn = torch.multinomial(self.chance, self.samples, replacement=True, generator=generator)
        ahead = self.forward_projection(states[:, :-1, : self.units])
        behind = self.backward_projection(states[:, 1:, self.units :])
        return (self._loss(ahead, targets[:, 1:], drawn) + self._loss(behind, targets[:, :-1], drawn)) / 2

    def _loss(self, vectors: Tensor, targets: Tensor, drawn: Tensor) -> Tensor:
        vectors, wanted = vectors.reshape(-1, vectors.shape[-1]), targets.reshape(-1)
        right = (vectors * self.output(wanted)).sum(-1).float() + self.bias(wanted)[:, 0] - self.expected[wanted].log()
        wrong = (vectors @ self.output(drawn).T).float() + (self.bias(drawn)[:, 0] - self.expected[drawn].log())
        wrong = wrong.masked_fill(drawn[None, :] == wanted[:, None], -1e4)
        return (torch.logaddexp(right, wrong.logsumexp(-1)) - right).mean()
