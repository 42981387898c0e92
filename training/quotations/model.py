"""The model that tags and links.

An encoder, a BiLSTM that knows marks and lexicon, taggers of cues and beginnings, a linker, and a parser for company.

The linker reads the window around one cue with a BiLSTM of its own, told where the cue is, as in semantic role
labelling (He et al. 2017): the same words stand otherwise to another cue.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from training.quotations.document import STATES
from training.quotations.language_model import Encoder, EncoderSize
from training.quotations.lexicon import FACTS, LEMMAS, PATTERNS
from training.quotations.tree_bank import PARTS, RELATIONS
from training.quotations.windows import DISTANCES

CUE_TAGS = 3
ROLES = 3
FORMS_AND_TYPES = 6


@dataclass(frozen=True, slots=True)
class ModelSize:
    """Widths and dropout."""

    encoder: EncoderSize = field(default_factory=EncoderSize)
    lemma: int = 24
    state: int = 8
    units: int = 112
    link_input: int = 96
    link_units: int = 64
    arc: int = 96
    dropout: float = 0.35


class QuotationModel(nn.Module):
    """All of it; ``lexicon`` off hides the lexicon, to see what it is worth."""

    def __init__(self, size: ModelSize, lexicon: bool = True) -> None:
        super().__init__()
        self.size, self.lexicon = size, lexicon
        self.encoder = Encoder(size.encoder)
        self.lemmas = nn.Embedding(LEMMAS, size.lemma)
        self.states = nn.Embedding(STATES, size.state)
        self.register_buffer("patterns", torch.zeros(PATTERNS, len(FACTS)))
        for table in (self.lemmas, self.states):
            nn.init.normal_(table.weight, std=0.3)
        width = sum(size.encoder.embedding) + 2 * size.encoder.units + size.lemma + len(FACTS) + size.state + 1
        self.task = nn.LSTM(width, size.units, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(size.dropout)
        self.cues = nn.Linear(2 * size.units, CUE_TAGS)
        self.beginnings = nn.Linear(2 * size.units, 1)
        with torch.no_grad():
            self.cues.bias.copy_(torch.tensor([4.0, 0.0, 0.0]))
            self.beginnings.bias.fill_(-5.0)
        self.linker = Linker(size)
        self.parser = Parser(size)

    def encode(self, numbers: Tensor, extras: Tensor, lengths: Tensor) -> Tensor:
        """Task states ``(batch, time, 2 * units)``; ``extras``.

        Lemma, pattern, state, title (one column each) ``(batch, time, 4)``.
        """
        embedded = self.encoder.embed(numbers)
        states = run_lstm(self.encoder.lstm, embedded, lengths)
        lemma, facts = self.lemmas(extras[..., 0]), self.patterns[extras[..., 1]]
        if not self.lexicon:
            lemma, facts = torch.zeros_like(lemma), torch.zeros_like(facts)
        marks, title = self.states(extras[..., 2]), extras[..., 3, None].float()
        given = torch.cat([self.dropout(embedded), self.dropout(states), self.dropout(lemma), facts, marks, title], -1)
        return self.dropout(run_lstm(self.task, given, lengths))


def run_lstm(lstm: nn.LSTM, given: Tensor, lengths: Tensor) -> Tensor:
    """States of a bidirectional LSTM that never reads the padding.

    So that no result depends on what it was batched with.

    The two directions run apart over left-aligned words: three times as fast on a CPU as packed sequences.
    """
    nothing = given.new_zeros(1, given.shape[0], lstm.hidden_size)
    ahead = [lstm.weight_ih_l0, lstm.weight_hh_l0, lstm.bias_ih_l0, lstm.bias_hh_l0]
    behind = [lstm.weight_ih_l0_reverse, lstm.weight_hh_l0_reverse, lstm.bias_ih_l0_reverse, lstm.bias_hh_l0_reverse]
    order = (lengths[:, None] - 1 - torch.arange(given.shape[1])).remainder(given.shape[1])[..., None]
    turned = torch.gather(given, 1, order.expand_as(given))
    first, second = (
        torch._VF.lstm(words, (nothing, nothing), weights, True, 1, 0.0, lstm.training, False, True)[0]  # noqa: FBT003
        for words, weights in ((given, ahead), (turned, behind))
    )
    return torch.cat([first, torch.gather(second, 1, order.expand_as(second))], -1)


class Linker(nn.Module):
    """Scores each word of a window as outside, content or source of the quotation that the window's cue opens."""

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        width = size.link_input
        self.word = nn.Linear(2 * size.units, width)
        self.cue = nn.Linear(4 * size.units, 2 * width)
        self.distance = nn.Embedding(DISTANCES, 24)
        self.near = nn.Embedding(3, 4)
        self.paragraph = nn.Embedding(2, 4)
        self.state = nn.Embedding(STATES, 8)
        self.kind = nn.Embedding(2, width)
        for table in (self.distance, self.near, self.paragraph, self.state, self.kind):
            nn.init.normal_(table.weight, std=0.3)
        self.lstm = nn.LSTM(width + 40, size.link_units, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(size.dropout * 0.7)
        self.roles = nn.Linear(2 * size.link_units, ROLES)
        self.changes = nn.Parameter(torch.eye(ROLES) - 1)
        self.chained = True
        self.forms = nn.Linear(2 * size.link_units + width, FORMS_AND_TYPES)
        with torch.no_grad():
            self.roles.bias.copy_(torch.tensor([2.0, 0.0, 0.0]))

    def project(self, states: Tensor) -> Tensor:
        """What the linker takes of each word, worked out once for all windows."""
        return self.word(states)

    def forward(
        self, words: Tensor, cues: Tensor, relations: Tensor, kinds: Tensor, lengths: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Role scores ``(windows, time, 3)`` and scores of three forms and three types ``(windows, 6)``.

        ``words`` are projected states of the windows, ``cues`` the states of the first and last word of each cue side
        by side, ``relations`` the four columns of ``windows.WindowMaker.features``.
        """
        shift, scale = self.cue(cues).chunk(2, -1)
        shift = shift + self.kind(kinds)
        mixed = torch.relu(words * (1 + scale[:, None]) + shift[:, None])
        given = torch.cat(
            [
                mixed,
                self.distance(relations[..., 0]),
                self.near(relations[..., 1]),
                self.paragraph(relations[..., 2]),
                self.state(relations[..., 3]),
            ],
            -1,
        )
        states = self.dropout(run_lstm(self.lstm, self.dropout(given), lengths))
        roles = self.roles(states)
        inside = torch.arange(roles.shape[1]) < lengths[:, None]
        share = roles.softmax(-1)[..., 1:2] * inside[..., None]
        pooled = (states * share).sum(1) / (share.sum(1) + 0.5)
        return roles, self.forms(torch.cat([pooled, shift], -1))


class Parser(nn.Module):
    """Part of speech, and head and relation by biaffine scores (Dozat and Manning 2017).

    Only for the company in training.
    """

    def __init__(self, size: ModelSize) -> None:
        super().__init__()
        self.parts = nn.Linear(2 * size.units, len(PARTS))
        self.dependent = nn.Linear(2 * size.units, size.arc)
        self.head = nn.Linear(2 * size.units, size.arc)
        self.between = nn.Parameter(torch.zeros(size.arc + 1, size.arc))
        self.relations = nn.Linear(2 * size.arc, len(RELATIONS))
        nn.init.xavier_uniform_(self.between)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of parts, of heads ``(batch, dependent, head)``, and the two vectors that ``label`` needs."""
        dependent, head = torch.relu(self.dependent(states)), torch.relu(self.head(states))
        ones = torch.ones_like(dependent[..., :1])
        arcs = torch.cat([dependent, ones], -1) @ self.between @ head.transpose(1, 2)
        return self.parts(states), arcs, dependent, head

    def label(self, dependent: Tensor, head: Tensor, heads: Tensor) -> Tensor:
        """Scores of relations, each word taken with its head."""
        chosen = torch.gather(head, 1, heads[..., None].expand(-1, -1, head.shape[-1]))
        return self.relations(torch.cat([dependent, chosen], -1))
